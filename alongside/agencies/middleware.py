"""The worker behind the request, and asking for a passphrase or passkey once more."""

from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from alongside.agencies import queries, signin
from alongside.kernel.requests import SignedRequest


class SeatedWorker:
    """Put the worker, their agency and their account on the request.

    One statement, and none when nobody is signed in. While their page is made, the clock is their agency's;
    nobody's is the installation's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SignedRequest) -> HttpResponse:
        seat = request.seat
        worker = queries.seated(seat.worker_id) if seat and seat.worker_id else None
        request.worker = worker
        if seat and worker:
            request._cached_user = worker.account
        with timezone.override(worker.agency.time_zone if worker else None):
            return self.get_response(request)

    def process_view(
        self, request: SignedRequest, view: Callable[..., HttpResponse], *_arguments: Any
    ) -> HttpResponse | None:
        """Lead to the second step where it is required and this session had none."""
        if not request.seat or getattr(view, "second_step_exempt", False):
            return None
        return redirect("second_step") if signin.needs_second_step(request.seat) else None


class SameAgain:
    """Ask for the passphrase or a passkey once more before something that matters, and come back to the page.

    In place of allauth's own way, which would keep the whole request, its cookie too, in the session's row.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Lead to the step that was missing."""
        if not isinstance(exception, ReauthenticationRequired):
            return None
        if not request.user.is_authenticated:
            return redirect(f"{reverse(settings.LOGIN_URL)}?next={request.path}")
        return signin.ask_again(request, request.path)
