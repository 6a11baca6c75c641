"""Seal what is new on the trail into its signed log; with --every 10, go on doing so."""

import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, connections

from alongside.trail import commands
from alongside.trail.checkpoint import NotSigned

ROLES = ("log_writer",)
BESIDE = ("--every", "10")
ALIVE_EVERY = 60  # seconds


class Command(BaseCommand):
    help = "Seal what is new on the trail into its Merkle log, and sign a checkpoint."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how often."""
        parser.add_argument(
            "--every",
            type=int,
            metavar="SECONDS",
            help="go on sealing, this often, and note each minute that the log writer is there",
        )

    def handle(self, *_args: Any, every: int | None, **_options: Any) -> None:
        """Seal once, or until told to stop."""
        try:
            if every:
                self._go_on(max(1, every))
            else:
                self.stdout.write(f"{commands.append.append_due()} entries sealed.")
        except NotSigned as wrong:
            raise CommandError(
                f"{wrong} Nothing is sealed on top of it. Run `alongside trail verify`."
            ) from wrong

    def _go_on(self, every: int) -> None:
        stop = threading.Event()
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, lambda *_: stop.set())
        alive_at = 0.0
        while not stop.is_set():
            try:
                if time.monotonic() - alive_at >= ALIVE_EVERY:
                    commands.append.note_alive()
                    alive_at = time.monotonic()
                commands.append.append_due()
            except (
                OperationalError,
                InterfaceError,
            ):  # the database is away: it will be back, and nothing is lost meanwhile
                connections["log_writer"].close()
            stop.wait(every)
