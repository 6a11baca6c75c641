"""The headers of every answer (security.md D8), and logs without words in them."""

import logging
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request


class SafetyHeaders:
    """Nothing is kept by the browser, nothing is indexed, nothing is told to another site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request) if _is_in_utf_8(request) else bad_request(request, BadRequest())
        response["Cache-Control"] = "no-store"
        response["X-Frame-Options"] = "DENY"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Cross-Origin-Embedder-Policy"] = "require-corp"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response


def _is_in_utf_8(request: HttpRequest) -> bool:
    """Whether what is sent is in the one charset of our pages: others may be no text, and raise when read."""
    return (request.content_params or {}).get("charset", "utf-8").lower() in ("utf-8", "utf8", "us-ascii")


class WithoutQueries(logging.Filter):
    """Cut every query string out of a log line: words that were searched for are words about somebody."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(a.split("?")[0] if isinstance(a, str) else a for a in record.args)
        record.msg = str(record.msg).split("?")[0]
        return True
