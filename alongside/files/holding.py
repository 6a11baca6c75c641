"""What of the files a worker holds: whom they lead, and whose backup they are."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from alongside.kernel.holdings import Holding

OPEN: Final = "t.closed_at is null"

HOLDINGS = (
    Holding(
        table="files_file",
        column="lead_id",
        words=_("They lead"),
        is_open=OPEN,
        file="id",
        passing={"lead_id": "null", "next_lead_id": "taker"},
        while_away=False,
    ),
    Holding(
        table="files_file",
        column="next_lead_id",
        words=_("The person is to be asked whether they may lead"),
        is_open=OPEN,
        file="id",
        passing={"next_lead_id": "taker"},
        while_away=False,
    ),
    Holding(
        table="files_file",
        column="backup_id",
        words=_("They are there when the lead is away"),
        is_open=OPEN,
        file="id",
        passing={"backup_id": "null"},
        while_away=False,
    ),
)
SETTLED = {
    "files_hold.officer_id": "whose order it was",
    "files_justification.worker_id": "who opened it, for twelve hours",
}
