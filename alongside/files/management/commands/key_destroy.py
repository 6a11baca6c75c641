"""Say as the second that what a file says is to be destroyed, where an agency has nobody who could be."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.files import commands, queries
from alongside.kernel import clock, ctx


class Command(BaseCommand):
    help = (
        "Say, as the second person, that what a file says is to be destroyed, once a worker of its custodian "
        "asked for it on the file's page. It is shut to everybody at once, and its key is destroyed a day "
        "later, by itself; until then the agency can undo it. It is noted on the trail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and whether to ask."""
        parser.add_argument(
            "file_id", type=UUID, metavar="FILE_ID", help="the file, as the access log names it"
        )
        parser.add_argument("--yes", action="store_true", help="don't ask for the handle first")

    def handle(self, *_args: Any, file_id: UUID, yes: bool, **_options: Any) -> None:
        """Ask, say so, and say what follows."""
        with ctx.as_operator():
            asked = queries.destructions_asked().filter(file_id=file_id).first()
            if asked is None:
                raise CommandError(
                    "Nobody asks that this file be destroyed. A worker of its agency asks for it on the "
                    "file's page, under “Close, or take back”."
                )
            self._ask(asked.handle, yes)
            commands.confirm_destruction(destruction=asked, by=None)
        self.stdout.write(
            f"{asked.handle} is shut to everybody. Its agency can undo it for a day; then its key is "
            f"destroyed. By {clock.day(queries.would_be_gone(clock.now()))} it is gone everywhere."
        )

    def _ask(self, handle: str, yes: bool) -> None:
        if (
            not yes
            and input(f"Type the handle of the file ({handle}) to have it destroyed: ").strip() != handle
        ):
            raise CommandError("That is not the handle. Nothing was destroyed.")
