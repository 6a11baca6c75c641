"""Offer somebody a seat in an agency: prints a code that is good once, for seven days."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.agencies import commands, queries
from alongside.kernel import ctx


class Command(BaseCommand):
    help = (
        "Offer somebody a seat in an agency (its first administrator, usually). Prints a code to hand over: "
        "good once, for seven days."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, where, as what."""
        parser.add_argument("--agency", required=True, metavar="SLUG", help="short name of the agency")
        parser.add_argument("--role", required=True, choices=[role for role, _ in queries.role_choices()])
        parser.add_argument("--name", required=True, help="what colleagues call them")

    def handle(self, *_args: Any, agency: str, role: str, name: str, **_options: Any) -> None:
        """Make the invitation."""
        with ctx.as_operator():
            found = queries.agency_by_slug(agency)
            if found is None:
                known = ", ".join(queries.slugs()) or "none yet; `alongside agency add` makes one"
                raise CommandError(f"There is no agency {agency!r}. There is: {known}.")
            code = commands.invite_as_operator(agency=found, name=name, role=role)
        self.stdout.write(
            f"{code}\n\nHand it to {name}. They type it on the page /account/invitation within seven days."
        )
