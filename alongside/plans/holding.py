"""What of the plans a worker holds: what they promised."""

from django.utils.translation import gettext_lazy as _

from alongside.kernel.holdings import Holding

HOLDINGS = (
    Holding(
        table="plans_step",
        column="worker_id",
        words=_("Something was promised"),
        is_open="t.done_at is null",
        due="t.due_on",
        passing={"worker_id": "taker"},
    ),
)
SETTLED: dict[str, str] = {}
