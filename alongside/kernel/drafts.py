"""Words that were being written when the session went idle.

Kept sealed for the same account, and offered back.

A form's words are kept in two ways: every two seconds while they are typed (forms marked `data-draft`), and
when they arrive after the session had closed. They are offered back on the page where they were written, for
a day, and forgotten as soon as that form was accepted.
"""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.kernel import clock, commands, installation_key, queries, versions
from alongside.kernel.requests import SignedRequest

KEPT_FOR = timedelta(hours=24)
LARGEST = 64 * 1024  # bytes of words; more is a file, not a sentence
NEVER = ("csrfmiddlewaretoken", "draft_of", "kept_as_typed", "code", "credential")
FORGOTTEN_TONIGHT = ("not_while", "kept_out")  # of who waits at a hub: nothing of it outlives the day
NEVER_STARTING = ("pass", "new_pass", "old_pass")
NEVER_UNDER = (
    "/account/me",
    "/account/sign-in",
    "/account/invitation",
    "/account/recovery",
)  # where secrets are typed
PURPOSE = "draft"


def place_of(request: HttpRequest) -> str:
    """Return the address of the page on which the form stands.

    What the form says (`draft_of`), else where it was sent.
    """
    said = request.POST.get("draft_of", "")
    if said.startswith("/") and url_has_allowed_host_and_scheme(said, allowed_hosts=None) and exists(said):
        return said
    return request.path


def is_kept(request: HttpRequest) -> bool:
    """Whether a form is one that is kept while it is typed: on its own page, or on another's."""
    return "draft_of" in request.POST or "kept_as_typed" in request.POST


def keeps_nothing(request: HttpRequest) -> bool:
    """Whether nothing is kept of what is sent there, as its view says (`keeps_nothing_typed`)."""
    places = [place for place in {request.path, place_of(request)} if exists(place)]
    return any(getattr(resolve(place).func, "keeps_nothing_typed", False) for place in places)


def page_of(request: HttpRequest) -> str:
    """Return the page that a form was sent from, with its question, as this browser says.

    Where it says nothing, where it was sent.
    """
    if "draft_of" in request.POST:
        return place_of(request)
    said = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, allowed_hosts={request.get_host()}):
        return request.path
    parts = urlsplit(said)
    return parts._replace(scheme="", netloc="", fragment="").geturl() if exists(parts.path) else request.path


def keep(request: HttpRequest, account_id: UUID) -> bool:
    """Keep what was posted for this account, instead of what was kept for the same page before.

    Whether there was anything to keep.
    """
    words = typed(request)
    return any(any(values) for values in words.values()) and keep_sealed(account_id, place_of(request), words)


def keep_sealed(account_id: UUID, place: str, what: object) -> bool:
    """Keep what JSON can hold for this account and place; whether it was small enough."""
    body = json.dumps(what, ensure_ascii=False).encode()
    if len(body) > LARGEST:
        return False
    mark = installation_key.fingerprint(place, purpose=PURPOSE)
    envelope = installation_key.seal(body, purpose=PURPOSE, about=_about(account_id, mark))
    commands.keep_draft(account_id=account_id, place=mark, body=envelope, at=clock.now())
    return True


def kept_sealed(account_id: UUID, place: str) -> Any:
    """Return what was kept for this account and place within the last day, or None."""
    mark = installation_key.fingerprint(place, purpose=PURPOSE)
    kept = queries.kept_draft(account_id, mark, since=clock.now() - KEPT_FOR)
    if kept is None:
        return None
    try:
        body = installation_key.unseal(bytes(kept.body), purpose=PURPOSE, about=_about(account_id, mark))
    except InvalidTag:
        return None
    return json.loads(body)


def typed(request: HttpRequest) -> dict[str, list[str]]:
    """Return what was posted by the names of its fields, without secrets; nothing where secrets are typed.

    With the version it was first typed over: who was shown a conflict and went away is shown it again.
    """
    if place_of(request).startswith(NEVER_UNDER) or keeps_nothing(request):
        return {}
    words = {name: [*map(str, values)] for name, values in request.POST.lists() if _may_keep(name)}
    if before := words.pop(versions.BEFORE, None):
        words[versions.FIELD] = before
    return words


def is_one_of_ours(request: HttpRequest) -> bool:
    """Whether a form carries the token that we gave this browser."""
    return CsrfViewMiddleware(_unused).process_view(request, _unused, (), {}) is None


def initial_for(request: SignedRequest, path: str | None = None) -> QueryDict | None:
    """Return what the signed-in worker was writing on this page within the last day, or None.

    Marks the request as `drafted`, with the place.
    """
    seat = getattr(request, "seat", None)
    if seat is None:
        return None
    place = path or request.path
    kept = kept_sealed(seat.account_id, place)
    if kept is None:
        return None
    words = QueryDict(mutable=True)
    for name, values in kept.items():
        words.setlist(name, values)
    request.drafted, request.draft_of = True, place
    return words


def forget(request: SignedRequest, path: str | None = None) -> None:
    """Forget what was kept for this page, because the form was accepted or the worker said so."""
    seat = getattr(request, "seat", None)
    if seat is not None:
        mark = installation_key.fingerprint(path or place_of(request), purpose=PURPOSE)
        commands.forget_draft(account_id=seat.account_id, place=mark)


def exists(path: str) -> bool:
    """Whether there is such an address."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _may_keep(name: str) -> bool:
    return name not in NEVER and name not in FORGOTTEN_TONIGHT and not name.startswith(NEVER_STARTING)


def _about(account_id: UUID, mark: bytes) -> str:
    return f"{account_id}|{mark.hex()}"


def _unused(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
