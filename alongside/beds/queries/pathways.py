"""Reading the pathways from a bed tonight to a home.

Each step with when, what it was and how it ended, told from the rows of both kinds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max

from alongside.beds import rules
from alongside.beds.models import Pathway, PathwayFile, Request, State, Stay, Step, Waiting, WaitingState
from alongside.beds.queries import requests, waitlist
from alongside.files import queries as files

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker
    from alongside.beds.models import Offering

SHOWN = 100
NEXT = {Stay.TONIGHT: Stay.MONTHS, Stay.MONTHS: Stay.HOME, Stay.HOME: Stay.HOME}
WITHOUT = (
    State.RELEASED,
    State.DECLINED,
    State.NOT_COME,
    State.NOT_OFFERED,
    WaitingState.DECLINED,
    WaitingState.LEFT,
    WaitingState.NOT_OFFERED,
)


@dataclass(frozen=True)
class StepSeen:
    """One step as it stands at a moment."""

    step: Step
    asked: requests.Asked | None = None
    wait: waitlist.Wait | None = None
    since: datetime | None = None
    until: datetime | None = None
    something_after: bool = False

    @property
    def offering(self) -> Offering | None:
        """What it was, where it was in here."""
        return (
            self.asked.request.offering if self.asked else self.wait.waiting.offering if self.wait else None
        )

    @property
    def agency(self) -> Agency | None:
        """Whose it was."""
        return self.asked.agency if self.asked else self.wait.agency if self.wait else None

    @property
    def state(self) -> State | WaitingState | None:
        """Where the request or the wait stands; nothing for a home found elsewhere."""
        return self.asked.state if self.asked else self.wait.state if self.wait else None

    @property
    def lived(self) -> bool:
        """Whether they came to stay there."""
        return self.since is not None

    @property
    def is_now(self) -> bool:
        """Whether that is where they are."""
        return self.lived and self.until is None

    @property
    def is_open(self) -> bool:
        """Whether anything can still come of it."""
        return bool(
            (self.asked and (self.asked.is_open or self.asked.state == State.DRAFTED))
            or (self.wait and self.wait.is_open)
        )

    @property
    def counted(self) -> bool:
        """Whether what was missing is a gap already.

        By the shelter's "no", because nobody answered, or as it was written down here.
        """
        unanswered = (
            self.asked is not None
            and self.asked.state == State.RELEASED
            and _nobody_answered(self.asked.request)
        )
        return self.step.counted or self.state in (State.NOT_OFFERED, WaitingState.NOT_OFFERED) or unanswered

    @property
    def may_say_missing(self) -> bool:
        """Whether it ended without what was wanted, and nobody has counted that yet."""
        ran_out = self.lived and self.until is not None and not self.something_after
        return not self.counted and (ran_out or (not self.lived and self.state in WITHOUT))

    @property
    def wanted(self) -> Stay:
        """What was wanted when it ended: this, or after it what should have come next."""
        return NEXT[Stay(self.step.stay)] if self.lived else Stay(self.step.stay)

    @property
    def likely_missing(self) -> list[str]:
        """What most likely stood in the way, to be ticked first.

        What they said of themselves, then what ends such steps.
        """
        told = self.asked.request if self.asked else self.wait.waiting if self.wait else None
        said = list(told.circumstances) if told else []
        return list(
            dict.fromkeys(
                [*said, *(["stay_limit"] if self.lived else []), "full", "cost", "far", "shared_room"]
            )
        )

    @property
    def covered(self) -> list[waitlist.Covered]:
        """What an income or benefit pays there."""
        return waitlist.cost(self.offering) if self.offering else []


@dataclass(frozen=True)
class Station:
    """One of the three kinds of place on every pathway, and how far they are with it."""

    stay: Stay
    reached: bool
    is_now: bool
    is_waited_for: bool
    passed_by: bool


@dataclass(frozen=True)
class PathwaySeen:
    """One pathway, whole.

    `file_handles` are the files it is linked to, as far as this worker may see them.
    """

    pathway: Pathway
    steps: list[StepSeen]
    files: dict[UUID, str] = field(default_factory=dict)

    @property
    def now(self) -> StepSeen | None:
        """Where they are now, as far as anybody said."""
        return next((step for step in reversed(self.steps) if step.is_now), None)

    @property
    def waiting(self) -> list[StepSeen]:
        """What is still open."""
        return [step for step in self.steps if step.is_open]

    @property
    def stations(self) -> list[Station]:
        """The three stations of every pathway: a night, some months, a home.

        Where they are now, were, or wait for.
        """
        order = list(Stay)
        lived = {Stay(step.step.stay) for step in self.steps if step.lived}
        waited_for = {Stay(step.step.stay) for step in self.waiting}
        furthest = max((order.index(stay) for stay in lived), default=-1)
        here = self.now.step.stay if self.now else None
        return [
            Station(stay, stay in lived, stay == here, stay in waited_for, n < furthest and stay not in lived)
            for n, stay in enumerate(order)
        ]


def get_pathway(worker: Worker, pathway_id: UUID) -> Pathway:
    """Return a pathway that the worker's agency goes along.

    :raises Pathway.DoesNotExist: if there is none
    """
    return Pathway.objects.get(pk=pathway_id, agency_id=worker.agency_id)


def get_step(worker: Worker, pathway_id: UUID, step_id: UUID) -> Step:
    """Return one step of such a pathway.

    :raises Step.DoesNotExist: if there is none
    """
    return Step.objects.select_related("pathway").get(
        pk=step_id, pathway_id=pathway_id, agency_id=worker.agency_id
    )


def pathway_seen(worker: Worker, pathway: Pathway, at: datetime) -> PathwaySeen:
    """Return one pathway with every step, as it stands at a moment."""
    return _seen(worker, [pathway], at)[0]


def pathways_seen(worker: Worker, at: datetime) -> list[PathwaySeen]:
    """The pathways that the worker's agency goes along, the newest step first.

    In a handful of statements, however many they are.
    """
    taken = Step.objects.filter(agency_id=worker.agency_id).exclude(request__state=State.DRAFTED)
    newest = (
        taken.values("pathway_id").annotate(last=Max("taken_at")).order_by("-last", "-pathway_id")[:SHOWN]
    )
    order = [row["pathway_id"] for row in newest]
    pathways = Pathway.objects.in_bulk(order)
    return _seen(worker, [pathways[pk] for pk in order], at)


def step_seen(worker: Worker, step: Step, at: datetime) -> StepSeen:
    """Return one step as it stands within its pathway.

    :raises Step.DoesNotExist: if it is not there any more
    """
    for seen in pathway_seen(worker, step.pathway, at).steps:
        if seen.step.pk == step.pk:
            return seen
    raise Step.DoesNotExist


def step_of_waiting(worker: Worker, waiting: Waiting) -> Step | None:
    """Return the step of the asker's own pathway that this wait is."""
    return Step.objects.filter(waiting=waiting, agency_id=worker.agency_id).first()


