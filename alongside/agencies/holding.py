"""What of the agencies a worker holds: nothing; a seat is nobody else's to have."""

HOLDINGS = ()
SETTLED = {
    "agencies_accessrequest.worker_id": "whose seat it is about",
    "agencies_shift.worker_id": "who was on; over when they go",
}
