"""Destroy the key of one file: what is sealed in it can never be read again,
here, elsewhere or from a copy.
"""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from alongside.agencies.queries import seated
from alongside.files import commands, queries
from alongside.kernel import clock, ctx
from alongside.kernel.queries import being_destroyed


class Command(BaseCommand):
    help = (
        "Destroy the key of one file, in the name of a worker of its custodian who may see it. "
        "The words stay where they are, sealed for good. It is noted on the trail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, in whose name, and whether to ask."""
        parser.add_argument(
            "file_id", type=UUID, metavar="FILE_ID", help="the file, as the access log names it"
        )
        parser.add_argument("--by", required=True, metavar="USER_NAME", help="the worker who decided it")
        parser.add_argument("--yes", action="store_true", help="don't ask for the handle first")

    def handle(self, *_args: Any, file_id: UUID, by: str, yes: bool, **_options: Any) -> None:
        """Ask, destroy, and say so."""
        worker_id = _worker_id(by)
        with ctx.as_worker(worker_id, purpose="shred"):
            worker = seated(worker_id)
            if worker is None:
                raise CommandError("This worker has left.")
            try:
                file = queries.get_file(worker, file_id)
                if file.shredded_at is None:
                    self._ask(file.handle, yes)
                commands.shred(file=file, by=worker, at=clock.now())
            except ObjectDoesNotExist:
                raise CommandError("There is no such file for this worker.") from None
        if _is_there(worker_id, file_id):
            raise CommandError(
                f"{file.handle} is hidden from everybody, but the keyring can't be written just now. Its key "
                "is destroyed as soon as it can: `alongside serve` tries again every minute, and so does "
                "this command."
            )
        self.stdout.write(
            f"The key of {file.handle} is destroyed. What was "
            "sealed in it can't be read any more, by anybody."
        )

    def _ask(self, handle: str, yes: bool) -> None:
        if (
            not yes
            and input(f"Type the handle of the file ({handle}) to destroy its key for good: ").strip()
            != handle
        ):
            raise CommandError("That is not the handle. Nothing was destroyed.")


def _is_there(worker_id: UUID, file_id: UUID) -> bool:
    """Whether the key of a file is still there, although it is to be gone."""
    with ctx.as_worker(worker_id, purpose="shred"):
        return file_id in being_destroyed(file_id)


def _worker_id(user_name: str) -> UUID:
    with ctx.as_operator(), connection.cursor() as cursor:
        cursor.execute(
            (
                "select w.id from agencies_worker w join agencies_account a on a.id = w.account_id where "
                "lower(a.username) = lower(%s) and w.left_at is null"
            ),
            [user_name],
        )
        row = cursor.fetchone()
    if row is None:
        raise CommandError(f"Nobody signs in as `{user_name}`.")
    found: UUID = row[0]
    return found