def open_to(worker: Worker, offering: Offering) -> list[Pathway]:
    """The pathways that could go on with this programme: those whose people are not on its list already."""
    on_it = Step.objects.filter(
        waiting__offering=offering, waiting__state__in=[*rules.waitlist.ON_WAITLIST, WaitingState.DECLINED]
    )
    found = Pathway.objects.filter(agency_id=worker.agency_id, ended_at=None).exclude(
        pk__in=on_it.values("pathway_id")
    )
    return list(found.order_by("-begun_at", "-id")[:SHOWN])


def step_of_request(worker: Worker, request: Request) -> Step | None:
    """Return the step of the asker's own pathway that this request is."""
    return Step.objects.filter(request=request).select_related("pathway").first()


def pathways_of_file(file_id: UUID) -> list[UUID]:
    """Return the pathways from a bed to a home that belong to a file, newest first."""
    return list(
        PathwayFile.objects.filter(file_id=file_id)
        .order_by("-linked_at", "-id")
        .values_list("pathway_id", flat=True)
    )


def _seen(worker: Worker, pathways: list[Pathway], at: datetime) -> list[PathwaySeen]:
    steps = list(
        Step.objects.filter(pathway__in=pathways)
        .exclude(request__state=State.DRAFTED)
        .order_by("taken_at", "id")
    )
    asked = {
        a.request.pk: a
        for a in requests.seen(
            worker, Request.objects.filter(pk__in=[s.request_id for s in steps if s.request_id]), at
        )
    }
    waits = {
        w.waiting.pk: w
        for w in waitlist.seen(
            worker, Waiting.objects.filter(pk__in=[s.waiting_id for s in steps if s.waiting_id]), at
        )
    }
    linked: dict[UUID, set[UUID]] = {}
    for link in PathwayFile.objects.filter(pathway_id__in=[pathway.pk for pathway in pathways]):
        linked.setdefault(link.pathway_id, set()).add(link.file_id)
    handles = files.handles(worker, {file for ids in linked.values() for file in ids})
    found = []
    for pathway in pathways:
        own = [s for s in steps if s.pathway_id == pathway.pk]
        seen = [StepSeen(s, asked.get(s.request_id or s.pk), waits.get(s.waiting_id or s.pk)) for s in own]
        found.append(
            PathwaySeen(
                pathway, _along(seen), {i: handles[i] for i in linked.get(pathway.pk, ()) if i in handles}
            )
        )
    return found


def _along(steps: list[StepSeen]) -> list[StepSeen]:
    """Tell from when until when they stayed at each step.

    Moving in somewhere ends the stay before, whoever noted it.
    """
    came = {step.step.pk: _came(step) for step in steps}
    stays = sorted(moment for moment in came.values() if moment)
    along = []
    for step in steps:
        since = came[step.step.pk]
        after = [moment for moment in stays if since and moment > since]
        until = (
            min([moment for moment in (step.step.left_at, *after[:1]) if moment], default=None)
            if since
            else None
        )
        along.append(StepSeen(step.step, step.asked, step.wait, since, until, bool(after)))
    return along


def _came(step: StepSeen) -> datetime | None:
    if step.asked:
        return step.asked.request.moved_at if step.asked.state == State.ARRIVED else None
    if step.wait:
        return step.wait.waiting.moved_at if step.wait.state == WaitingState.MOVED_IN else None
    return step.step.taken_at


def _nobody_answered(request: Request) -> bool:
    return bool(
        request.asked_at
        and not request.answered_at
        and request.moved_at - request.asked_at >= rules.RISES_AFTER[rules.Rising.UNANSWERED]
    )
