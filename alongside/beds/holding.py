"""What of the beds a worker holds: a bed they asked for, which whoever is on sees as they do."""

from django.utils.translation import gettext_lazy as _

from alongside.kernel.holdings import Holding

HOLDINGS = (
    Holding(
        table="beds_request",
        column="asked_by",
        words=_("A bed was asked for"),
        is_open="t.state in ('asked', 'soft-hold', 'offered', 'accepted', 'en-route')",
        file="",
        hears=_("Whoever is on sees it on their day."),
    ),
)
SETTLED: dict[str, str] = {}
