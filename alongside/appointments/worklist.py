"""What somebody keeps in sight: appointments of today and tomorrow, and how the last ones went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.appointments import queries
from alongside.kernel import clock, punctuation
from alongside.kernel.worklists import Action, Item, Says

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.appointments.models import Appointment

A_DAY = timedelta(days=1)
ON_A_BOARD = gettext_lazy("There is an appointment")


def items(worker: Worker, at: datetime) -> Says:
    """Yield each appointment this worker keeps in sight, and when to look up the dates of a court."""
    if not worker.keeps_files:
        return
    for one in (yield from queries.waiting.reading(worker, at)):
        kept = one.appointment
        if kept.check_dates_on and kept.check_dates_on <= clock.day(at):
            yield _dates(kept)
        if clock.day(kept.starts_at) <= clock.day(at) + A_DAY:
            yield _booked(one, at)


def _booked(one: queries.OpenAppointment, at: datetime) -> Item:
    kept, page = one.appointment, reverse("appointments:appointment", args=[one.appointment.id])
    how, is_over = reverse("appointments:attendance", args=[kept.id]), kept.ends_at <= at
    return Item(
        words=one.alias,
        leads_to=page,
        note=_note(one),
        at=kept.starts_at,
        file_id=kept.file_id,
        about=kept.id,
        action=Action(_("How did it go?"), how) if is_over else Action(_("Look"), page),
        rank=4 if is_over else -1,
    )


def _dates(kept: Appointment) -> Item:
    return Item(
        words=_("Look up the dates for {file}"),
        note=_("Hearings, bail, release. You tell them in person; nothing is sent."),
        at=kept.check_dates_on,
        file_id=kept.file_id,
        action=Action(_("Look"), reverse("appointments:court", args=[kept.id])),
    )


def _note(one: queries.OpenAppointment) -> str:
    if not one.to_arrange:
        return ""
    return punctuation.labelled(_("Still to arrange"), punctuation.listed(one.to_arrange))
