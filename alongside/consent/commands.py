"""Agreeing, and ending an agreement."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from alongside.agencies.queries import get_agency
from alongside.consent import rules
from alongside.consent.models import Block, Notice, Release, ReleasedItem, State
from alongside.files.commands import lock_to_write
from alongside.kernel import actors, ctx, seal
from alongside.kernel.actors import How
from alongside.kernel.commands import finish_effects_after_commit, order_effect
from alongside.kernel.keyring import KeyGone
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.kernel.actors import By

THEIR_WORD = {"said-so", "not-them", "last-word"}  # why an agreement ended, where the person said so


@transaction.atomic
def offer(*, file_id: UUID, to_agency_id: UUID, to_role: str, by: Worker, at: datetime) -> Release:
    """Begin to talk about sharing with one agency, or one role in it. Nothing is shared yet."""
    lock_to_write(file_id=file_id)
    release = Release(file_id=file_id, agency_id=by.agency_id, to_agency_id=to_agency_id, to_role=to_role)
    release.starts_at, release.until = at, at + rules.USUAL
    release.regime_from, release.regime_to = by.agency.regime, get_agency(to_agency_id).regime
    release.offered_by, release.offered_at = by.pk, at
    release.save(force_insert=True)
    note(
        "consent.offered",
        custodian_id=by.agency_id,
        file_id=file_id,
        release_id=release.id,
        other_agency_id=to_agency_id,
    )
    return release


@transaction.atomic
def name_items(*, release: Release, items: list[dict[str, Any]], by: Worker) -> None:
    """Put down which items the agreement is to name: each `{"kind", "id", "columns"}`.

    It replaces what was named before.
    """
    release = _locked_to_write(release)
    rules.check_can_change(release)
    ReleasedItem.objects.filter(file_id=release.file_id, release_id=release.id).delete()
    ReleasedItem.objects.bulk_create(
        ReleasedItem(
            file_id=release.file_id,
            agency_id=release.agency_id,
            release_id=release.id,
            item_id=item["id"],
            kind=item["kind"],
            columns=item["columns"],
            to_agency_id=release.to_agency_id,
            to_role=release.to_role,
            starts_at=release.starts_at,
            until=release.until,
        )
        for item in items
    )


@transaction.atomic
def set_terms(*, release: Release, by: Worker, **terms: Any) -> None:
    """Put down for what, how, until when, and how it was agreed, before it counts.

    `terms`: any of to_role, purpose, manner, starts_at, until, after_no_purpose, after_no_until, language,
    interpreter, capacity, method, signed_page, others_present, explained, copy_given.
    """
    release = _locked_to_write(release)
    rules.check_can_change(release)
    for name, value in terms.items():
        setattr(release, name, value)
    release.save(update_fields=list(terms))
    ReleasedItem.objects.filter(file_id=release.file_id, release_id=release.id).update(
        until=release.until, to_role=release.to_role
    )


@transaction.atomic
def give(*, release: Release, by: By, at: datetime) -> Release:
    """Make the agreement count, after it was read back and the person said yes.

    Their words become visible to that agency, and the keys to them lent.

    :raises rules.CannotAgree: if it is not itemised, explained and time-limited (practice.md 2.2)
    """
    release = _locked_to_write(release)
    items = list(ReleasedItem.objects.filter(file_id=release.file_id, release_id=release.id))
    rules.check_can_give(release, len(items), at)
    release.state, release.given_at = State.GIVEN, at
    signed = actors.sign(release, "given", by, How.THEIR_WORD)
    release.save(update_fields=["state", "given_at", *signed])
    ReleasedItem.objects.filter(file_id=release.file_id, release_id=release.id).update(given_at=at)
    order_effect(
        "consent.lend_keys",
        about=release.file_id,
        agency_id=release.agency_id,
        release=str(release.id),
        to=str(release.to_agency_id),
        **{"from": str(release.agency_id), "items": _envelopes(items)},
    )
    note("consent.given", **_about(release), count=len(items))
    return release


@transaction.atomic
def decline(*, release: Release, for_good: bool, by: By, at: datetime) -> None:
    """Note that the person would rather not, or not now. Nothing depends on it and no reason is asked."""
    release = _locked(release)
    rules.check_can_change(release)
    release.state = State.DECLINED if for_good else State.DEFERRED
    release.save(update_fields=["state"])
    note("consent.declined" if for_good else "consent.deferred", **_about(release))


@transaction.atomic
def end(
    *, release: Release, by: By, at: datetime, because: str = "said-so", state: str = State.WITHDRAWN
) -> None:
    """End an agreement because the person said so.

    In whatever words, to whomever at the desk (practice.md 2.2: it may be informal).

    It holds from the other agency's next statement on. The agency is told to stop using what it saw, not
    whose it was.

    :raises rules.CannotEnd: if it was never given, or has ended
    """
    release = _locked(release)
    rules.check_can_end(release)
    release.state, release.ended_at, release.ended_because = state, at, because
    signed = actors.sign(release, "ended", by, How.THEIR_WORD if because in THEIR_WORD else How.DESK)
    release.save(update_fields=["state", "ended_at", "ended_because", *signed])
    ReleasedItem.objects.filter(file_id=release.file_id, release_id=release.id).update(ended_at=at)
    note("consent.ended", **_about(release))
    finish_effects_after_commit(about=release.file_id)


@transaction.atomic
def hand_back(*, file_id: UUID, release_id: UUID, custodian_id: UUID, by: Worker) -> None:
    """Give up what an agreement showed the asker's own agency, if it ended with its answer.

    The rows are out of sight already, by the database; the keys to them follow.
    """
    if Release.objects.filter(file_id=file_id, id=release_id).exists():
        return  # no end, or the person was asked beforehand
    note("consent.over", custodian_id=custodian_id, file_id=file_id, release_id=release_id)
    finish_effects_after_commit(about=file_id)


def end_lapsed() -> int:
    """End the agreements whose day has passed: the other agency is told, and its keys are destroyed.

    Nothing was seen under them since that day. Nobody has to be signed in; returns how many ended.
    """
    with ctx.as_operator(), connection.cursor() as cursor:
        cursor.execute("select file_id, id, agency_id, to_agency_id from ctx.end_lapsed()")
        lapsed = cursor.fetchall()
        for file_id, release_id, custodian_id, to_agency_id in lapsed:
            note(
                "consent.lapsed",
                custodian_id=custodian_id,
                file_id=file_id,
                release_id=release_id,
                other_agency_id=to_agency_id,
            )
            finish_effects_after_commit(about=file_id)
    return len(lapsed)


@transaction.atomic
def block(
    *, file_id: UUID, against: str, item_id: UUID | None, name: str = "", by: Worker, at: datetime
) -> Block:
    """Write down a "not them".

    It is against `worker:id`, `agency:id`, `role:name` or `role:agency:name`, or for an item nobody else is
    to see (`against` empty).

    Every agreement it touches ends with it. Whom it names never learns of it: to them there is nothing, as if
    there had never been anything.
    """
    touched = [r for r in _live(file_id, at) if _touches(r, against, item_id)]
    note("consent.blocked", custodian_id=by.agency_id, file_id=file_id, item_id=item_id)
    for release in touched:
        end(release=release, by=by, at=at, because="not-them")
    written = Block(file_id=file_id, agency_id=by.agency_id, against=against, item_id=item_id, set_at=at)
    actors.sign(written, "set", by, How.THEIR_WORD)
    with suppress(KeyGone):  # a "not them" holds in a destroyed file too, without the name
        written.words = seal.seal(written, "words", name, agency_id=by.agency_id) if name else None
    # Ignoring conflicts, of which a new id has none: then the row isn’t read back, which a shut file refuses.
    return Block.objects.bulk_create([written], ignore_conflicts=True)[0]


@transaction.atomic
def recuse(*, file_id: UUID, by: Worker, at: datetime) -> None:
    """Shut a file to oneself, because one knows the person.

    No reason is asked or kept; their worker learns that somebody else is needed.
    """
    note("consent.recused", custodian_id=by.agency_id, file_id=file_id)
    own = Block(file_id=file_id, agency_id=by.agency_id, against=f"worker:{by.pk}", set_at=at)
    actors.sign(own, "set", by, How.DESK)
    Block.objects.bulk_create([own])


def take_back_recusal(*, file_id: UUID) -> bool:
    """Take one's own back within ten minutes: a slip of the finger. Whether there was one."""
    with connection.cursor() as cursor:
        cursor.execute("select ctx.take_back_recusal(%s)", [file_id])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def lift_recusal(*, block_id: UUID, by: Worker, at: datetime) -> None:
    """Open a file again to somebody who said "not me"; by the privacy officer.

    :raises Block.DoesNotExist: if there is none
    """
    block = Block.objects.select_for_update().get(id=block_id, agency_id=by.agency_id, lifted_at=None)
    block.lifted_at = at
    signed = actors.sign(block, "lifted", by, How.DESK)
    block.save(update_fields=["lifted_at", *signed])
    note("consent.recusal_lifted", custodian_id=block.agency_id, file_id=block.file_id)


