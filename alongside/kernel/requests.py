"""What the middleware puts on a request, said as types: a view names the one it can count on.

A page that is open to everybody takes Django's own `HttpRequest`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from alongside.agencies.models import Account, Worker
    from alongside.kernel.ctx import Seat


class SignedRequest(HttpRequest):
    """A request whose transaction is signed, perhaps with nobody behind it."""

    seat: Seat | None
    idled: str | None  # the token of the session that was found idle by this request
    has_yielded: bool  # the database undid it in favour of another
    worker: Worker | None
    version: str  # of what the page's form starts from
    version_before: str  # the one it was sent with, when it comes back because both changed something
    conflicts: list[str]  # the fields that both changed
    drafted: bool  # set once words that were kept are offered back
    draft_of: str  # where those words are sent to
    htmx: HtmxDetails
    _cached_user: Account  # where Django looks before it reads the account


class WorkerRequest(SignedRequest):
    """A request with a worker behind it: what every page that asks for signing in is called with."""

    seat: Seat
    worker: Worker
    user: Account
