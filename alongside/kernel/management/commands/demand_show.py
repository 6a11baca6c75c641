"""Show, table by table, what a demand for the database would yield and what stays sealed, as Markdown."""

from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand

from alongside.kernel.in_the_open import columns


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Write one section a table, the columns in the open first."""
        for table, found in groupby(columns(), key=lambda column: column.table):
            known = list(found)
            self.stdout.write(f"\n### {table}\n")
            for column in known:
                if not column.sealed:
                    self.stdout.write(f"* `{column.name}`: {column.label}")
            if sealed := [column.name for column in known if column.sealed]:
                self.stdout.write(f"* sealed, unreadable without the keyring: {', '.join(f'`{name}`' for name in sealed)}")
