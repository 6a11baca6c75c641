"""Import a list of services (HSDS, AIRS, CSV) into the directory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.agencies.queries import agency_by_slug
from alongside.directory import commands, queries
from alongside.directory.formats import feeds, mappings
from alongside.directory.formats.notes import words_for
from alongside.kernel import ctx
from alongside.kernel.imports.delimited import Broken
from alongside.kernel.imports.runs import State

if TYPE_CHECKING:
    from alongside.directory.models import ImportRun


class Command(BaseCommand):
    """alongside directory import FILE [--mapping NAME] [--source NAME] [--agency SLUG]"""

    help = (
        "Import a list of services: HSDS 3 as JSON, as a zip or folder of tables, AIRS XML, or any CSV with "
        "a mapping. Importing again updates."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the file, or the folder of HSDS tables")
        parser.add_argument(
            "--mapping",
            default="",
            help=f"for CSV: {', '.join(mappings.shipped_mappings())}, or a path to a mapping of your own",
        )
        parser.add_argument(
            "--source",
            default="",
            help="what the list is called (default: what the mapping says, else the file's name)",
        )
        parser.add_argument(
            "--agency",
            default="",
            help="the short name of the agency that keeps it (default: whoever runs this machine)",
        )
        parser.add_argument(
            "--lines", type=int, default=50, help="how many lines of the report to print (default 50)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and print the report."""
        name, mapping = (
            options["file"].rstrip("/").rsplit("/", 1)[-1],
            mappings.shipped_mappings().get(options["mapping"]),
        )
        if options["mapping"] and mapping is None:
            raise CommandError(
                f"There is no mapping called {options['mapping']}. There is: "
                f"{', '.join(mappings.shipped_mappings())}."
            )
        agency_id = self._agency(options["agency"])
        try:
            content = feeds.content_of(options["file"])
        except Broken as broken:
            raise CommandError(f"{options['file']} can't be read: {words_for(broken.note.code)[0]}") from None
        source = options["source"] or (mapping or {}).get("source") or name
        run = commands.import_file(
            content=content, source_name=source, mapping=options["mapping"], agency_id=agency_id
        )
        self._print(run, options["lines"])

    def _agency(self, slug: str) -> UUID | None:
        if not slug:
            return None
        with ctx.as_operator():
            agency = agency_by_slug(slug)
        if agency is None:
            raise CommandError(f"There is no agency with the short name {slug}.")
        return agency.pk

    def _print(self, run: ImportRun, most: int) -> None:
        lines = queries.report_of(run)
        for line in lines[:most]:
            what, to_do = words_for(line.code)
            field = f": {line.field}" if line.field else ""
            about = f" ({line.about})" if line.about else ""
            self.stdout.write(f"line {line.line}{field}{about}: {what} {to_do}")
        if lines.count() > most:
            self.stdout.write(f"… and {lines.count() - most} more (--lines {lines.count()})")
        if run.state == State.REFUSED:
            raise CommandError("Nothing was imported; the directory is as it was.")
        self.stdout.write(
            f"{run.rows} records read: {run.added} added, {run.updated} "
            f"updated, {run.unchanged} unchanged, {run.left_out} left out."
        )
