"""What the desk shows: composed from the capabilities below, in as few statements as a page may have."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.agencies.queries import access_news, agencies_by_id, names_of, names_of_present
from alongside.beds import queries as beds
from alongside.consent import queries as consents
from alongside.desk import circle
from alongside.files import queries as files
from alongside.kernel import clock
from alongside.kernel.sent import as_moment
from alongside.plans import queries as plans
from alongside.referrals import queries as referrals
from alongside.trail import queries as trail

if TYPE_CHECKING:
    from datetime import datetime

    from alongside.agencies.models import Agency, Worker
    from alongside.files.models import File
    from alongside.trail.models import Entry

TIMELINE = 12
WATCHED = 50
LOOKS = {"files.read", "referrals.read", "files.contact_used"}


def open_file(worker: Worker, file_id: UUID, at: datetime) -> dict[str, Any]:
    """Everything on the page of one file.

    The person, what they want, who is around them, what happened and who looked.

    :raises ObjectDoesNotExist: if there is no such file for this worker
    """
    file = files.get_file(worker, file_id)
    files.read(worker, file)
    asked = referrals.of_file(worker, file.id)
    agencies = agencies_by_id({r.to_agency_id for r in asked}, {worker.agency_id: worker.agency})
    names = names_of_present(worker, {i for i in (file.lead_id, file.backup_id) if i})
    plan, ours = plans.plan_and_ours(worker, file.id)
    return {
        "file": file,
        "being_destroyed": files.is_being_destroyed(file),
        "person": files.person(worker, file),
        "lead": names.get(file.lead_id) if file.lead_id else None,
        "backup": names.get(file.backup_id) if file.backup_id else None,
        "reaches": files.reaches(worker, file, at),
        "plan": _with_requests(plan, asked, agencies),
        "beds": reverse("beds:search"),
        "pathways": beds.pathways.pathways_of_file(file_id),
        "ours": ours,
        "suggestions": plans.suggestions(worker, file.id),
        "seats": circle.seats(referrals.circle(worker, file.id, at, asked, agencies)),
        "received": referrals.received(worker, file.id),
        "drafts": [{"referral": r, "agency": agencies[r.to_agency_id]} for r in asked if r.state == "draft"],
        "timeline": timeline(worker, file, TIMELINE, agencies),
        "blocked": consents.blocks(file.id).count(),
    }


def timeline(
    worker: Worker, file: File, most: int, known: dict[UUID, Agency] | None = None
) -> list[dict[str, Any]]:
    """What happened and who looked, newest first: agency and role, one's own agency by what was done.

    A worker's looks at one sitting count once.
    """
    entries = list(trail.of_file(file.id)[: most * 4])
    agencies = agencies_by_id({i for e in entries for i in (e.agency_id, e.other_agency_id) if i}, known)
    names = {i: str(a) for i, a in agencies.items()} | {worker.agency_id: _("this desk")}
    lines = []
    for _key, group in groupby(entries, key=_sitting):
        first = next(group)
        other = (
            names.get(first.other_agency_id, "")
            if first.other_agency_id and first.other_agency_id != first.agency_id
            else ""
        )
        lines.append(
            {
                "at": first.at,
                "words": trail.describe(first, names),
                "other": other,
                "did": first.action not in LOOKS,
            }
        )
    return lines[:most]


def _sitting(entry: Entry) -> tuple[Any, ...]:
    return entry.action, entry.agency_id, entry.worker_id, clock.day(entry.at)


def my_day(worker: Worker, at: datetime) -> dict[str, Any]:
    """The worker's one queue: answers that came back, who waits for one, what was promised, whom to check on.

    Nothing else.
    """
    answers, overdue, waiting = (
        list(referrals.answers(worker, at)),
        list(referrals.overdue(worker, at)),
        list(referrals.waiting(worker)),
    )
    unheard = list(referrals.unheard(worker))
    promised = plans.promised_by(worker, clock.today() + timedelta(days=7))
    stale, ending = files.stale_contacts(worker, at), _ending(worker, at)
    ids = {r.file_id for r in [*answers, *overdue, *unheard, *ending]} | {p.step.file_id for p in promised}
    handles = files.handles(worker, ids)
    agencies = agencies_by_id({r.to_agency_id for r in [*overdue, *unheard]} | {r.agency_id for r in waiting})
    return {
        "answers": [{"referral": r, "handle": handles.get(r.file_id, "")} for r in answers],
        "overdue": [_line(r, agencies[r.to_agency_id], handles) for r in overdue],
        "unheard": [_line(r, agencies[r.to_agency_id], handles) for r in unheard],
        "waiting": [{"referral": r, "agency": agencies[r.agency_id]} for r in waiting],
        "promised": [{"promise": p, "handle": handles.get(p.step.file_id, "")} for p in promised],
        "unled": files.without_lead(worker),
        "stale": stale,
        "ending": [{"release": r, "handle": handles.get(r.file_id, "")} for r in ending],
        "notices": consents.unread_notices(worker),
    }


def tonight(worker: Worker, at: datetime) -> dict[str, Any]:
    """The beds of the worker's day.

    What waits for an answer of their house, and what they asked for and is not settled.
    """
    of_us = (
        [asked for asked in beds.asked_of_us(worker, at) if asked.state == "asked"]
        if beds.keeps_any(worker)
        else []
    )
    rose = of_us if worker.meets_people else [asked for asked in of_us if asked.rising >= beds.COORDINATOR]
    return {
        "beds_of_us": rose,
        "beds_by_us": [
            asked for asked in beds.asked_by_us(worker, at) if asked.request.asked_by == worker.pk
        ],
    }


def _ending(worker: Worker, at: datetime) -> list[Any]:
    mine = [f.id for f in files.caseload(worker, mine=True)]
    return list(consents.ending_soon(worker, mine, at + timedelta(days=7), at))


def _line(referral: Any, agency: Any, handles: dict[UUID, str]) -> dict[str, Any]:
    return {"referral": referral, "agency": agency, "handle": handles.get(referral.file_id, "")}


def _with_requests(
    plan: list[plans.UnsealedPriority], asked: list[Any], agencies: dict[UUID, Any]
) -> list[dict[str, Any]]:
    """Put beside each priority what was asked about it and is not over, with the agency's name."""
    shown = []
    for wish in plan:
        about = [
            r for r in asked if r.priority_id == wish.priority.id and r.state not in ("draft", "cancelled")
        ]
        for referral in about:
            referral.agency = agencies[referral.to_agency_id]
        shown.append(
            {
                "priority": wish.priority,
                "statement": wish.statement,
                "words": wish.words,
                "private": wish.private,
                "steps": wish.steps,
                "asked": about,
            }
        )
    return shown


