"""Add an agency; afterwards `alongside worker invite` makes its first administrator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from alongside.agencies import commands, queries
from alongside.kernel import ctx, geography
from alongside.kernel.refusal import Refusal

FACTS = ("slug", "name", "name_fr", "face", "face_fr", "sector", "kind", "regime", "division", "time_zone")


class Command(BaseCommand):
    help = "Add an agency. Afterwards `alongside worker invite` makes its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """What the agency is."""
        choices = {fact: [code for code, _ in options] for fact, options in queries.fact_choices().items()}
        parser.add_argument(
            "--slug", required=True, help="short name for these commands: letters, digits and dashes"
        )
        parser.add_argument("--name", required=True)
        parser.add_argument("--name-fr", default="", help="its name in French")
        parser.add_argument(
            "--face", default="", help="neutral name for screens, where its own would give somebody away"
        )
        parser.add_argument("--face-fr", default="")
        parser.add_argument(
            "--sector",
            required=True,
            choices=choices["sector"],
            help="can't be changed later: it decides what the agency can do",
        )
        parser.add_argument("--kind", required=True, choices=choices["kind"])
        parser.add_argument(
            "--regime", default="none", choices=choices["regime"], help="the privacy law it answers to"
        )
        parser.add_argument(
            "--division", default="", metavar="CODE", help="census division of its own place, such as 3506"
        )
        parser.add_argument(
            "--time-zone",
            default="",
            choices=geography.TIME_ZONES,
            help="where its clocks stand (default: as in its division)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the agency."""
        facts = {fact: options[fact] for fact in FACTS}
        if facts["division"] and facts["division"] not in geography.DIVISIONS:
            raise CommandError(
                f"{facts['division']!r} is no census division of Ontario. Ottawa is 3506, Toronto 3520."
            )
        if not queries.is_slug(facts["slug"]):
            raise CommandError("The short name is made of letters, digits and dashes.")
        try:
            with ctx.as_operator():
                commands.open_agency(**facts)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except IntegrityError as taken:
            raise CommandError(f"There is an agency {facts['slug']!r} already.") from taken
        self.stdout.write(
            f"Added. Next: alongside worker invite --agency {facts['slug']} --role administrator --name NAME"
        )
