"""No page reads sealed words without a trace."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alongside.kernel import seal
from alongside.trail.commands import gathered, note


class LogReads:
    """Write the request's notes in one statement.

    And for every file whose words were opened without a note of its own, that it was read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with gathered() as noted, seal.log_reads() as read:
            response = self.get_response(request)
            told = {entry.file_id for entry in noted}
            for file_id, custodian_id in read.items():
                if file_id not in told:
                    note("files.read", custodian_id=custodian_id, file_id=file_id)
        return response
