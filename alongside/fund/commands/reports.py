"""Telling a funder: counted once by whoever keeps the pot, told once a second looked at it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.agencies.queries import colleague
from alongside.fund import rules
from alongside.fund.commands.journal import lock
from alongside.fund.models import Report
from alongside.fund.queries.reports import THRESHOLD, counted
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.fund.models import Pot


@transaction.atomic
def prepare(*, pot: Pot, half: str, by: Worker, at: datetime) -> Report:
    """Count the totals of a pot and a half-year that is over. What is counted already is returned as it is.

    :raises Refusal: unless they keep the pot and the half-year is over and it was open then
    """
    rules.check_can_report(by, half, at, opened_at=pot.opened_at)
    pot = lock(pot.pk)
    if there := Report.objects.filter(pot=pot, half=half).first():
        return there
    report = Report(agency_id=by.agency_id, pot=pot, half=half, threshold=THRESHOLD)
    report.figures, report.prepared_by, report.prepared_at = counted(pot, half), by.pk, at
    report.save(force_insert=True)
    note("fund.report_prepared", item_id=report.pk)
    return report


@transaction.atomic
def tell(*, report: Report, by: Worker, at: datetime) -> Report:
    """Say as the second that a report may be told.

    :raises rules.CannotTell: if they prepared it, or it was told already
    """
    report = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    rules.check_can_tell(by, report, prepared_by=colleague(by, report.prepared_by).account_id)
    report.released_by, report.released_at = by.pk, at
    report.save(update_fields=["released_by", "released_at"])
    note("fund.report_told", item_id=report.pk)
    return report
