"""Reading who goes along where, who could, and what their card says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.accompaniment import rules
from alongside.accompaniment.models import (
    BUSY,
    THERE,
    Accompaniment,
    Card,
    Companion,
    Kind,
    Met,
    NextTime,
    Seat,
    State,
)
from alongside.agencies.queries import colleagues
from alongside.appointments.queries import (
    OpenAppointment,
    get_appointment,
    interpreting,
    kept_in_sight,
    open_appointment,
)
from alongside.files.queries import get_file, not_kept_out
from alongside.kernel import clock, punctuation, seal, vocabulary
from alongside.kernel.batches import Reading, reads
from alongside.kernel.prepared import prepared

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.appointments.models import Appointment
    from alongside.files.models import File

__all__ = [
    "THERE",
    "Kind",
    "Met",
    "NextTime",
    "OpenCard",
    "Seat",
    "State",
    "get_accompaniment",
    "of_appointment",
]

TOLD = ("alias", "where")  # of the appointment, on the card
SOON = timedelta(days=7)
SAID = ("called", "said", "not_said", "signal", "introduction", "speaks")


@dataclass(frozen=True)
class OpenCard:
    """The card of whoever goes along, opened."""

    card: Card
    words: dict[str, str] = field(default_factory=dict)
    warning: str = ""


@dataclass(frozen=True)
class Going:
    """One going along, with what its page shows."""

    accompaniment: Accompaniment
    card: OpenCard | None

    @property
    def words(self) -> dict[str, str]:
        """What the card says, as far as it is there."""
        return self.card.words if self.card else {}

    @property
    def warning(self) -> str:
        """The one line to watch for, as far as it is there."""
        return self.card.warning if self.card else ""


@dataclass(frozen=True)
class Candidate:
    """A colleague who could go along: who, and in words what is known of them."""

    worker: Worker
    companion: Companion
    times: int  # how often they went along with this person
    is_free_then: bool

    @property
    def words(self) -> str:
        """Who it is, and why they could be good: knows them, speaks their languages, is free then."""
        known = [_("knows them")] if self.times else []
        spoken = [str(vocabulary.label("languages", tag)) for tag in self.companion.languages]
        free = [] if self.is_free_then else [_("goes along elsewhere then")]
        about = ", ".join([*known, *spoken, *free])
        return punctuation.labelled(self.worker.name, about) if about else self.worker.name


def get_accompaniment(accompaniment_id: UUID) -> Accompaniment:
    """Return an accompaniment the asker may see.

    :raises Accompaniment.DoesNotExist: if there is none
    """
    return Accompaniment.objects.get(id=accompaniment_id)


def of_appointment(worker: Worker, appointment_id: UUID) -> tuple[OpenAppointment, Accompaniment | None]:
    """Return an appointment, opened, and who goes along, if somebody was asked.

    :raises ObjectDoesNotExist: if there is no such appointment for this worker
    """
    appointment = get_appointment(appointment_id)
    found = Accompaniment.objects.filter(file_id=appointment.file_id, appointment_id=appointment.id).first()
    return open_appointment(worker, appointment), found


def card_of(worker: Worker, accompaniment: Accompaniment) -> OpenCard | None:
    """Open the card, if it is there for this worker."""
    return {
        card.accompaniment_id: _opened(worker, card)
        for card in _cards({accompaniment.file_id}, {accompaniment.id})
    }.get(accompaniment.id)


def told(worker: Worker, accompaniment: Accompaniment) -> dict[str, str]:
    """Return what a card says of its appointment: what it is called, and where it is."""
    words = open_appointment(worker, get_appointment(accompaniment.appointment_id)).words
    return {name: words[name] for name in TOLD if name in words}


def is_told(worker: Worker, accompaniment: Accompaniment, card: Card) -> bool:
    """Whether a card says of its appointment what that says now."""
    words = _opened(worker, card).words
    return {name: words[name] for name in TOLD if name in words} == told(worker, accompaniment)


@prepared
def _cards(files: set[UUID], accompaniments: set[UUID]) -> QuerySet[Card]:
    """The cards that are there for the asker."""
    return Card.objects.filter(file_id__in=files, accompaniment_id__in=accompaniments)


def _opened(worker: Worker, card: Card) -> OpenCard:
    words = seal.unseal(card, "words", agency_id=worker.agency_id) or {}
    return OpenCard(card, words, seal.unseal(card, "warning", agency_id=worker.agency_id) or "")


def going(worker: Worker, accompaniment_id: UUID) -> Going:
    """Return what whoever goes along reads.

    :raises Accompaniment.DoesNotExist: unless the worker is the one who goes
    """
    found = Accompaniment.objects.get(id=accompaniment_id, companion_id=worker.pk)
    return Going(found, card_of(worker, found))


def goes(worker: Worker, accompaniment_id: UUID) -> bool:
    """Whether a worker is the one who goes along."""
    return Accompaniment.objects.filter(id=accompaniment_id, companion_id=worker.pk).exists()


@reads
def mine(worker: Worker, at: datetime) -> Reading[list[Going]]:
    """Return where a worker goes along, from yesterday to a week from now."""
    rows = _goes_along(worker, at)
    yield [rows]
    kept = _cards({row.file_id for row in rows}, {row.id for row in rows})
    yield [kept]
    with seal.listing("accompaniment.listed"):
        cards = {card.accompaniment_id: _opened(worker, card) for card in kept}
    return [Going(row, cards.get(row.id)) for row in rows]


@prepared
def _goes_along(worker: Worker, at: datetime) -> QuerySet[Accompaniment]:
    return Accompaniment.objects.filter(
        companion_id=worker.pk,
        state__in=[*BUSY, State.CALLED_OFF, State.BACK],
        until_at__gt=at - timedelta(days=1),
        from_at__lt=at + SOON,
    ).order_by("from_at", "id")


@prepared
def to_arrange(worker: Worker, at: datetime) -> QuerySet[Accompaniment]:
    """Return what a worker arranges and is not settled.

    Nobody can come, it is not confirmed yet, or it is over and nobody said that they are back.
    """
    theirs = Q(written_by=worker.pk) | Q(appointment_id__in=kept_in_sight(worker).values("id"))
    arranges = theirs & ~Q(companion_id=worker.pk, state=State.CHOSEN)
    unsettled = [State.ACCEPTED, State.CHOSEN, State.PREPARED, State.UNAVAILABLE]
    to_come = Q(state__in=unsettled, until_at__gt=at, from_at__lt=at + SOON)
    still_out = Q(state__in=THERE, until_at__lte=at, until_at__gt=at - SOON)
    return Accompaniment.objects.filter(arranges, to_come | still_out).order_by("from_at", "id")


def companions(worker: Worker) -> list[tuple[Worker, Companion | None]]:
    """Return the colleagues, and for each who goes along what is known of them."""
    found = {row.worker_id: row for row in Companion.objects.filter(agency_id=worker.agency_id)}
    return [(colleague, found.get(colleague.pk)) for colleague in colleagues(worker)]


def candidates(worker: Worker, file: File, accompaniment: Accompaniment) -> list[Candidate]:
    """Return who could go along, whoever went along before first.

    Nobody under a “not them” is among them, nor whoever interprets there.
    """
    today, interprets = clock.today(), interpreting([accompaniment.appointment_id])
    ready = {
        row.worker_id: row
        for row in Companion.objects.filter(agency_id=worker.agency_id)
        if rules.is_ready(row, today) and row.worker_id not in interprets.values()
    }
    then = {"from_at__lt": accompaniment.until_at, "until_at__gt": accompaniment.from_at}
    taken = Accompaniment.objects.filter(companion_id__in=ready, state__in=BUSY, **then)
    busy = set(taken.exclude(id=accompaniment.id).values_list("companion_id", flat=True))
    went = Accompaniment.objects.filter(file_id=file.id, state=State.CLOSED)
    before = list(went.values_list("companion_id", flat=True))
    found = [
        Candidate(colleague, ready[colleague.pk], before.count(colleague.pk), colleague.pk not in busy)
        for colleague in not_kept_out(file, colleagues(worker))
        if colleague.pk in ready
    ]
    return sorted(found, key=lambda one: (not one.is_free_then, -one.times, one.worker.name))


def companion(worker: Worker, worker_id: UUID) -> Companion | None:
    """Return what is known of a colleague who goes along, or nothing."""
    return Companion.objects.filter(agency_id=worker.agency_id, worker_id=worker_id).first()


def who(worker: Worker, file: File, accompaniment: Accompaniment) -> dict[str, Any]:
    """Return who goes along and who would instead, by name, as long as they can."""
    could = {one.worker.pk: one.worker.name for one in candidates(worker, file, accompaniment)}
    chosen, backup = accompaniment.companion_id, accompaniment.backup_id
    return {
        "companion": could.get(chosen, "") if chosen else "",
        "backup": could.get(backup, "") if backup else "",
        "backup_id": backup if backup in could else None,
        "is_gone": bool(chosen) and chosen not in could and accompaniment.state in BUSY,
        "card": card_of(worker, accompaniment),
    }


def file_of(worker: Worker, row: Accompaniment | Appointment) -> File:
    """Return the file of an accompaniment or appointment, for whoever it opens to."""
    return get_file(worker, row.file_id)
