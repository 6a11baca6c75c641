"""Publish an invented edition into a folder: HTML, PDF and CSV in both languages."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.agencies import commands as agencies
from alongside.briefs import queries
from alongside.briefs.demo import publication
from alongside.briefs.views.files import STYLESHEET
from alongside.kernel import clock, ctx

ALONE = ("--here",)  # otherwise it needs no database of this machine: it makes one of its own
DIVISIONS = ("3515", "3515", "3515", "3520", "3520", "3520", "3558", "3558", "3558")
HERE = "--here"  # this process is the one inside the throw-away state


class Command(BaseCommand):
    """alongside brief demo --out FOLDER"""

    help = (
        "Make an invented study, quotes and tables through the same commands as real ones, sign and publish "
        "them, and write the edition. Everything happens in a state of its own that is thrown away "
        "afterwards; nothing of this machine is touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what can be typed."""
        parser.add_argument(
            "--out", type=Path, required=True, metavar="FOLDER", help="where the edition is written"
        )
        parser.add_argument(
            HERE, action="store_true", help="make it in this very state, which has to be empty"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make it in a state of its own, or here if this is that state."""
        out = options["out"].absolute()
        out.mkdir(parents=True, exist_ok=True)
        if options["here"]:
            self._make(out)
        else:
            self._elsewhere(out)

    def _elsewhere(self, out: Path) -> None:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="alongside-") as state:
            environment = {
                name: value
                for name, value in os.environ.items()
                if name not in ("DATABASE_URL", "ALONGSIDE_ROLES", "ALONGSIDE_SERVED")
            }
            environment |= {"ALONGSIDE_STATE": state, "ALONGSIDE_DEMO": "1"}
            for verb in (["migrate", "--quiet"], ["brief", "demo", "--out", str(out), HERE]):
                done = subprocess.run(  # noqa: S603 - our own program
                    [sys.executable, "-m", "alongside", *verb],
                    env=environment,
                    cwd=settings.ROOT,
                    check=False,
                )
                if done.returncode:
                    raise CommandError("The invented edition was not made; what stands above says why.")
        self.stdout.write(
            f"Published in {time.monotonic() - begun:.0f} s. Open {out / 'en.html'} or {out / 'fr.pdf'}."
        )

    def _make(self, out: Path) -> None:
        people = self._people()
        edition = publication.make(people, clock.now(), say=lambda words: self.stdout.write(f"· {words}"))
        with ctx.as_worker(people.editor.pk):
            files = queries.files_of(edition)
        for name, content in files.items():
            (out / name).write_bytes(content)
        (out / "brief.css").write_bytes(STYLESHEET.read_bytes())
        self.stdout.write(f"· edition {edition.number}, {len(files)} files, SHA-256 {edition.checksum}")

    def _people(self) -> publication.People:
        """An evidence circle, and nine agencies whose workers are told no."""

        def seat(agency: Any, name: str, role: str) -> Any:
            return agencies.seat_invented(
                agency=agency, username=f"{agency.slug}-{name.lower()}", hashed="!", name=name, role=role
            )

        with ctx.as_operator():
            facts = {
                "slug": "circle",
                "name": "Two Rivers Evidence Circle",
                "name_fr": "Cercle de données des Deux-Rivières",
            }
            circle = agencies.open_agency(
                **facts, sector="community", kind="counselling", division=DIVISIONS[0]
            )
            desks = [
                agencies.open_agency(
                    slug=f"desk-{number}",
                    name=f"Desk {number}",
                    sector="community",
                    kind="open-desk",
                    division=division,
                )
                for number, division in enumerate(DIVISIONS, start=1)
            ]
            return publication.People(
                seat(circle, "Esme", "editor"),
                seat(circle, "Kofi", "editor"),
                seat(circle, "Ruth", "leader"),
                tuple(seat(desk, "Maya", "caseworker") for desk in desks),
                tuple(seat(desk, "Lou", "leader") for desk in desks),
            )
