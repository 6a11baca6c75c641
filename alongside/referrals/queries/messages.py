"""Reading what two agencies say to each other about a request, while its agreement lives."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy

from alongside.agencies.queries import agencies_by_id, names_of
from alongside.kernel import seal
from alongside.kernel.batches import Reading, reads
from alongside.kernel.prepared import prepared
from alongside.referrals.models import LONGEST, Message, State

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from alongside.agencies.models import Worker
    from alongside.referrals.models import Referral


__all__ = ["LONGEST", "Said", "Yes", "asked_back", "between_packages", "said", "yes_of"]


WORDS = {
    "where": gettext_lazy("Where"),
    "ask_for": gettext_lazy("Ask for"),
    "bring": gettext_lazy("Bring"),
}


@dataclass(frozen=True)
class Yes:
    """When, where, whom to ask for and what to bring, as far as it was said."""

    message: Message
    on: date | None = None
    hour: time | str = ""  # in words where it was written before times were asked for
    where: str = ""
    ask_for: str = ""
    bring: str = ""
    before: Yes | None = None  # what was said of it before this

    @property
    def words(self) -> list[tuple[Promise, str, str]]:
        """Where, whom to ask for and what to bring: what it is called, what it is, what it was before."""
        both = [(label, getattr(self, name), getattr(self.before, name, "")) for name, label in WORDS.items()]
        return [(label, now, was if was != now else "") for label, now, was in both if now or was]

    @property
    def moved_from(self) -> Yes | None:
        """What said another day or hour before this, if anything did."""
        was = self.before
        return was if was and was.on and (was.on, was.hour) != (self.on, self.hour) else None

    @property
    def particulars(self) -> dict[str, str]:
        """What it carries, as it is sealed."""
        on, hour = self.on.isoformat() if self.on else "", self.hour
        words = {"where": self.where, "ask_for": self.ask_for, "bring": self.bring}
        at = hour.isoformat("minutes") if isinstance(hour, time) else hour
        return {name: each for name, each in ({"on": on, "hour": at} | words).items() if each}

    @property
    def at_what_time(self) -> str:
        """The time, as the reader's language writes it."""
        return time_format(self.hour, "TIME_FORMAT") if isinstance(self.hour, time) else self.hour


@dataclass(frozen=True)
class Said:
    """One message, opened; `by` is the colleague who wrote it, nobody's name from the other side."""

    message: Message
    text: str
    is_ours: bool
    by: str = ""

    @property
    def is_question(self) -> bool:
        """Whether the agency asked wants to know something before it answers."""
        return self.message.kind == Message.Kind.QUESTION


def yes_of(worker: Worker, referral: Referral) -> Yes | None:
    """Return what the last yes to this request carries, opened, or None where it carries nothing.

    With what the one before it carried.
    """
    answers = _of(referral).filter(kind=Message.Kind.ANSWER).order_by("-written_at", "-id")
    yes = None
    for message in reversed(answers[:2]):
        yes = _opened(worker, message, yes)
    return yes


def _opened(worker: Worker, message: Message, before: Yes | None) -> Yes | None:
    told = seal.unseal(message, "words", agency_id=worker.agency_id)
    if not told:
        return None
    if "on" in told:
        told["on"] = date.fromisoformat(told["on"])
    with suppress(ValueError, KeyError):
        told["hour"] = time.fromisoformat(told["hour"])
    return Yes(message, **told, before=before)


def said(worker: Worker, referral: Referral) -> list[Said]:
    """Return the questions, replies and messages about this request, the first first."""
    messages = list(_of(referral).exclude(kind=Message.Kind.ANSWER).order_by("written_at", "id"))
    ours: set[UUID] = {m.written_by for m in messages if m.from_agency_id == worker.agency_id}
    names = names_of(worker, ours) if ours else {}
    opened = [(m, seal.unseal(m, "words", agency_id=worker.agency_id)) for m in messages]
    return [
        Said(m, told["text"], m.from_agency_id == worker.agency_id, names.get(m.written_by, ""))
        for m, told in opened
        if told
    ]


@reads
def asked_back(referrals: Iterable[Referral]) -> Reading[set[UUID]]:
    """Which of these unanswered requests wait for the asker's answer to a question; in one statement."""
    heard = [each for each in referrals if each.state == State.REQUESTED and each.heard_from_at]
    last = _last_asked({each.file_id for each in heard}, {each.id for each in heard})
    yield [last]
    return {referral_id for referral_id, kind in last if kind == Message.Kind.QUESTION}


@prepared
def _last_asked(files: set[UUID], referrals: set[UUID]) -> QuerySet[Message, tuple[UUID, str]]:
    asked = (Message.Kind.QUESTION, Message.Kind.REPLY)
    said = Message.objects.filter(file_id__in=files, referral_id__in=referrals, kind__in=asked)
    said = said.order_by("referral_id", "-written_at", "-id").distinct("referral_id")
    return said.values_list("referral_id", "kind")


def between_packages(referral: Referral) -> bool:
    """Whether one of the two agencies only takes packages: then nothing is said in between."""
    found = agencies_by_id([referral.agency_id, referral.to_agency_id])
    return any(agency.takes_only_packages for agency in found.values())


def _of(referral: Referral) -> QuerySet[Message]:
    return Message.objects.filter(file_id=referral.file_id, referral_id=referral.id)
