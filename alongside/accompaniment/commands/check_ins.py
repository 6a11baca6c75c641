"""Where whoever goes along is and until when: for one colleague who watches, and wiped when they are back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction

from alongside.accompaniment import rules
from alongside.accompaniment.models import Accompaniment, CheckIn, DuressWord, Watch, WatchRules
from alongside.accompaniment.queries import check_ins as queries
from alongside.kernel import seal
from alongside.kernel.commands import wait_for_turn
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@transaction.atomic
def watch(*, until_at: datetime, by: Worker, at: datetime) -> None:
    """Say until when one watches over whoever goes along; said again, the new time stands.

    :raises rules.CannotWatch: if somebody is out longer than that
    """
    wait_for_turn(f"accompaniment/watch/{by.pk}")
    kept = Watch.objects.filter(worker_id=by.pk, ended_at=None).first()
    if kept is None:
        Watch(agency_id=by.agency_id, worker_id=by.pk, until_at=until_at, written_at=at).save(
            force_insert=True
        )
    elif kept.until_at != until_at:
        rules.check_can_stop_watching(_out(by), until_at, kept.until_at)
        kept.until_at = until_at
        kept.save(update_fields=["until_at"])


@transaction.atomic
def stop_watching(*, by: Worker, at: datetime) -> None:
    """Stop watching.

    :raises rules.CannotWatch: while somebody is out
    """
    wait_for_turn(f"accompaniment/watch/{by.pk}")
    rules.check_can_stop_watching(_out(by))
    Watch.objects.filter(worker_id=by.pk, ended_at=None).update(ended_at=at)


@transaction.atomic
def check_in(
    *,
    accompaniment: Accompaniment,
    watcher_id: UUID,
    where: str,
    until_at: datetime,
    by: Worker,
    at: datetime,
) -> None:
    """Say where one is, and when one is to be back, to the colleague who watches; said again, it is changed.

    :raises rules.CannotCheckIn: if nobody watches until then, or it is not under way
    """
    kept = Accompaniment.objects.select_for_update().get(
        file_id=accompaniment.file_id, id=accompaniment.id, companion_id=by.pk
    )
    found = queries.open_check_in(by, kept)
    watcher_id = found.watcher_id if found else watcher_id
    wait_for_turn(f"accompaniment/watch/{watcher_id}")
    rules.check_can_check_in(kept, at, is_shut=queries.is_shut(kept))
    until = {one.worker.pk: one.until_at for one in queries.watching(by, kept, at)}
    rules.check_is_watched(kept, until.get(watcher_id), until_at)
    row = found or CheckIn(file_id=kept.file_id, agency_id=kept.agency_id, accompaniment_id=kept.id)
    row.words = seal.seal(
        row, "words", {"where": where, "until": until_at.isoformat()}, agency_id=kept.agency_id
    )
    if found:
        row.save(update_fields=["words"])
    else:
        row.companion_id, row.watcher_id, row.checked_in_at = by.pk, watcher_id, at
        row.save(force_insert=True)
        _note("checked_in", row)


@transaction.atomic
def check_out(*, accompaniment_id: UUID, word: str, by: Worker, at: datetime) -> None:
    """Say that one is back: where one was is wiped. With the word for danger it looks the same.

    Whatever became of the accompaniment meanwhile. Pressed twice it is done once; but the word for danger is
    heard too where whoever watches said before that they are back.
    """
    is_danger = _is_danger(word, by)
    found = _locked(companion_id=by.pk, accompaniment_id=accompaniment_id, out_at=None)
    row = found or (_checked_in_anew(accompaniment_id, by, at) if is_danger else None)
    if row is None:
        return
    row.out_at, row.duress_at = at, at if is_danger else None
    row.words = row.words if is_danger else None
    row.save(update_fields=["words", "out_at", "duress_at"])
    if found:
        _note("checked_out", row)


def _is_danger(word: str, by: Worker) -> bool:
    kept = DuressWord.objects.filter(worker_id=by.pk).first()
    said = rules.as_compared(word)
    return bool(kept and said and check_password(said, kept.word_hash))


def _checked_in_anew(accompaniment_id: UUID, by: Worker, at: datetime) -> CheckIn | None:
    """Check in nowhere, with who watched until lately: so that there is something to say danger of."""
    last = queries.checked_in(by, accompaniment_id).order_by("-checked_in_at", "-id").first()
    kept = Accompaniment.objects.filter(id=accompaniment_id, companion_id=by.pk).first()
    if last is None or kept is None or not rules.may_be_late(last, kept, at):
        return None
    watching = {one.worker.pk for one in queries.watching(by, kept, at)}
    if last.watcher_id not in watching or queries.is_shut(kept):
        return None
    row = CheckIn(file_id=kept.file_id, agency_id=kept.agency_id, accompaniment_id=kept.id)
    row.companion_id, row.watcher_id, row.checked_in_at = by.pk, last.watcher_id, at
    nowhere = {"where": "", "until": at.isoformat()}
    row.words = seal.seal(row, "words", nowhere, agency_id=kept.agency_id)
    row.save(force_insert=True)
    return row


@transaction.atomic
def look(*, check_in: CheckIn, by: Worker, at: datetime) -> None:
    """Look in on whoever is out: the one key of whoever watches."""
    row = _locked(watcher_id=by.pk, id=check_in.id, out_at=None)
    if row is not None:
        row.seen_at = at
        row.save(update_fields=["seen_at"])


@transaction.atomic
def end_check_in(*, check_in: CheckIn, knows_danger: bool, by: Worker, at: datetime) -> bool:
    """Say for somebody that they are back, or that what followed the word for danger is over: it is wiped.

    :param knows_danger: whether they were shown that the word for danger was written
    :return: whether it is over; not where that word was written since they looked
    """
    row = _locked(watcher_id=by.pk, id=check_in.id, words__isnull=False)
    if row is None:
        return True
    if row.duress_at and not knows_danger:
        return False
    was_out, row.words = row.out_at is None, None
    row.out_at = at if was_out else row.out_at
    row.save(update_fields=["words", "out_at"])
    if was_out:
        _note("checked_out", row)
    return True


@transaction.atomic
def keep_duress_word(*, word: str, by: Worker, at: datetime) -> None:
    """Keep one's own word for danger, hashed."""
    row = DuressWord.objects.filter(worker_id=by.pk).first()
    is_new, row = row is None, row or DuressWord(worker_id=by.pk, agency_id=by.agency_id)
    row.word_hash, row.written_at = make_password(rules.as_compared(word)), at
    row.save(force_insert=is_new, update_fields=None if is_new else ["word_hash", "written_at"])