def seats_lately(worker: Worker) -> list[str]:
    """Whose seats were given, closed or ended within the week, or are to be; as far as the asker is told."""
    return sorted({news.whose for news in access_news(worker)})


def all_looks(worker: Worker, file_id: UUID) -> dict[str, Any]:
    """The whole timeline of a file, for printing or reading out.

    :raises ObjectDoesNotExist: if there is no such file for this worker
    """
    file = files.get_file(worker, file_id)
    return {"file": file, "person": files.person(worker, file), "timeline": timeline(worker, file, 200)}


def watch(worker: Worker, before: str) -> dict[str, Any]:
    """Everything done and read about any file of the agency, fifty at a time.

    Names of its own workers, agency and role of others (practice.md 2.4).
    """
    entries = trail.of_custodian(worker.agency_id)
    at = as_moment(before)
    page = list((entries.filter(at__lt=at) if at else entries)[: WATCHED + 1])
    shown, more = page[:WATCHED], len(page) > WATCHED
    agencies = {i: str(a) for i, a in agencies_by_id({e.agency_id for e in shown if e.agency_id}).items()}
    names = names_of(worker, {e.worker_id for e in shown if e.worker_id})
    handles = files.handles(worker, {e.file_id for e in shown if e.file_id})
    lines = [
        {
            "at": e.at,
            "words": trail.describe(e, agencies),
            "name": names.get(e.worker_id, "") if e.worker_id else "",
            "handle": handles.get(e.file_id, "") if e.file_id else "",
        }
        for e in shown
    ]
    return {"lines": lines, "before": shown[-1].at.isoformat() if more else ""}
