"""Say that several agencies share a place."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.agencies.queries import agency_by_slug
from alongside.hub import commands
from alongside.kernel import ctx
from alongside.kernel.forms import one_line


class Command(BaseCommand):
    help = "Say that several agencies share a place: whoever of them sits there sees the others."

    def add_arguments(self, parser: CommandParser) -> None:
        """What the place is called, and whose it is."""
        parser.add_argument("--name", required=True)
        parser.add_argument("--name-fr", default="", help="its name in French")
        parser.add_argument("agencies", nargs="+", metavar="AGENCY", help="short names of the agencies")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Open the hub."""
        with ctx.as_operator():
            found = {slug: agency_by_slug(slug) for slug in dict.fromkeys(options["agencies"])}
            if unknown := [slug for slug, agency in found.items() if agency is None]:
                raise CommandError(f"There is no agency {', '.join(unknown)}.")
            agencies = [agency for agency in found.values() if agency]
            name, name_fr = one_line(options["name"]), one_line(options["name_fr"])
            if not name:
                raise CommandError("Give it a name that can be read.")
            hub = commands.open_hub(name=name, name_fr=name_fr, agencies=agencies)
        self.stdout.write(f"Added: {hub.name}, with {len(agencies)} agencies.")
