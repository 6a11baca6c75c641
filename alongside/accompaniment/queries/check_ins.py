"""Who watches over whom, and until when."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from alongside.accompaniment.models import (
    LOOKS_EVERY,
    Accompaniment,
    CheckIn,
    DuressWord,
    Watch,
    WatchRules,
)
from alongside.agencies.queries import colleagues, names_of, names_of_present, roles_with
from alongside.files.queries import not_kept_out
from alongside.kernel import seal
from alongside.kernel.batches import Reading, reads
from alongside.kernel.prepared import prepared
from alongside.kernel.sent import as_moment

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

MINUTES = 30  # until an agency says otherwise

__all__ = ["LOOKS_EVERY", "OneWatching", "Watched", "watched_by"]


@dataclass(frozen=True)
class OneWatching:
    """A colleague who watches, and until when."""

    worker: Worker
    until_at: datetime


@dataclass(frozen=True)
class Watched:
    """Somebody who goes along, as the one who watches sees it."""

    check_in: CheckIn
    name: str
    minutes: int
    where: str = ""
    until_at: datetime | None = None

    @property
    def look_at(self) -> datetime:
        """When whoever watches is to look next."""
        looked = self.check_in.seen_at or self.check_in.checked_in_at
        return looked + timedelta(minutes=self.minutes)


def rules_of(worker: Worker) -> WatchRules:
    """Return what the worker's agency agreed for whoever watches."""
    return WatchRules.objects.filter(agency_id=worker.agency_id).first() or WatchRules(
        minutes=MINUTES, ring="", instructions=""
    )


def watch_of(worker: Worker, at: datetime) -> Watch | None:
    """Return until when a worker watches, if they do."""
    return Watch.objects.filter(worker_id=worker.pk, ended_at=None, until_at__gt=at).first()


def watching(worker: Worker, accompaniment: Accompaniment, at: datetime) -> list[OneWatching]:
    """Return the colleagues who watch now, the longest first; nobody under a “not them” is among them."""
    watches = Watch.objects.filter(agency_id=worker.agency_id, ended_at=None, until_at__gt=at)
    until = dict(watches.exclude(worker_id=worker.pk).values_list("worker_id", "until_at"))
    there = _who_could_watch(worker).filter(pk__in=until) if until else []
    found = [OneWatching(each, until[each.pk]) for each in not_kept_out(accompaniment, there)]
    return sorted(found, key=lambda one: one.until_at, reverse=True)


def open_check_in(worker: Worker, accompaniment: Accompaniment) -> CheckIn | None:
    """Return where whoever goes along said they are, while they are out."""
    return CheckIn.objects.filter(
        file_id=accompaniment.file_id, accompaniment_id=accompaniment.id, companion_id=worker.pk, out_at=None
    ).first()


def checked_in(worker: Worker, accompaniment_id: UUID) -> QuerySet[CheckIn]:
    """Where a worker said they are or were, whatever became of going along."""
    return CheckIn.objects.filter(accompaniment_id=accompaniment_id, companion_id=worker.pk)


def out_now(worker: Worker) -> QuerySet[CheckIn]:
    """Where a worker is out and has not said that they are back."""
    return CheckIn.objects.filter(companion_id=worker.pk, out_at=None).order_by("checked_in_at")


def is_watched(worker: Worker, check_in: CheckIn, at: datetime) -> bool:
    """Whether somebody still watches over a worker who is out."""
    watches = Watch.objects.filter(worker_id=check_in.watcher_id, ended_at=None, until_at__gt=at)
    present = _who_could_watch(worker).filter(pk=check_in.watcher_id)
    return watches.exists() and bool(not_kept_out(check_in, present))


def _who_could_watch(worker: Worker) -> QuerySet[Worker]:
    """The colleagues who meet people: to another role a check-in is not shown."""
    return colleagues(worker).filter(role__in=roles_with("meet-people"))


def whereabouts(worker: Worker, check_in: CheckIn) -> tuple[str, datetime | None]:
    """Open where somebody is and when they are to be back: nothing, once it is wiped."""
    words = seal.unseal(check_in, "words", agency_id=worker.agency_id) or {}
    return words.get("where", ""), as_moment(words.get("until", ""))


@reads
def watched_by(worker: Worker) -> Reading[list[Watched]]:
    """Return over whom a worker watches, and who wrote the word for danger; without where they are."""
    rows, agreed = _watched(worker), _agreed(worker)
    yield [rows, agreed]
    if not rows:
        return []
    names = yield from names_of.reading(worker, {row.companion_id for row in rows})
    minutes = agreed[0].minutes if agreed else MINUTES
    return [Watched(row, names.get(row.companion_id, ""), minutes) for row in rows]


@prepared
def _watched(worker: Worker) -> QuerySet[CheckIn]:
    return CheckIn.objects.filter(watcher_id=worker.pk, words__isnull=False).order_by("checked_in_at")


@prepared
def _agreed(worker: Worker) -> QuerySet[WatchRules]:
    return WatchRules.objects.filter(agency_id=worker.agency_id)


def get_watched(worker: Worker, check_in_id: UUID) -> Watched:
    """Return one of them, with where they are.

    Once they checked out the reading is not noted: nothing is left to read but after the word for danger,
    and whoever reads the trail would know it.

    :raises CheckIn.DoesNotExist: unless it is the worker who watches
    """
    row = CheckIn.objects.get(id=check_in_id, watcher_id=worker.pk)
    name = names_of(worker, {row.companion_id}).get(row.companion_id, "")
    with seal.unlogged() if row.out_at else nullcontext():
        found = whereabouts(worker, row)
    return Watched(row, name, rules_of(worker).minutes, *found)


def is_shut(accompaniment: Accompaniment) -> bool:
    """Whether the file is to be destroyed: nothing is written into it any more."""
    with connection.cursor() as cursor:
        cursor.execute("select %s = any (ctx.being_destroyed())", [accompaniment.file_id])
        return bool(cursor.fetchone()[0])


def watcher_name(worker: Worker, check_in: CheckIn) -> str:
    """Return who watches, by name, as long as they are there."""
    return names_of_present(worker, {check_in.watcher_id}).get(check_in.watcher_id, "")


def has_duress_word(worker: Worker) -> bool:
    """Whether a worker has a word for danger."""
    return DuressWord.objects.filter(worker_id=worker.pk).exists()


def seen_by_companion(worker: Worker, accompaniment: Accompaniment, at: datetime) -> dict[str, Any]:
    """Return what whoever goes along sees of who watches."""
    out = open_check_in(worker, accompaniment)
    goes_on = accompaniment.can_come_back
    if out:
        return seen_while_out(worker, out, at) | {"goes_on": goes_on}
    if not goes_on:
        return {"out": None}
    return {"out": None, "watching": watching(worker, accompaniment, at), "rules": rules_of(worker)}


def seen_while_out(worker: Worker, out: CheckIn, at: datetime) -> dict[str, Any]:
    """Return what whoever is out sees of who watches."""
    return {
        "out": out,
        "is_watched": is_watched(worker, out, at),
        "watcher": watcher_name(worker, out),
        "has_word": has_duress_word(worker),
        "rules": rules_of(worker),
    }
