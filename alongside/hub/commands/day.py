"""Sitting at a hub, being free or not, and who waits there: nothing of it is noted on the trail."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from psycopg.errors import UniqueViolation

from alongside.gaps import commands as gaps
from alongside.hub import queries, rules
from alongside.hub.models import Hub, Member, NotWhile, Sitting, Waiting
from alongside.hub.words import words_in
from alongside.kernel import clock, ctx, installation_key, randomness
from alongside.kernel.ids import uuid7
from alongside.kernel.pressed import found_if_taken
from alongside.plans import commands as plans
from alongside.visits.queries import need_for

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker

LATER = "waitlist"  # the reason of a gap: not today
A_WEEK = 7  # days
A_WORD = "a_word_is_one_person_s"


@transaction.atomic
def open_hub(*, name: str, name_fr: str, agencies: list[Agency]) -> Hub:
    """Say that these agencies share a place; by the operator."""
    hub = Hub(name=name, name_fr=name_fr)
    hub.save(force_insert=True)
    Member.objects.bulk_create([Member(hub_id=hub.id, agency_id=agency.pk) for agency in agencies])
    return hub


@found_if_taken()
@transaction.atomic
def leave_hub(*, hub: Hub, agency: Agency) -> bool:
    """Say that an agency shares a place no more, at once; by the operator. Whether it had a part in it."""
    left, _rows = Member.objects.filter(hub_id=hub.id, agency_id=agency.pk).delete()
    return bool(left)


@transaction.atomic
def sit(*, hub: Hub, called: str, until: datetime, by: Worker, at: datetime) -> Sitting:
    """Say that one sits there today, until when, and what the others call one. Again: it is changed.

    :raises rules.CannotSit: if that is over, or another day
    """
    rules.check_can_sit(until, at)
    close_days()
    said = {"hub_id": hub.id, "called": called, "until": until, "sits_on": clock.shared_day(at)}
    if there := Sitting.objects.filter(worker_id=by.pk).first():
        stays = there.hub_id == hub.id and there.until > at  # a desk does not come along
        desk_since = there.desk_since if stays else None
        Sitting.objects.filter(worker_id=by.pk).update(**said, busy_until=None, desk_since=desk_since)
        return Sitting.objects.get(worker_id=by.pk)
    sitting = Sitting(id=uuid7(), agency_id=by.agency_id, worker_id=by.pk, **said)
    sitting.save(force_insert=True)
    return sitting


@transaction.atomic
def stand_up(*, by: Worker) -> None:
    """Say that one sits nowhere any more."""
    Sitting.objects.filter(worker_id=by.pk).delete()


@transaction.atomic
def be_busy(*, until: datetime | None, by: Worker) -> None:
    """Say until when one is with somebody; without it, that one is free."""
    Sitting.objects.filter(worker_id=by.pk).update(busy_until=until)


@transaction.atomic
def take_desk(*, hub: Hub, by: Worker, at: datetime) -> None:
    """Take the desk: while whom somebody does not want to be here is shown from now on.

    :raises rules.CannotQueue: if one does not sit there, or may not see who waits
    """
    rules.check_can_queue(by, hub.id, queries.sitting_of(by, at), at)
    Sitting.objects.filter(worker_id=by.pk, desk_since=None).update(desk_since=at)


@transaction.atomic
def leave_desk(*, by: Worker) -> None:
    """Leave the desk to somebody else."""
    Sitting.objects.filter(worker_id=by.pk).update(desk_since=None)


@transaction.atomic
def say_next(*, hub: Hub, next_on: date | None, next_for: str, by: Worker) -> None:
    """Say when one's own agency is there next, and what for."""
    Member.objects.filter(hub_id=hub.id, agency_id=by.agency_id).update(next_on=next_on, next_for=next_for)


