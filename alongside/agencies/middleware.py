"""The worker behind the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alongside.agencies import queries


class SeatedWorker:
    """Put the worker, their agency and their account on the request: one statement, and none when nobody is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seat = request.seat  # type: ignore[attr-defined]
        worker = queries.seated(seat.worker_id) if seat and seat.worker_id else None
        request.worker = worker  # type: ignore[attr-defined]
        if worker:
            request._cached_user = worker.account  # type: ignore[attr-defined]
        return self.get_response(request)