@transaction.atomic
def block_by_name(*, file_id: UUID, agency_id: UUID, name: str, by: Worker, at: datetime) -> None:
    """Write down a "not them" of somebody in another agency by the name the person knows.

    Whether there is such a worker is told to nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute("select unnest(ctx.worker_principals(%s, %s))", [agency_id, name])
        principals = [row[0] for row in cursor.fetchall()]
    for principal in principals:
        block(file_id=file_id, against=principal, item_id=None, name=name, by=by, at=at)


def end_though_idle(*, token: str, file_id: UUID, release_id: UUID) -> bool:
    """End an agreement in the name of a session that went idle within twelve hours; whether it ended.

    It can only take away, and nothing can be read by it.
    """
    return _done_though_idle("ctx.end_though_idle(%s, %s, %s, %s)", token, file_id, release_id)


def block_though_idle(
    *,
    token: str,
    file_id: UUID,
    against: str = "",
    item_id: UUID | None = None,
    agency_id: UUID | None = None,
    name: str = "",
) -> bool:
    """Write down a "not them" in the name of a session that went idle; whether it was written.

    As `block` and `block_by_name` say it. The name that was typed is not kept.
    """
    return _done_though_idle(
        "ctx.block_though_idle(%s, %s, %s, %s, %s, %s, %s)",
        token,
        file_id,
        against,
        item_id,
        agency_id,
        name,
    )


def _done_though_idle(function: str, token: str, file_id: UUID, *more: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}", [settings.SERVER_SECRET, token, file_id, *more])
        done: bool = cursor.fetchone()[0]
    if done:
        finish_effects_after_commit(about=file_id)
    return done


@transaction.atomic
def lift_block(*, block: Block, by: By, at: datetime) -> None:
    """Take back a "not them", because the person said so. What it ended stays ended."""
    lock_to_write(file_id=block.file_id)
    block = Block.objects.select_for_update().get(file_id=block.file_id, id=block.id)
    block.lifted_at = at
    signed = actors.sign(block, "lifted", by, How.THEIR_WORD)
    block.save(update_fields=["lifted_at", *signed])
    note("consent.block_lifted", custodian_id=block.agency_id, file_id=block.file_id, item_id=block.item_id)


@transaction.atomic
def acknowledge(*, read: int, by: Worker, at: datetime) -> None:
    """Note that the agency has read that something is no longer shared with it, and stops using it.

    :param read: how many notices were on the page; what has ended since is told again
    """
    unread = Notice.objects.filter(agency_id=by.agency_id, read_at=None).order_by("on", "id")
    ids = unread.values_list("id", flat=True)[: max(read, 0)]
    if Notice.objects.filter(id__in=list(ids)).update(read_at=at):
        note("consent.notice_read")


def _locked(release: Release) -> Release:
    return Release.objects.select_for_update().get(file_id=release.file_id, id=release.id)


def _locked_to_write(release: Release) -> Release:
    lock_to_write(file_id=release.file_id)
    return _locked(release)


def _live(file_id: UUID, at: datetime) -> list[Release]:
    return list(Release.objects.filter(file_id=file_id, given_at__isnull=False, ended_at=None, until__gt=at))


def _touches(release: Release, against: str, item_id: UUID | None) -> bool:
    if item_id:
        named = ReleasedItem.objects.filter(
            file_id=release.file_id, release_id=release.id, item_id=item_id
        ).exists()
        return named and against in ("", f"agency:{release.to_agency_id}")
    return (
        against == f"agency:{release.to_agency_id}"
        or against == f"role:{release.to_agency_id}:{release.to_role}"
    )


def _envelopes(items: list[ReleasedItem]) -> list[str]:
    return [seal.item(item.item_id, column) for item in items for column in item.columns.split(",")]


def _about(release: Release) -> dict[str, Any]:
    return {
        "custodian_id": release.agency_id,
        "file_id": release.file_id,
        "release_id": release.id,
        "other_agency_id": release.to_agency_id,
    }
