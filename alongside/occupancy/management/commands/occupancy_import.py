"""Import counts of shelters or of calls to central intake (CSV)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.kernel.imports import delimited
from alongside.kernel.imports.delimited import Broken
from alongside.kernel.imports.runs import State
from alongside.occupancy import commands, queries
from alongside.occupancy.formats import mappings
from alongside.occupancy.formats.notes import words_for

if TYPE_CHECKING:
    from alongside.occupancy.models import ImportRun


class Command(BaseCommand):
    """alongside occupancy import FILE [--as NAME] [--source NAME]"""

    help = (
        "Import counts of shelters by night, or of calls to central "
        "intake by day: any CSV with a mapping. Importing again updates."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what can be typed."""
        known = ", ".join(mappings.shipped_mappings())
        parser.add_argument("file", help="the file")
        parser.add_argument(
            "--as",
            default="",
            dest="mapping",
            help=f"{known}, or a path to a mapping of your own (default: the one that fits)",
        )
        parser.add_argument(
            "--source",
            default="",
            help="what the counts are called (default: what the mapping says, else the file's name)",
        )
        parser.add_argument(
            "--lines", type=int, default=50, help="how many lines of the report to print (default 50)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and print the report."""
        path = Path(options["file"])
        try:
            content = path.read_bytes()
        except OSError:
            raise CommandError(f"{path} can't be read.") from None
        name = options["mapping"] or self._fitting(content)
        columns = mappings.shipped_mappings().get(name) or self._own(name)
        source = options["source"] or columns.get("source") or path.name
        shipped = name if name in mappings.shipped_mappings() else ""
        self._print(
            commands.import_file(content=content, source_name=source, mapping=shipped, columns=columns),
            options["lines"],
        )

    def _fitting(self, content: bytes) -> str:
        try:
            return mappings.fitting_mapping(delimited.heading_of(content))
        except Broken as broken:
            raise CommandError(f"line {broken.note.line}: {words_for(broken.note.code)[0]}") from None

    def _own(self, name: str) -> dict[str, Any]:
        try:
            found = json.loads(Path(name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = None
        columns = found.get("columns") if isinstance(found, dict) else None
        if not isinstance(columns, dict) or not all(isinstance(column, str) for column in columns.values()):
            known = ", ".join(mappings.shipped_mappings())
            raise CommandError(f"Say how to read it: --as {known}, or a JSON file with its columns.")
        return dict(found)

    def _print(self, run: ImportRun, most: int) -> None:
        lines = queries.report_of(run)
        for line in lines[:most]:
            what, to_do = words_for(line.code)
            where = (
                f"{': ' + line.field if line.field else ''}{' (' + line.about + ')' if line.about else ''}"
            )
            self.stdout.write(f"line {line.line}{where}: {what} {to_do}")
        if (there := lines.count()) > most:
            self.stdout.write(f"… and {there - most} more (--lines {there})")
        if run.state == State.REFUSED:
            raise CommandError("Nothing was imported; the counts are as they were.")
        told = f"{run.added} added, {run.updated} updated, {run.unchanged} unchanged"
        self.stdout.write(f"{run.rows} rows read: {told}; {run.left_out} rows left out.")
