"""Looking up who could come where that takes a while, and throwing it away."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app

from alongside.accompaniment.matching.suggestion import suggest
from alongside.accompaniment.models import SuggestionRun
from alongside.accompaniment.queries import suggestions
from alongside.kernel import ctx

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

TASK = "accompaniment.suggest"
SECONDS = 10.0


@transaction.atomic
def look_up(*, first: date, days: int, by: Worker, at: datetime) -> None:
    """Have it looked up who could come in some days. Pressed twice, it is looked up once."""
    asked = suggestions.asked_for(by, first, days, at)
    if suggestions.found_of(by, asked):
        return
    run = SuggestionRun(agency_id=by.agency_id, worker_id=by.pk, asked=asked.digest, asked_at=at)
    run.first_day, run.days = first, days
    run.save(force_insert=True)
    app.configure_task(TASK).defer(run_id=str(run.id), worker_id=str(by.pk))


def carry_out(run_id: str, worker_id: str) -> None:
    """Look it up, for whoever asked and with what opens to them; nothing is held while it is solved."""
    with ctx.as_worker(UUID(worker_id), purpose="suggestion"):
        run = suggestions.get_run(run_id)
        asked = suggestions.asked_for(suggestions.who_asked(run), run.first_day, run.days, run.asked_at)
    found = suggest(asked.problem, seconds=SECONDS)
    plan = {each.appointment: each.who.companion for each in found.proposals if each.who}
    with ctx.as_worker(UUID(worker_id), purpose="suggestion"):
        SuggestionRun.objects.filter(id=run.id).update(
            found={"plan": plan, "proof": astuple(found.proof)}, is_over=True
        )


def sweep_suggestions() -> int:
    """Throw away what was looked up the day before; return how many. Nobody has to be signed in."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select ctx.sweep_suggestions(%s)", [settings.SERVER_SECRET])
        return int(cursor.fetchone()[0])