@found_if_taken("waiting_id", uuid4)
@transaction.atomic
def wait(
    *,
    hub: Hub,
    waiting_id: UUID,
    topic: str,
    services: list[UUID],
    kept_out: list[str],
    not_while: str,
    language: str,
    by: Worker,
    at: datetime,
) -> Waiting:
    """Let somebody wait, under a word drawn for them. Pressed twice, they wait once.

    It is not noted on the trail, and nothing of it is left after the day.

    :param waiting_id: the number of chance that the page made for it
    :param services: the agencies they want to see, in their order
    :param kept_out: who is not to see that they wait, as principals: `worker:…`, `agency:…`
    :param not_while: their words, while whom they do not want to be here; nobody is looked up
    :raises rules.CannotQueue: if one does not sit there, or may not see who waits
    :raises rules.WaitsAlready: if they wait already, and something else was said of them
    """
    rules.check_can_queue(by, hub.id, queries.sitting_of(by, at), at)
    close_days()
    own = {f"worker:{by.pk}", f"agency:{by.agency_id}"}  # who lets them wait knows that they do
    said = {"topic": topic, "services": services, "kept_out": [who for who in kept_out if who not in own]}
    if there := Waiting.objects.filter(hub_id=hub.id, id=waiting_id).first():
        rules.check_is_same(there, **said)
        return there
    rules.check_has_room(Waiting.objects.filter(hub_id=hub.id).count())
    waiting = Waiting(id=waiting_id, hub_id=hub.id, agency_id=by.agency_id, came_at=at, **said)
    waiting.waits_on = clock.shared_day(at)
    _save_under_a_word(waiting, language)
    if not_while.strip():
        words = installation_key.seal(
            not_while.strip().encode(), purpose=queries.NOT_WHILE, about=str(waiting.id)
        )
        NotWhile.objects.bulk_create([NotWhile(waiting_id=waiting.id, hub_id=hub.id, words=words)])
    return waiting


def _save_under_a_word(waiting: Waiting, language: str) -> None:
    """Draw a word that nobody there has today; one that is taken, though unseen, is drawn anew."""
    taken = set(Waiting.objects.filter(hub_id=waiting.hub_id).values_list("word", flat=True))
    free = [word for word in words_in(language) if word not in taken]
    while True:
        rules.check_has_word(free)
        waiting.word = randomness.choice(free)
        try:
            with transaction.atomic():
                Waiting.objects.bulk_create([waiting])
        except IntegrityError as taken:
            cause = taken.__cause__
            if not isinstance(cause, UniqueViolation) or cause.diag.constraint_name != A_WORD:
                raise
            free.remove(waiting.word)
        else:
            return


@transaction.atomic
def meet(*, waiting: Waiting, by: Worker) -> None:
    """Say that one is with them now: one's own agency is off the list of whom they want to see."""
    left = [agency_id for agency_id in waiting.services if agency_id != by.agency_id]
    Waiting.objects.filter(id=waiting.id).update(services=left, worker_id=by.pk)


@transaction.atomic
def wait_on(*, waiting: Waiting) -> None:
    """Let them wait for the next."""
    Waiting.objects.filter(id=waiting.id).update(worker_id=None)


@transaction.atomic
def finish(*, waiting: Waiting) -> bool:
    """Take out that they waited: they went, or have what they came for. Nothing of it is left.

    Whether they waited still.
    """
    taken_out, _rows = Waiting.objects.filter(id=waiting.id).delete()
    return bool(taken_out)


@transaction.atomic
def promise(
    *, waiting: Waiting, file_id: UUID | None, words: str, on: date, by: Worker, at: datetime
) -> None:
    """Say honestly that it is not today: a promise with its day, or without a file a gap. Never silence.

    They wait no more; where somebody said so a moment before, it was said, and nothing more is written.

    :param file_id: their file, if they have one and want it there
    """
    if not finish(waiting=waiting):
        return
    if file_id:
        plans.add_step(
            file_id=file_id, priority_id=None, words=words, worker_id=by.pk, due_on=on, by=by, at=at
        )
        return
    wait_band = "days" if (on - clock.shared_day(at)).days < A_WEEK else "weeks"
    gaps.record(by=by, at=at, reason=LATER, need=need_for(waiting.topic), wait_band=wait_band)


def close_days() -> int:
    """Take out what is of an earlier day; whoever asks. Returns how many had waited."""
    with connection.cursor() as cursor:
        cursor.execute("select ctx.close_hubs()")
        return int(cursor.fetchone()[0])


def close_at_night() -> int:
    """The same, though nobody comes by. Nobody has to be signed in."""
    with ctx.as_operator():
        return close_days()
