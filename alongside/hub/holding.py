"""What of the hub a worker holds: nothing that outlasts its day."""

HOLDINGS = ()
SETTLED = {
    "hub_sitting.worker_id": "gone with the day",
    "hub_waiting.worker_id": "who is with them now; gone with the day",
}
