"""What the desk shows: composed from the capabilities below, in as few statements as a page may have."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.agencies.queries import agencies_by_id, names_of_keepers
from alongside.appointments import queries as appointments
from alongside.beds import queries as beds
from alongside.consent import queries as consents
from alongside.desk import circle
from alongside.desk.queries import looks
from alongside.files import queries as files
from alongside.fund import queries as fund
from alongside.handovers import queries as handovers
from alongside.kernel import clock
from alongside.plans import queries as plans
from alongside.referrals import queries as referrals
from alongside.visits import queries as visits

if TYPE_CHECKING:
    from datetime import datetime

    from alongside.agencies.models import Worker

TIMELINE, COMING = 6, 6
SOON = timedelta(days=14)


def open_file(worker: Worker, file_id: UUID, at: datetime) -> dict[str, Any]:
    """Everything on the page of one file.

    The person, what they want, who is around them, what happened lately.

    :raises ObjectDoesNotExist: if there is no such file for this worker
    """
    file = files.get_file(worker, file_id)
    files.read(worker, file)
    asked = referrals.of_file(worker, file.id)
    agencies = agencies_by_id({r.to_agency_id for r in asked}, {worker.agency_id: worker.agency})
    names = names_of_keepers(worker, {i for i in (file.lead_id, file.backup_id) if i})
    plan, ours = plans.plan_and_ours(worker, file.id)
    around = referrals.circle(worker, file.id, at, asked, agencies)
    asked_back = referrals.asked_back(asked)
    return {
        "file": file,
        "being_destroyed": files.is_being_destroyed(file),
        "destruction": files.destruction_of(file),
        "held": bool(file.shut_at) and files.is_held(file.id),
        "person": files.person(worker, file),
        "lead": names.get(file.lead_id) if file.lead_id else None,
        "backup": names.get(file.backup_id) if file.backup_id else None,
        "reaches": files.reaches(worker, file, at),
        "plan": _with_requests(plan, asked, agencies),
        "beds": reverse("beds:search"),
        "pathways": beds.pathways.pathways_of_file(file_id),
        "ours": ours,
        "suggestions": plans.suggestions(worker, file.id),
        "circle": circle.circle(worker.agency, around),
        "asked_back": asked_back,
        "coming": _coming(plan, ours, around, asked_back, appointments.to_come(worker, file.id), at),
        "looked": looks.looked_since(worker, file, at - timedelta(days=7), agencies),
        "handed_over": handovers.notes_of(worker, file.id, at),
        "from_the_fund": fund.of_file(worker, file.id),
        "came_by": visits.notes_of(worker, file.id),
        "received": referrals.received(worker, file.id),
        "drafts": [{"referral": r, "agency": agencies[r.to_agency_id]} for r in asked if r.state == "draft"],
        "happened": looks.lately(worker, file, TIMELINE, agencies),
        "blocked": consents.blocks(file.id).count(),
    }


def _coming(
    plan: list[plans.UnsealedPriority],
    ours: list[plans.UnsealedStep],
    around: list[referrals.CircleMember],
    asked_back: set[UUID],
    booked: list[appointments.OpenAppointment],
    at: datetime,
) -> list[dict[str, Any]]:
    """What is due about a file, by day: appointments, promised steps, answers, agreements that end."""
    steps = [step for wish in plan for step in wish.steps] + ours
    coming: list[dict[str, Any]] = [
        {"day": step.step.due_on, "words": step.words, "step": step.step}
        for step in steps
        if step.step.due_on and not step.step.done_at
    ]
    coming += [
        {
            "day": clock.day(one.appointment.starts_at),
            "starts_at": one.appointment.starts_at,
            "words": one.alias,
            "appointment": one.appointment,
        }
        for one in booked
    ]
    for one in around:
        coming += [
            {
                "day": clock.day(referral.answer_by),
                "words": (
                    _("%(agency)s waits for our answer to a question")
                    if referral.id in asked_back
                    else _("%(agency)s should have answered")
                )
                % {"agency": one.agency},
                "referral": referral,
            }
            for referral in one.referrals
            if referral.state == "requested" and referral.answer_by
        ]
        if one.release and one.release.until <= at + SOON:
            words = _("What %(agency)s sees ends by itself") % {"agency": one.agency}
            coming.append({"day": clock.day(one.release.until), "words": words})
    return sorted(coming, key=lambda one: one["day"])[:COMING]


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
