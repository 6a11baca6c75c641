"""Writing on the trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection

from alongside.kernel.ids import uuid7
from alongside.trail.models import Entry

_gathering: ContextVar[list[Entry] | None] = ContextVar("gathering", default=None)


def note(
    action: str,
    *,
    custodian_id: UUID | None = None,
    file_id: UUID | None = None,
    item_id: UUID | None = None,
    item_kind: str = "",
    release_id: UUID | None = None,
    referral_id: UUID | None = None,
    other_agency_id: UUID | None = None,
    count: int | None = None,
    entry_id: UUID | None = None,
) -> None:
    """Note that the signed asker did or read this, in the transaction under way.

    Ids and codes only; there is no place for words.

    `action` is a capability and a past participle: `files.opened`, `files.read`. (PHIPA s.10.1: type,
    when, who, about whom.)
    """
    entry = Entry(
        id=entry_id or uuid7(),
        action=action,
        custodian_id=custodian_id,
        file_id=file_id,
        item_id=item_id,
        item_kind=item_kind,
        release_id=release_id,
        referral_id=referral_id,
        other_agency_id=other_agency_id,
        count=count,
    )
    gathered_so_far = _gathering.get()
    if gathered_so_far is None:
        entry.save(force_insert=True)
    else:
        gathered_so_far.append(entry)


@contextmanager
def gathered() -> Iterator[list[Entry]]:
    """Write what is noted while the block runs in one statement at its end.

    The block is one asker's, inside one transaction.

    Nothing is written when the transaction is to be undone: what did not happen is not on the trail.
    """
    entries: list[Entry] = []
    token = _gathering.set(entries)
    try:
        yield entries
    finally:
        _gathering.reset(token)
    if entries and not connection.needs_rollback:
        Entry.objects.bulk_create(entries)
