"""Keeping words that were being written, and forgetting them."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from alongside.kernel.models import Draft


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
