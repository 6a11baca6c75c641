"""No page reads sealed words without a trace."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alongside.kernel import seal
from alongside.trail.commands import gathered, note_opened


class LogReads:
    """Write the request's notes in one statement, and with them whose words were opened, of which kinds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with gathered(), seal.log_reads() as opened:
            response = self.get_response(request)
            note_opened(opened)
        return response
