"""Writing down what the person wants, and what we do about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from alongside.files.commands import lock_to_write
from alongside.kernel import actors, seal
from alongside.kernel.actors import How
from alongside.kernel.rls.models import save_changes
from alongside.plans import rules
from alongside.plans.models import Priority, Step, Suggestion
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.kernel.actors import By


@transaction.atomic
def add_priority(
    *,
    file_id: UUID,
    words: dict[str, str],
    private: dict[str, str],
    facts: dict[str, Any],
    by: By,
    at: datetime,
) -> Priority:
    """Add what the person wants, last in their order until they say otherwise.

    :param words: `statement` verbatim in their language, `good`, `step`: what may be agreed to be shared
    :param private: `why`, `wants`, `not_wants`, `do_not_raise`, `how_it_went`: what never is
    :param facts: `pace`, `language` (BCP 47), `need` (code), `review_on`: unsealed codes
    :raises rules.CannotAdd: beyond thirty
    """
    file = lock_to_write(file_id=file_id)
    ranks = list(
        Priority.objects.select_for_update().filter(file_id=file.id).values_list("rank", "put_away_at")
    )
    rules.check_can_add(sum(put_away_at is None for _, put_away_at in ranks))
    highest = max((rank for rank, _ in ranks), default=0)
    priority = Priority(file_id=file.id, agency_id=file.agency_id, rank=highest + 1, written_at=at, **facts)
    actors.sign(priority, "written", by, How.THEIR_WORD)
    _seal(priority, words, private)
    priority.save(force_insert=True)
    note("plans.priority_added", custodian_id=file.agency_id, file_id=file.id, item_id=priority.id)
    return priority


@transaction.atomic
def rewrite_priority(
    *,
    priority: Priority,
    words: dict[str, str],
    private: dict[str, str],
    facts: dict[str, Any],
    by: By,
    at: datetime,
) -> None:
    """Change what is written about something the person wants, because they put it differently now.

    Its rank stays.
    """
    lock_to_write(file_id=priority.file_id)
    priority = Priority.objects.select_for_update().get(file_id=priority.file_id, id=priority.id)
    for name, value in facts.items():
        setattr(priority, name, value)
    _seal(priority, words, private)
    priority.written_at = at
    actors.sign(priority, "written", by, How.THEIR_WORD)
    save_changes(priority)
    note(
        "plans.priority_rewritten",
        custodian_id=priority.agency_id,
        file_id=priority.file_id,
        item_id=priority.id,
    )


@transaction.atomic
def order(*, file_id: UUID, ids: list[UUID], by: By, at: datetime) -> None:
    """Put the priorities in the person's order.

    :raises rules.CannotOrder: unless `ids` are exactly the priorities there are
    """
    file = lock_to_write(file_id=file_id)
    priorities = {
        p.id: p for p in Priority.objects.select_for_update().filter(file_id=file_id, put_away_at=None)
    }
    rules.check_can_order(set(priorities), ids)
    away = Priority.objects.filter(file_id=file_id, put_away_at__isnull=False).values_list("rank", flat=True)
    free = (rank for rank in range(1, 10_000) if rank not in set(away))
    for priority_id in ids:
        Priority.objects.filter(file_id=file_id, id=priority_id).update(rank=next(free))
    note("plans.ordered", custodian_id=file.agency_id, file_id=file_id)


@transaction.atomic
def move(*, priority: Priority, up: bool, by: By, at: datetime) -> None:
    """Move one priority one place up or down, as the person asks."""
    lock_to_write(file_id=priority.file_id)
    ids = list(
        Priority.objects.filter(file_id=priority.file_id, put_away_at=None)
        .order_by("rank")
        .values_list("id", flat=True)
    )
    if priority.id not in ids:
        raise Priority.DoesNotExist
    here = ids.index(priority.id)
    there = max(0, min(len(ids) - 1, here + (-1 if up else 1)))
    ids.insert(there, ids.pop(here))
    order(file_id=priority.file_id, ids=ids, by=by, at=at)


@transaction.atomic
def put_away(*, priority: Priority, how_it_went: str, by: By, at: datetime) -> None:
    """Put away what the person no longer wants or has.

    With their own word on how it went, if they have one.
    """
    priority = Priority.objects.select_for_update().get(file_id=priority.file_id, id=priority.id)
    if how_it_went:
        private = seal.unseal(priority, "private", agency_id=priority.agency_id) or {}
        priority.private = seal.seal(
            priority, "private", private | {"how_it_went": how_it_went}, agency_id=priority.agency_id
        )
    priority.put_away_at = at
    priority.save(update_fields=["private", "put_away_at"])
    note(
        "plans.priority_put_away",
        custodian_id=priority.agency_id,
        file_id=priority.file_id,
        item_id=priority.id,
    )


@transaction.atomic
def add_step(
    *,
    file_id: UUID,
    priority_id: UUID | None,
    words: str,
    worker_id: UUID | None,
    due_on: date | None,
    by: Worker,
    at: datetime,
) -> Step:
    """Promise to do something about a priority; without one it is marked "ours, not theirs"."""
    file = lock_to_write(file_id=file_id)
    step = Step(file_id=file.id, agency_id=by.agency_id, priority_id=priority_id, ours=priority_id is None)
    step.worker_id, step.due_on, step.written_by, step.written_at = worker_id, due_on, by.pk, at
    step.words = seal.seal(step, "words", words, agency_id=by.agency_id)
    step.save(force_insert=True)
    note("plans.step_promised", custodian_id=by.agency_id, file_id=file.id, item_id=step.id)
    return step


@transaction.atomic
def do_step(*, step: Step, done: bool, by: Worker, at: datetime) -> None:
    """Note that a step is done, or that it isn't after all, which makes it a promise again."""
    if not done:
        lock_to_write(file_id=step.file_id)
    step = Step.objects.select_for_update().get(file_id=step.file_id, id=step.id)
    step.done_at, step.done_by = (at, by.pk) if done else (None, None)
    step.save(update_fields=["done_at", "done_by"])
    note(
        "plans.step_done" if done else "plans.step_undone",
        custodian_id=step.agency_id,
        file_id=step.file_id,
        item_id=step.id,
    )


@transaction.atomic
def suggest(*, file_id: UUID, words: str, by: Worker, at: datetime) -> Suggestion:
    """Write down a worker's own idea, apart from what the person wants."""
    file = lock_to_write(file_id=file_id)
    suggestion = Suggestion(file_id=file.id, agency_id=by.agency_id, written_by=by.pk, written_at=at)
    suggestion.words = seal.seal(suggestion, "words", words, agency_id=by.agency_id)
    suggestion.save(force_insert=True)
    note("plans.suggested", custodian_id=by.agency_id, file_id=file.id, item_id=suggestion.id)
    return suggestion


@transaction.atomic
def drop_suggestion(*, suggestion: Suggestion, by: Worker, at: datetime) -> None:
    """Put a worker's idea away."""
    suggestion = Suggestion.objects.select_for_update().get(file_id=suggestion.file_id, id=suggestion.id)
    suggestion.put_away_at = at
    suggestion.save(update_fields=["put_away_at"])
    note(
        "plans.suggestion_dropped",
        custodian_id=suggestion.agency_id,
        file_id=suggestion.file_id,
        item_id=suggestion.id,
    )


def _seal(priority: Priority, words: dict[str, str], private: dict[str, str]) -> None:
    priority.words = seal.seal(priority, "words", words, agency_id=priority.agency_id)
    priority.private = (
        seal.seal(priority, "private", private, agency_id=priority.agency_id)
        if any(private.values())
        else None
    )
