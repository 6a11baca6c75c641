"""Print what a demand for the database would yield: every column, how it is kept and what it tells."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from alongside.kernel import data_inventory

PAGES = {"en": "docs/what-a-demand-would-yield.md", "fr": "docs/what-a-demand-would-yield.fr.md"}


class Command(BaseCommand):
    help = "Print what somebody would hold who has the database and not the keys, from the models themselves."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the language, and whether to write the pages of the documentation."""
        parser.add_argument(
            "--language", choices=sorted(PAGES), default="en", help="of the page (English if not said)"
        )
        parser.add_argument("--write", action="store_true", help="write both pages into docs/ instead")

    def handle(self, *_args: Any, language: str, write: bool, **_options: Any) -> None:
        """Print or write."""
        if not write:
            self.stdout.write(data_inventory.page(language))
            return
        for each, name in PAGES.items():
            (Path(settings.ROOT) / name).write_text(data_inventory.page(each))
            self.stdout.write(f"{name} written.")
