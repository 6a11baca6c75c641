"""Sessions whose cookie is never stored: the database holds only its SHA-256 (ASVS V7)."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpResponse

IDLED = (
    "i"  # the cookie that keeps, until somebody signs in or leaves, which session of this browser went idle
)
REMEMBERED_FOR = 12 * 60 * 60  # seconds


def remember_idled(response: HttpResponse, token: str) -> None:
    """Let the browser keep the token of a session that went idle: it opens nothing any more."""
    response.set_cookie(
        IDLED, token, max_age=REMEMBERED_FOR, httponly=True, samesite="Strict", secure=settings.HTTPS
    )


def token_hash(session_key: str | None) -> str:
    """Return what stands for a session's cookie: its SHA-256 in hexadecimal."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()


def _hash(session_key: str | None) -> str:
    return token_hash(session_key)[:40]


def _show(session_key: str) -> None:
    """Prove to the database which session is this one: nobody writes in another by its hash."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.session', %s, true)", [session_key])


class SessionStore(db.SessionStore):
    """Django's own store, looked up and kept by the hash of the key."""

    _session_key: str | None

    def _get_session_from_db(self) -> Session | None:
        raw, self._session_key = self._session_key, _hash(self._session_key)
        try:
            found: Session | None = super()._get_session_from_db()  # type: ignore[misc]
            return found
        finally:
            self._session_key = raw if self._session_key else None

    def save(self, must_create: bool = False) -> None:
        with transaction.atomic():
            if self.session_key:
                _show(self.session_key)
            super().save(must_create)

    def exists(self, session_key: str) -> bool:
        return super().exists(_hash(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        instance = super().create_model_instance(data)
        instance.session_key = _hash(instance.session_key)
        return instance

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            with transaction.atomic():
                _show(key)
                super().delete(_hash(key))
