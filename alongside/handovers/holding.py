"""What of the hand-overs a worker holds: on whom they said they would check."""

from django.utils.translation import gettext_lazy as _

from alongside.kernel.holdings import Holding

HOLDINGS = (
    Holding(
        table="handovers_check",
        column="worker_id",
        words=_("Somebody is to be checked on"),
        is_open="t.done_at is null",
        due="t.due_on",
        passing={"worker_id": "taker"},
    ),
)
SETTLED = {
    "handovers_absence.worker_id": "it is about the worker",
    "handovers_handover.to_id": "after an hour it is everybody's who is on, after two days nobody's",
    "handovers_transfer.from_id": "who led before",
    "handovers_transfer.to_id": "as the file says it: `next_lead_id`",
    "handovers_transfer.lead_id": "whom they chose then",
}
