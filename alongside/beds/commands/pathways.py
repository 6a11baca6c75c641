"""Going along a way: what was missing at a step, that a stay ran out, a home found elsewhere, and whose file it belongs to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.agencies.queries import check_can_ask
from alongside.beds import queries, rules
from alongside.beds.models import Stay, Step, Thread, Tie
from alongside.files import commands as files
from alongside.gaps import commands as gaps
from alongside.kernel import handles
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def thread_of(by: Worker, at: datetime, thread_id: UUID | None, file_id: UUID | None) -> Thread:
    """Return the way this step belongs to; a new one where there is none yet."""
    if thread_id:
        return Thread.objects.get(pk=thread_id)
    thread = Thread(agency_id=by.agency_id, handle=handles.make_up(set()), begun_by=by.pk, begun_at=at)
    thread.save(force_insert=True)
    if file_id:
        files.lock_to_write(file_id=file_id)
        Tie.objects.bulk_create([Tie(file_id=file_id, agency_id=by.agency_id, thread_id=thread.pk, tied_at=at)])
    return thread


@transaction.atomic
def leave(*, step: Step, by: Worker, at: datetime) -> None:
    """Note that a stay is over: it ran out, or they left.

    :raises rules.pathways.CannotGoOn: if nobody stays there now
    """
    step = _locked(step)
    if not queries.pathways.step_seen(by, step, at).is_now:
        raise rules.pathways.CannotGoOn(_("Nobody stays there now. Look at it once more: it may have moved."))
    step.left_at = at
    step.save(update_fields=["left_at"])
    note("beds.stay_ended", **_about(step.thread))


@transaction.atomic
def say_missing(*, step: Step, barriers: list[str], wait_band: str, by: Worker, at: datetime) -> None:
    """Count what was missing when a step ended without what was wanted, or ran out with nothing after it. Codes only; nobody is in it.

    :raises rules.pathways.CannotGoOn: if the step got what was wanted, or is counted already
    """
    check_can_ask(by)
    step = _locked(step)
    seen = queries.pathways.step_seen(by, step, at)
    if not seen.may_say_missing:
        raise rules.pathways.CannotGoOn(_("What was missing here is counted already, or nothing was."))
    reason = "nothing-after" if seen.lived else "waitlist" if wait_band else "not-reached"
    gaps.record(by=by, at=at, reason=reason, need=rules.NEED_OF[seen.wanted], barriers=barriers, wait_band=wait_band)
    step.counted = True
    step.save(update_fields=["counted"])


@transaction.atomic
def find_home(*, thread: Thread, by: Worker, at: datetime) -> Step:
    """Note a home that was found outside of Alongside. Where they stayed until now ends with it.

    :raises rules.pathways.CannotGoOn: if they have a home already
    """
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    way = queries.pathways.way(by, thread, at)
    if way.now and way.now.step.stay == Stay.HOME:
        raise rules.pathways.CannotGoOn(_("They have a home already. If it is over, say so there first."))
    Step.objects.filter(pk__in=[one.step.pk for one in way.steps if one.is_now]).update(left_at=at)
    step = Step(thread=thread, agency_id=by.agency_id, stay=Stay.HOME, taken_at=at)
    step.save(force_insert=True)
    note("beds.home_found", **_about(thread))
    return step


@transaction.atomic
def tie(*, thread: Thread, file_id: UUID, by: Worker, at: datetime) -> None:
    """Tie a way to a file of one's own, so that whoever may see the file finds it there.

    :raises rules.pathways.CannotGoOn: if it belongs to a file already
    :raises Refusal: if the file is closed, or what it said was destroyed
    """
    files.lock_to_write(file_id=file_id)
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    if Tie.objects.filter(thread_id=thread.pk).exists():
        raise rules.pathways.CannotGoOn(_("This way belongs to a file already."))
    Tie.objects.bulk_create([Tie(file_id=file_id, agency_id=by.agency_id, thread_id=thread.pk, tied_at=at)])
    note("beds.tied", file_id=file_id, **_about(thread))


def _locked(step: Step) -> Step:
    return Step.objects.select_related("thread").select_for_update(of=("self",)).get(pk=step.pk)


def _about(thread: Thread) -> dict[str, Any]:
    return {"custodian_id": thread.agency_id, "item_id": thread.pk, "item_kind": "bed-way"}
