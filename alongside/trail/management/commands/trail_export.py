"""Print the access log of one agency's files as CSV, for its privacy officer (PHIPA s.10.1)."""

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import translation

from alongside.kernel import ctx
from alongside.kernel.spreadsheets import write_csv
from alongside.trail import queries
from alongside.trail.commands import note

ROLES = ("log_writer",)
COLUMNS = (
    "at_utc",
    "entry",
    "action",
    "what_happened",
    "kind_of_information",
    "agency",
    "agency_id",
    "role",
    "worker_id",
    "purpose",
    "file_id",
    "item_id",
    "release_id",
    "referral_id",
    "other_agency_id",
    "count",
)


class Command(BaseCommand):
    help = (
        "Print who did or read what in one agency's files, as CSV: opaque ids and codes, no names. The "
        "export itself goes on the trail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the agency."""
        parser.add_argument(
            "--agency", required=True, metavar="SLUG", help="the custodian whose files' log is wanted"
        )
        parser.add_argument(
            "--language", choices=("en", "fr"), default="en", help="of the sentences (English if not said)"
        )

    def handle(self, *_args: Any, agency: str, language: str, **_options: Any) -> None:
        """Write the log to standard output."""
        with ctx.as_operator(), connection.cursor() as cursor:
            cursor.execute("select slug, id, coalesce(nullif(face, ''), name) from agencies_agency")
            agencies = {slug: (pk, name) for slug, pk, name in cursor.fetchall()}
        if agency not in agencies:
            raise CommandError(f"There is no agency `{agency}`. There are: {', '.join(sorted(agencies))}.")
        custodian, names = agencies[agency][0], dict(agencies.values())
        with ctx.as_operator(custodian):
            note("trail.exported", custodian_id=custodian)
        with translation.override(language):
            write_csv(chain([COLUMNS], queries.access_log(custodian, names)), self.stdout)
