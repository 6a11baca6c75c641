"""Let a locked-out worker back in whose agency has no two others to do it: prints a code, good for half an
hour.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.agencies import commands, queries
from alongside.kernel import ctx


class Command(BaseCommand):
    help = (
        "Let a locked-out worker back in whose agency has no two others to do it. Prints a code to hand "
        "over: good once, for half an hour."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and what else they lost."""
        parser.add_argument("--user", required=True, metavar="NAME", help="their user name")
        parser.add_argument(
            "--also-second-step", action="store_true", help="their passkey, phone or codes are gone too"
        )

    def handle(self, *_args: Any, user: str, also_second_step: bool, **_options: Any) -> None:
        """Make the code."""
        with ctx.as_operator():
            worker = queries.seated_as(user)
            if worker is None:
                raise CommandError(f"Nobody with the user name {user!r} has a seat in an agency.")
            code = commands.start_recovery_as_operator(worker=worker, also_second_step=also_second_step)
        self.stdout.write(
            f"{code}\n\nHand it to {worker.name}, whom you know. They "
            "type it on the page /account/recovery within half an hour."
        )
