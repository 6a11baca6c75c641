"""What of going along a worker holds: where they go along, and where they would instead."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from alongside.kernel.holdings import Holding, on_its_day

BEFORE: Final = "t.state in ('chosen', 'prepared', 'confirmed')"
MOVED: Final = {"moved_at": "statement_timestamp()"}

HOLDINGS = (
    Holding(
        table="accompaniment_accompaniment",
        column="companion_id",
        words=_("They go along to an appointment"),
        is_open=BEFORE,
        due=on_its_day("t.from_at"),
        passing={"companion_id": "null", "state": "'unavailable'", **MOVED},  # the person chooses who comes
        any_role=True,
    ),
    Holding(
        table="accompaniment_accompaniment",
        column="backup_id",
        words=_("They would go along instead of somebody"),
        is_open=f"({BEFORE} or t.state = 'unavailable')",
        due=on_its_day("t.from_at"),
        passing={"backup_id": "null"},
        any_role=True,
    ),
)
SETTLED = {
    "accompaniment_checkin.companion_id": "they are out; whoever watches says for them that they are back",
    "accompaniment_checkin.watcher_id": "whoever is out is told at once that they can’t any longer",
    "accompaniment_watch.worker_id": "it is about the worker",
    "accompaniment_duressword.worker_id": "it is about the worker",
    "accompaniment_card.companion_id": "who reads it, until the day after",
    "accompaniment_companion.worker_id": "it is about the worker",
    "accompaniment_availability.worker_id": "it is about the worker",
    "accompaniment_suggestionrun.worker_id": "who had it looked up, until the night",
    "accompaniment_calendarfeed.worker_id": "it is about the worker",
}
