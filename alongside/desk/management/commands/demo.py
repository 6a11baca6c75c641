"""Make the invented district for a demonstration, and say who can sign in."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from procrastinate.contrib.django import app

from alongside.agencies.commands import date_rights_back
from alongside.desk import commands
from alongside.desk.demo import district, guide

ROLES = ("owner",)


class Command(BaseCommand):
    """alongside demo [--directory FILE | --invented]"""

    help = (
        "Make Two Rivers: invented agencies, workers and files, "
        "and a directory of places. A second time changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--directory",
            type=Path,
            help=f"the Ontario Ministry of Health's list of places (default: {district.REAL})",
        )
        parser.add_argument(
            "--invented",
            action="store_true",
            help="fill the directory with invented places, whatever lies there",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, unless it is there."""
        if district.is_there():
            self.stdout.write(
                "The demonstration district is there already; nothing was changed.\n\n" + guide.as_table()
            )
            return
        if district.others():
            raise CommandError(
                "This installation holds agencies already. The demonstration needs one of its own: set "
                "ALONGSIDE_STATE to a new folder."
            )
        if options["directory"] and not options["directory"].exists():
            raise CommandError(
                f"There is no file {options['directory']}. Leave --directory out to use invented places."
            )
        begun = time.monotonic()
        real = None if options["invented"] else options["directory"] or settings.ROOT / district.REAL
        places = district.load_places(real)
        between = time.monotonic()
        made = commands.make()
        date_rights_back(days=400)  # or nobody could confirm an invitation for a week
        commands.tell_destructions()
        app.configure_task("desk.tell_voices").defer()  # while somebody looks around already
        took = (
            f"{between - begun:.1f} s for the directory, {time.monotonic() - between:.1f} s for the district"
        )
        counted = (
            f"{made.agencies} agencies, {made.workers} workers, {made.turns} turns of their stories, "
            f"{made.gaps} gaps, {places}"
        )
        said = f"Two Rivers is there: {counted} ({took}).\n\n{guide.as_table()}"
        (settings.STATE / "demo.txt").write_text(
            said + "\n", encoding="utf-8"
        )  # what `serve` says again, and why every page says "demonstration"
        self.stdout.write(said)
