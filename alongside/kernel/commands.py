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
