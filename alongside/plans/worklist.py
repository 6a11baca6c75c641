"""What somebody promised."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel import clock
from alongside.kernel.batches import both
from alongside.kernel.worklists import Action, Item, Part, Says
from alongside.plans import queries

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

WEEK = timedelta(days=7)

ON_A_BOARD = gettext_lazy("Something was promised")


def items(worker: Worker, at: datetime) -> Says:
    """Yield what the worker said they would do within the week, and what they did today."""
    if not worker.keeps_files:
        return
    today = clock.today()
    promises, finished_today = yield from both(
        queries.promised_by.reading(worker, today + WEEK),
        queries.done_by.reading(worker, clock.beginning_of(today)),
    )
    for promised in promises:
        step = promised.step
        done = reverse("plans:done", args=[step.file_id, step.id])
        due = step.due_on is not None and step.due_on <= today
        yield Item(
            words=promised.words,
            note=_("You said you would."),
            at=step.due_on,
            part=Part.TODAY if due else Part.LATER,
            file_id=step.file_id,
            action=Action(_("Done"), done, {"from_day": "1"}),
        )
    for finished in finished_today:
        step = finished.step
        undo = reverse("plans:done", args=[step.file_id, step.id])
        yield Item(
            words=finished.words,
            at=step.done_at,
            part=Part.DONE,
            file_id=step.file_id,
            action=Action(_("Undo"), undo, {"from_day": "1", "undo": "1"}),
        )
