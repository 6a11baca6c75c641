"""Coming on, and going off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from alongside.agencies import queries, rules
from alongside.agencies.models import Worker
from alongside.agencies.models.shifts import LONGEST, Shift
from alongside.trail.commands import note


@transaction.atomic
def come_on(*, by: Worker, at: datetime) -> Shift:
    """Say that one is on, for twelve hours or until one goes off, signs out or leaves. Again: nothing more.

    :raises Refusal: if the worker's role or agency keeps no files
    """
    rules.check_can_keep_files(by)
    if shift := queries.shift_of(by):
        return shift
    shift = Shift.objects.create(agency_id=by.agency_id, worker_id=by.pk, starts_at=at, ends_at=at + LONGEST)
    note("agencies.on", custodian_id=by.agency_id)
    return shift


@transaction.atomic
def go_off(*, by: Worker, at: datetime) -> None:
    """Say that one is on no more."""
    if Shift.objects.filter(worker_id=by.pk, ends_at__gt=at).update(ends_at=at):
        note("agencies.off", custodian_id=by.agency_id)
