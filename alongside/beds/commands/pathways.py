"""Going along a pathway.

What was missing at a step, that a stay ran out, a home found elsewhere, and whose file it belongs to.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.agencies.queries import check_can_ask
from alongside.beds import queries, rules
from alongside.beds.models import Pathway, PathwayFile, Stay, Step
from alongside.files import commands as files
from alongside.gaps import commands as gaps
from alongside.kernel import handles
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def begin_or_continue(by: Worker, at: datetime, pathway_id: UUID | None, file_id: UUID | None) -> Pathway:
    """Return the pathway this step belongs to; a new one where there is none yet."""
    if pathway_id:
        return Pathway.objects.get(pk=pathway_id)
    pathway = Pathway(agency_id=by.agency_id, handle=handles.make_up(set()), begun_by=by.pk, begun_at=at)
    pathway.save(force_insert=True)
    if file_id:
        files.lock_to_write(file_id=file_id)
        PathwayFile.objects.bulk_create(
            [PathwayFile(file_id=file_id, agency_id=by.agency_id, pathway_id=pathway.pk, linked_at=at)]
        )
    return pathway


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
    note("beds.stay_ended", **_about(step.pathway))


@transaction.atomic
def say_missing(*, step: Step, barriers: list[str], wait_band: str, by: Worker, at: datetime) -> None:
    """Count what was missing when a step ended without what was wanted, or ran out with nothing after it.

    Codes only; nobody is in it.

    :raises rules.pathways.CannotGoOn: if the step got what was wanted, or is counted already
    """
    check_can_ask(by)
    step = _locked(step)
    seen = queries.pathways.step_seen(by, step, at)
    if not seen.may_say_missing:
        raise rules.pathways.CannotGoOn(_("What was missing here is counted already, or nothing was."))
    reason = "nothing-after" if seen.lived else "waitlist" if wait_band else "not-reached"
    gaps.record(
        by=by, at=at, reason=reason, need=rules.NEED_OF[seen.wanted], barriers=barriers, wait_band=wait_band
    )
    step.counted = True
    step.save(update_fields=["counted"])


@transaction.atomic
def find_home(*, pathway: Pathway, by: Worker, at: datetime) -> Step:
    """Note a home that was found outside of Alongside. Where they stayed until now ends with it.

    :raises rules.pathways.CannotGoOn: if they have a home already
    """
    pathway = Pathway.objects.select_for_update().get(pk=pathway.pk)
    seen = queries.pathways.pathway_seen(by, pathway, at)
    if seen.now and seen.now.step.stay == Stay.HOME:
        raise rules.pathways.CannotGoOn(_("They have a home already. If it is over, say so there first."))
    Step.objects.filter(pk__in=[step.step.pk for step in seen.steps if step.is_now]).update(left_at=at)
    step = Step(pathway=pathway, agency_id=by.agency_id, stay=Stay.HOME, taken_at=at)
    step.save(force_insert=True)
    note("beds.home_found", **_about(pathway))
    return step


@transaction.atomic
def link_to_file(*, pathway: Pathway, file_id: UUID, by: Worker, at: datetime) -> None:
    """Link a pathway to a file of one's own, so that whoever may see the file finds it there.

    :raises rules.pathways.CannotGoOn: if it belongs to a file already
    :raises Refusal: if the file is closed, or what it said was destroyed
    """
    files.lock_to_write(file_id=file_id)
    pathway = Pathway.objects.select_for_update().get(pk=pathway.pk)
    if PathwayFile.objects.filter(pathway_id=pathway.pk).exists():
        raise rules.pathways.CannotGoOn(_("This way belongs to a file already."))
    PathwayFile.objects.bulk_create(
        [PathwayFile(file_id=file_id, agency_id=by.agency_id, pathway_id=pathway.pk, linked_at=at)]
    )
    note("beds.tied", file_id=file_id, **_about(pathway))


def _locked(step: Step) -> Step:
    return Step.objects.select_related("pathway").select_for_update(of=("self",)).get(pk=step.pk)


def _about(pathway: Pathway) -> dict[str, Any]:
    return {"custodian_id": pathway.agency_id, "item_id": pathway.pk, "item_kind": "bed-way"}
