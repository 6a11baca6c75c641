"""Take a study out for other programs (REFI-QDA): as a package, a bare project or its codebook."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from alongside.agencies.queries import seated_as
from alongside.evidence import commands
from alongside.evidence.models import Study
from alongside.kernel import clock, ctx
from alongside.kernel.refusal import Refusal


class Command(BaseCommand):
    """alongside evidence export FILE --study ID --editor NAME"""

    help = "Write a study to a new file, as one of its editors: .qdpx, .qde or .qdc, as the file's name ends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the file to write; there must be none of that name yet")
        parser.add_argument(
            "--study", required=True, type=UUID, help="the study's id: the end of its address"
        )
        parser.add_argument("--editor", required=True, help="the user name of the editor who takes it out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it down, readable by whoever runs this only."""
        path = Path(options["file"])
        form = path.suffix.lower().lstrip(".")
        if form not in commands.FORMS:
            raise CommandError("The file's name has to end in .qdpx, .qde or .qdc.")
        with ctx.as_operator():
            editor = seated_as(options["editor"])
        if editor is None:
            raise CommandError(f"Nobody signs in as {options['editor']}.")
        try:
            with ctx.as_worker(editor.pk), path.open("xb") as out:
                path.chmod(0o600)
                out.write(commands.take_out(study_id=options["study"], form=form, by=editor, at=clock.now()))
        except FileExistsError:
            raise CommandError(f"{path} is there already.") from None
        except Study.DoesNotExist:
            path.unlink(missing_ok=True)
            raise CommandError("There is no such study for this editor.") from None
        except Refusal as refusal:
            path.unlink(missing_ok=True)
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{path}: {path.stat().st_size} bytes.")
