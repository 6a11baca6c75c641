"""What of the trail a worker holds: nothing; it says who did what."""

HOLDINGS = ()
SETTLED = {"trail_entry.worker_id": "who did it"}
