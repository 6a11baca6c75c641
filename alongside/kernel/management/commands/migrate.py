"""Django's `migrate`, which knows a database from before the first release, and leaves it as it is."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from alongside.kernel.rls.autodetector import Autodetector

BEFORE = ("kernel", "0001_context")  # the first migration of that lineage
REFUSED = (
    "This database was made before the first release, and can't be brought up to date. "
    "Nothing in it was changed. "
    "A demonstration is made anew with `make run FRESH=1`. "
    "If there is anything in it to keep, start the version that made it, and take it out there."
)


class Command(migrate.Command):
    autodetector = Autodetector

    def handle(self, *arguments: Any, **options: Any) -> None:
        """Migrate.

        :raises CommandError: if the database is of the lineage before the first release
        """
        if BEFORE in MigrationRecorder(connections[options["database"]]).applied_migrations():
            raise CommandError(REFUSED)
        super().handle(*arguments, **options)
