"""Say that an agency shares a place no more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.agencies.queries import agency_by_slug
from alongside.hub import commands, queries
from alongside.kernel import ctx


class Command(BaseCommand):
    help = "Say that an agency shares a place no more: it sees nobody there, and is seen by nobody."

    def add_arguments(self, parser: CommandParser) -> None:
        """What the place is called, and who leaves it."""
        parser.add_argument("--name", required=True)
        parser.add_argument("agency", metavar="AGENCY", help="short name of the agency")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Let the agency leave every place of that name."""
        with ctx.as_operator():
            agency = agency_by_slug(options["agency"])
            if agency is None:
                raise CommandError(f"There is no agency {options['agency']}.")
            left = sum(
                commands.leave_hub(hub=hub, agency=agency) for hub in queries.hubs_named(options["name"])
            )
            if not left:
                raise CommandError(f"{agency} has no part in a place called {options['name']}.")
        self.stdout.write(f"Left: {options['name']}.")
