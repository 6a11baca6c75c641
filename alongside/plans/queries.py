"""Reading what a person wants, and what was promised."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.files.queries import left_behind, still_open
from alongside.kernel import seal
from alongside.kernel.batches import Reading, reads
from alongside.kernel.prepared import prepared
from alongside.plans import rules
from alongside.plans.models import Priority, Step, Suggestion

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@dataclass(frozen=True)
class UnsealedStep:
    """A step with its words."""

    step: Step
    words: str


@dataclass(frozen=True)
class UnsealedPriority:
    """A priority with its words; the private ones only for the custodian."""

    priority: Priority
    number: int
    words: dict[str, str]
    private: dict[str, str] = field(default_factory=dict)
    steps: list[UnsealedStep] = field(default_factory=list)

    @property
    def statement(self) -> str:
        """What they said, verbatim."""
        return self.words.get("statement", "")

    @property
    def a_bed_would_help(self) -> bool:
        """Whether a bed or a home is what they want."""
        return self.priority.need in rules.BEDS_ANSWER


def get_priority(file_id: UUID, priority_id: UUID) -> Priority:
    """Return a priority the asker may see.

    :raises Priority.DoesNotExist: if there is none
    """
    return Priority.objects.get(file_id=file_id, id=priority_id)


def unsealed(
    worker: Worker, priority: Priority, number: int = 0, steps: list[UnsealedStep] | None = None
) -> UnsealedPriority:
    """Open the words of one priority, as far as the asker's agency holds the key."""
    words = _words(worker, priority)
    private = seal.unseal(priority, "private", agency_id=worker.agency_id) or {}
    return UnsealedPriority(priority, number, words, private, steps or [])


def plan(worker: Worker, file_id: UUID) -> list[UnsealedPriority]:
    """What the person wants, in their order, each with its steps."""
    return plan_and_ours(worker, file_id)[0]


def plan_and_ours(worker: Worker, file_id: UUID) -> tuple[list[UnsealedPriority], list[UnsealedStep]]:
    """What the person wants, each with its steps; and beside it the steps that are "ours, not theirs"."""
    promised: dict[UUID | None, list[UnsealedStep]] = {}
    for step in Step.objects.filter(file_id=file_id, agency_id=worker.agency_id):
        promised.setdefault(step.priority_id, []).append(_unsealed_step(worker, step))
    priorities = Priority.objects.filter(file_id=file_id, put_away_at=None).order_by("rank")
    opened = [unsealed(worker, p, number, promised.get(p.id)) for number, p in enumerate(priorities, 1)]
    return opened, promised.get(None, [])


def suggestions(worker: Worker, file_id: UUID) -> list[tuple[Suggestion, str]]:
    """Workers' own ideas, oldest first."""
    found = Suggestion.objects.filter(file_id=file_id, put_away_at=None).order_by("id")
    return [(s, seal.unseal(s, "words", agency_id=worker.agency_id) or "") for s in found]


def get_step(file_id: UUID, step_id: UUID) -> Step:
    """Return a step.

    :raises Step.DoesNotExist: if there is none
    """
    return Step.objects.get(file_id=file_id, id=step_id)


def get_suggestion(file_id: UUID, suggestion_id: UUID) -> Suggestion:
    """Return a worker's idea.

    :raises Suggestion.DoesNotExist: if there is none
    """
    return Suggestion.objects.get(file_id=file_id, id=suggestion_id)


def statements(worker: Worker, ids: set[UUID]) -> dict[UUID, UnsealedPriority]:
    """What was said of these wishes, in one statement: of the files that open to the worker."""
    found = Priority.objects.filter(id__in=ids, agency_id=worker.agency_id) if ids else ()
    with seal.listing("plans.wishes_listed"):
        return {p.id: UnsealedPriority(p, 0, _words(worker, p)) for p in found}


def wants(worker: Worker, file_id: UUID, need: str) -> bool:
    """Whether the person said, of something they want, that it is this."""
    said = Priority.objects.filter(file_id=file_id, agency_id=worker.agency_id, put_away_at=None, need=need)
    return said.exists()


@reads
def promised_by(worker: Worker, until: date) -> Reading[list[UnsealedStep]]:
    """What the worker said they would do, not done yet, due by then or with no day.

    In the files they lead, what somebody promised who left since falls to them.
    """
    due = _due(worker, until)
    yield [due]
    with seal.listing("plans.promises_listed"):
        return [_unsealed_step(worker, step) for step in due]


@prepared
def _due(worker: Worker, until: date) -> QuerySet[Step]:
    theirs = Q(worker_id=worker.pk) | left_behind(worker)
    steps = Step.objects.filter(theirs, agency_id=worker.agency_id, done_at=None)
    steps = steps.filter(file_id__in=still_open(worker).values("id"))
    return steps.filter(Q(due_on__lte=until) | Q(due_on=None)).order_by("due_on", "id")[:20]


@reads
def done_by(worker: Worker, since: datetime) -> Reading[list[UnsealedStep]]:
    """What the worker did since then, the last first."""
    done = _done(worker, since)
    yield [done]
    with seal.listing("plans.promises_listed"):
        return [_unsealed_step(worker, step) for step in done]


@prepared
def _done(worker: Worker, since: datetime) -> QuerySet[Step]:
    done = Step.objects.filter(agency_id=worker.agency_id, done_by=worker.pk, done_at__gte=since)
    return done.order_by("-done_at", "id")[:20]


def shareable(worker: Worker, file_id: UUID) -> list[dict[str, Any]]:
    """The priorities that could be agreed to be shared, each with its words to read out."""
    return [
        {
            "kind": "priority",
            "id": w.priority.id,
            "columns": "words",
            "words": w.statement,
            "number": w.number,
            "tags": [],
        }
        for w in plan(worker, file_id)
    ]


def released(worker: Worker, file_id: UUID, ids: list[UUID]) -> list[UnsealedPriority]:
    """The priorities of another agency's file that the asker was agreed to see."""
    return [
        unsealed(worker, p) for p in Priority.objects.filter(file_id=file_id, id__in=ids).order_by("rank")
    ]


def _words(worker: Worker, priority: Priority) -> dict[str, str]:
    return seal.unseal(priority, "words", agency_id=worker.agency_id) or {}


def _unsealed_step(worker: Worker, step: Step) -> UnsealedStep:
    return UnsealedStep(step, seal.unseal(step, "words", agency_id=worker.agency_id) or "")
