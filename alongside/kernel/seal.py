"""Words of and about a person, sealed field by field under the file's own key (security.md D2).

AES-256-GCM with a random 96-bit nonce, bound to table, column, row and file: an envelope moved elsewhere
doesn't open. Byte 0 names the algorithm.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, ClassVar, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
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


_log: ContextVar[dict[UUID, UUID] | None] = ContextVar("log", default=None)


@cache
def keyring() -> Keyring:
    """Return this process's keyring."""
    return Keyring(settings.KEYRING_PATH, bytes.fromhex(settings.KEYRING_KEK))


def item(row_id: UUID, column: str) -> str:
    """Name what one envelope holds, for the keyring."""
    return f"{row_id}|{column}"


def seal(row: Row, column: str, words: Any, *, agency_id: UUID) -> bytes:
    """Return the envelope for what is to stand in this column of this row.

    `words` is anything JSON can hold.
    """
    key = keyring().open(row.file_id, item(row.id, column), agency_id)
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
        key = keyring().open(row.file_id, item(row.id, column), agency_id)
    except KeyGone:
        return None
    read = _log.get()
    if read is not None:
        read[row.file_id] = row.agency_id
    try:
        return json.loads(AESGCM(key).decrypt(envelope[1:13], envelope[13:], _where(row, column)))
    except InvalidTag as wrong:
        raise Altered from wrong


@contextmanager
def log_reads() -> Iterator[dict[UUID, UUID]]:
    """Gather whose words are opened while the block runs.

    File and custodian, so that no page can read without a trace.
    """
    read: dict[UUID, UUID] = {}
    token = _log.set(read)
    try:
        yield read
    finally:
        _log.reset(token)


@contextmanager
def unlogged() -> Iterator[None]:
    """Open words that nobody is shown, as when names are compared in a search.

    Noted as a search, not as so many readings.
    """
    token = _log.set(None)
    try:
        yield
    finally:
        _log.reset(token)


def _where(row: Row, column: str) -> bytes:
    return f"{row._meta.db_table}|{column}|{row.id}|{row.file_id}".encode()
