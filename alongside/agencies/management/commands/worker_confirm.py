"""Be the second person where an agency has none: list what waits there, and confirm one of it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.agencies import commands, queries
from alongside.agencies.models import AccessRequest, Agency
from alongside.kernel import ctx
from alongside.kernel.refusal import Refusal


class Command(BaseCommand):
    help = (
        "Be the second person for what an administrator asked, where their agency has no other. Without a "
        "number: list what waits there. Speak with the agency's leader or privacy officer first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, and which."""
        parser.add_argument("--agency", required=True, metavar="SLUG", help="short name of the agency")
        parser.add_argument("--request", default="", metavar="ID", help="which of those that are listed")

    def handle(self, *_args: Any, agency: str, request: str, **_options: Any) -> None:
        """List, or confirm."""
        with ctx.as_operator():
            found = queries.agency_by_slug(agency)
            if found is None:
                raise CommandError(f"There is no agency {agency!r}. There is: {', '.join(queries.slugs())}.")
        with ctx.as_operator(found.pk):
            self.stdout.write(self._confirm(found, request) if request else self._list(found))

    def _list(self, agency: Agency) -> str:
        return "\n".join(map(_line, queries.access_requests_of(agency))) or "Nothing waits there."

    def _confirm(self, agency: Agency, id: str) -> str:
        waiting = {str(one.pk): one for one in queries.access_requests_of(agency)}
        if id not in waiting:
            raise CommandError("Nothing waits under this number. Without --request you see what does.")
        try:
            code = commands.confirm_as_operator(request=waiting[id])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if not code:
            return f"Done: {_line(waiting[id])}"
        return f"{code}\n\nHand it to {waiting[id].whose}, whom you know."


def _line(one: AccessRequest) -> str:
    asked = f"asked by {one.asked_by.name}" if one.asked_by else "asked by the operator"
    role = f" {one.role}" if one.role else ""
    return f"{one.pk}  {one.whose}: {one.what}{role}, {asked}, until {one.until:%Y-%m-%d %H:%M} UTC"
