"""Pages on which names and words are covered until they are held: wherever somebody else may look over.

It is for the eyes: a screen reader reads on, and nothing is printed. What is covered is decided by the
stylesheet (`look.css`, `.quiet-page`): everything a page says, but for the few parts that never say a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpResponse

KEY = "quiet"  # in the session: what was chosen here since signing in
COOKIE = "q"  # on a device at an open desk: how every session on it begins. It names nobody.
KEPT_FOR = timedelta(days=365)


def is_quiet(session: Mapping[str, Any], cookies: Mapping[str, str]) -> bool:
    """Whether the pages of this session are covered: as chosen in it, else as this device begins."""
    return bool(session.get(KEY, is_quiet_device(cookies)))


def is_quiet_device(cookies: Mapping[str, str]) -> bool:
    """Whether sessions on this device begin covered."""
    return cookies.get(COOKIE) == "1"


def remember(response: HttpResponse, *, on: bool) -> HttpResponse:
    """Let every session on this device begin covered from now on, or no longer."""
    if on:
        response.set_cookie(
            COOKIE, "1", max_age=KEPT_FOR, httponly=True, samesite="Strict", secure=settings.HTTPS
        )
    else:
        response.delete_cookie(COOKIE)
    return response