@transaction.atomic
def keep_rules(*, minutes: int, ring: str, instructions: str, by: Worker, at: datetime) -> None:
    """Keep how often somebody looks, whom to ring, and what to do at the word for danger.

    :raises rules.CannotGoAlong: unless the worker keeps what the agency offers
    """
    rules.check_can_keep_companions(by)
    row = WatchRules.objects.select_for_update().filter(agency_id=by.agency_id).first()
    is_new, row = row is None, row or WatchRules(agency_id=by.agency_id)
    row.minutes, row.ring, row.instructions = minutes, ring, instructions
    row.written_by, row.written_at = by.pk, at
    row.save(force_insert=is_new)


def wipe_check_ins() -> int:
    """Wipe where somebody was a week ago and more; return how many. Nobody has to be signed in."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select ctx.wipe_check_ins(%s)", [settings.SERVER_SECRET])
        return int(cursor.fetchone()[0])


def _out(worker: Worker) -> list[CheckIn]:
    return list(CheckIn.objects.filter(watcher_id=worker.pk, out_at=None))


def _locked(**which: object) -> CheckIn | None:
    return CheckIn.objects.select_for_update().filter(**which).first()


def _note(verb: str, row: CheckIn) -> None:
    note(
        f"accompaniment.{verb}",
        custodian_id=row.agency_id,
        file_id=row.file_id,
        item_id=row.accompaniment_id,
    )
