"""Prove that nothing on the trail was changed, taken out, slipped in, moved or cut off."""

import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.trail import checkpoint
from alongside.trail.queries import verify

ROLES = ("log_writer",)


class Command(BaseCommand):
    help = "Recompute the trail's log and check every signature. Ends with 1 if anything is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what a witness keeps."""
        parser.add_argument(
            "--witness",
            type=Path,
            metavar="FILE",
            help="a checkpoint that somebody kept elsewhere: the log must still begin with it",
        )
        parser.add_argument(
            "--key",
            metavar="VERIFIER",
            help="the public key to check with, as a witness wrote it down; without it, this installation's",
        )
        parser.add_argument(
            "--show-key", action="store_true", help="print the public key, for witnesses, and end"
        )
        parser.add_argument(
            "--show-checkpoint",
            action="store_true",
            help="print the last checkpoint as well, to be kept elsewhere",
        )
        parser.add_argument("--time", action="store_true", help="say how many entries a second were hashed")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify, and say what was found."""
        try:
            verifier = (
                checkpoint.Verifier.read(options["key"]) if options["key"] else checkpoint.signer().verifier
            )
            witnessed = options["witness"].read_text() if options["witness"] else None
        except (checkpoint.NotSigned, OSError, UnicodeDecodeError) as wrong:
            raise CommandError(str(wrong)) from wrong
        if options["show_key"]:
            self.stdout.write(str(verifier))
            return
        began = time.perf_counter()
        verdict = verify(verifier, witnessed)
        if options["time"]:
            self.stdout.write(f"{verdict.entries / (time.perf_counter() - began):,.0f} entries a second.")
        if options["show_checkpoint"]:
            self.stdout.write(verdict.last_note)
        for sentence in verdict.troubles:
            self.stdout.write(sentence)
        if not verdict.sound:
            self.stdout.write("The trail is not as it was sealed.")
            sys.exit(1)
        self.stdout.write(
            f"The trail is whole: {verdict.entries} entries, "
            f"{verdict.checkpoints} checkpoints, every signature good."
        )
