"""Keeping words that were being written; ordering what is done outside PostgreSQL, and seeing it done."""

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from alongside.kernel import clock, ctx, outbox, queries
from alongside.kernel.models import Draft, Effect

log = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)  # before an effect is tried again


def keep_draft(*, account_id: UUID, place: bytes, body: bytes, at: datetime) -> None:
    """Keep sealed words for this account and page, instead of those kept before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into kernel_draft (id, account_id, place, body, at) values (gen_random_uuid(), %s, %s, "
            "%s, %s) on conflict (account_id, place) do update set body = excluded.body, at = excluded.at",
            [account_id, place, body, at],
        )


def forget_draft(*, account_id: UUID, place: bytes) -> None:
    """Forget what was kept for this account and page."""
    Draft.objects.filter(account_id=account_id, place=place).delete()


def wait_for_turn(place: str) -> None:
    """Let nobody else answer a form of this address until the transaction ends.

    So what a form is compared with is what it will be written over.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [place])


def order_effect(kind: str, *, about: UUID, agency_id: UUID | None, **particulars: Any) -> None:
    """Order something outside PostgreSQL, in the transaction of the act that it belongs to.

    It is done right after the commit, or found and finished by the sweep.

    :param about: whose it is: what is about the same is done in the order it was ordered
    :param particulars: what else has to be known to do it: opaque ids, and nothing that tells anything
    """
    if kind not in outbox.kinds():
        raise LookupError(f"No capability says how `{kind}` is done.")
    effect = Effect(kind=kind, about=about, agency_id=agency_id, particulars=particulars, due_at=clock.now())
    effect.save(force_insert=True)
    finish_effects_after_commit(about=about)


def finish_effects_after_commit(*, about: UUID) -> None:
    """Do what was ordered about one thing, also by a trigger, as soon as the act stands."""
    transaction.on_commit(partial(finish_effects, about=about), robust=True)


def finish_effects(*, about: UUID | None = None) -> int:
    """Do what is still to be done outside PostgreSQL: all that is due, or what is about one thing, now.

    What fails waits for longer each time. Return how many were done.
    """
    done = 0
    while (finished := _finish_next(about)) is not None:
        done += finished
        if not finished and about:
            break
    return done


def _finish_next(about: UUID | None) -> bool | None:
    """Do the next effect; whether it could be done, or None if there is none."""
    with ctx.as_operator():
        effect = queries.next_effect(due_at=clock.now(), about=about)
        if effect is None:
            return None
        try:
            with transaction.atomic():
                outbox.kinds()[effect.kind](effect)
        except Exception as error:  # whatever stands in the way: the act stands, and this is tried again
            log.warning("%s waits: %s", effect.kind, type(error.__cause__ or error).__name__)
            effect.tries += 1
            effect.due_at = clock.now() + min(FIRST_PAUSE * 2 ** min(effect.tries - 1, 10), LONGEST_PAUSE)
            effect.save(update_fields=["tries", "due_at"])
            return False
        effect.delete()
        return True
