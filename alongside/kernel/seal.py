"""Words of and about a person, sealed field by field under the file's own key (security.md D2).

AES-256-GCM with a random 96-bit nonce, bound to table, column, row and file: an envelope moved elsewhere
doesn't open. Byte 0 names the algorithm.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from alongside.kernel.keyring import KeyGone, Keyring
from alongside.kernel.refusal import Refusal

AES_256_GCM = b"\x01"
SHORTEST = 1 + 12 + 16  # an envelope with nothing in it: algorithm, nonce, tag


class Altered(Refusal, InvalidTag):
    """An envelope was changed, cut or moved by something other than Alongside."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Something in this file was changed from outside and can’t be opened. Tell your privacy "
                "officer: the trail shows what happened before."
            )
        )


class Row(Protocol):
    """A row that belongs to a file."""

    _meta: ClassVar[Any]

    @property
    def id(self) -> UUID:
        """The row's own id."""

    @property
    def file_id(self) -> UUID:
        """The file it belongs to."""

    @property
    def agency_id(self) -> UUID:
        """The custodian."""


@dataclass(frozen=True, order=True)
class Opened:
    """Words of one kind that were opened in one file; `listed` is the list they stood in, if it was one."""

    file_id: UUID
    custodian_id: UUID
    kind: str
    listed: str


_log: ContextVar[set[Opened] | None] = ContextVar("log", default=None)
_listing: ContextVar[str] = ContextVar("listing", default="")


@cache
def keyring() -> Keyring:
    """Return this process's keyring.

    :raises ImproperlyConfigured: if it was given none
    """
    if not settings.KEYRING_KEK:
        raise ImproperlyConfigured("This process was not given the key of the keyring.")
    return Keyring(settings.KEYRING_PATH, bytes.fromhex(settings.KEYRING_KEK))


def item(row_id: UUID, column: str) -> str:
    """Name what one envelope holds, for the keyring."""
    return f"{row_id}|{column}"


def seal(row: Row, column: str, words: Any, *, agency_id: UUID) -> bytes:
    """Return the envelope for what is to stand in this column of this row.

    `words` is anything JSON can hold.
    """
    key = keyring().open(row.file_id, _key_of(row, column), agency_id)
    nonce = os.urandom(12)
    return (
        AES_256_GCM
        + nonce
        + AESGCM(key).encrypt(nonce, json.dumps(words, ensure_ascii=False).encode(), _where(row, column))
    )


def unseal(row: Row, column: str, *, agency_id: UUID) -> Any:
    """Return what was sealed in this column, or None if it is empty or its key is gone.

    :raises Altered: if the envelope was changed, cut, or moved here from elsewhere
    """
    envelope = getattr(row, column)
    if not envelope:
        return None
    envelope = bytes(envelope)
    if envelope[:1] != AES_256_GCM or len(envelope) < SHORTEST:
        raise Altered
    try:
        key = keyring().open(row.file_id, _key_of(row, column), agency_id)
    except KeyGone:
        return None
    note_opened(row.file_id, row.agency_id, row._meta.get_field(column).kind_of(row))
    try:
        return json.loads(AESGCM(key).decrypt(envelope[1:13], envelope[13:], _where(row, column)))
    except InvalidTag as wrong:
        raise Altered from wrong


def note_opened(file_id: UUID, custodian_id: UUID, kind: str) -> None:
    """Remember that words of this kind were opened in this file, where that is gathered."""
    opened = _log.get()
    if opened is not None:
        opened.add(Opened(file_id, custodian_id, kind, _listing.get()))


@contextmanager
def log_reads() -> Iterator[set[Opened]]:
    """Gather what is opened while the block runs: files, kinds, lists. No page can read without a trace."""
    opened: set[Opened] = set()
    token = _log.set(opened)
    try:
        yield opened
    finally:
        _log.reset(token)


@contextmanager
def listing(action: str) -> Iterator[None]:
    """Open words of several files for a list, which is not the same as reading one of these files.

    :param action: the list, as the trail says it (`LISTS` of a capability's `actions`)
    """
    token = _listing.set(action)
    try:
        yield
    finally:
        _listing.reset(token)


@contextmanager
def unlogged() -> Iterator[None]:
    """Open words that nobody is shown, as when names are compared in a search.

    What was found is opened once more to be shown, and that is noted.
    """
    token = _log.set(None)
    try:
        yield
    finally:
        _log.reset(token)


def _key_of(row: Row, column: str) -> str:
    return item(getattr(row, row._meta.get_field(column).under), column)


def _where(row: Row, column: str) -> bytes:
    return f"{row._meta.db_table}|{column}|{row.id}|{row.file_id}".encode()
