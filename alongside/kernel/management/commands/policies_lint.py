"""Ask the database whether consent still holds in it; a sentence for each thing that is not as it must be."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from alongside.kernel.rls import lint


class Command(BaseCommand):
    help = "Ask the database whether consent still holds in it. Ends with 1 if anything is not as it must be."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the findings."""
        with connection.cursor() as cursor:
            found = lint.findings(cursor)
        for finding in found:
            self.stdout.write(str(finding))
        if found:
            sys.exit(1)
        self.stdout.write(f"{len(lint.SENTENCES)} rules asked, nothing found.")
