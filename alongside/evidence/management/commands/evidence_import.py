"""Bring a project or a codebook of another program (REFI-QDA) into a study."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from alongside.agencies.queries import seated_as
from alongside.evidence import commands, queries
from alongside.evidence.models import Study
from alongside.evidence.refi.messages import words_for
from alongside.kernel import clock, ctx
from alongside.kernel.imports.delimited import Broken
from alongside.kernel.refusal import Refusal


class Command(BaseCommand):
    """alongside evidence import FILE --study ID --editor NAME [--kind KIND] [--language CODE]"""

    help = "Bring a .qdpx, .qde or .qdc into a study, as one of its editors. A broken file changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the .qdpx, .qde or .qdc")
        parser.add_argument(
            "--study", required=True, type=UUID, help="the study's id: the end of its address"
        )
        parser.add_argument("--editor", required=True, help="the user name of the editor who brings it in")
        parser.add_argument(
            "--kind",
            default="interview",
            choices=["interview", "feedback"],
            help="what its texts are (default: interview)",
        )
        parser.add_argument("--language", default="", help="in which language they are: en, fr, …")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring it in, and print the report."""
        with ctx.as_operator():
            editor = seated_as(options["editor"])
        if editor is None:
            raise CommandError(f"Nobody signs in as {options['editor']}.")
        try:
            content = Path(options["file"]).read_bytes()
            with ctx.as_worker(editor.pk):
                told = {"kind": options["kind"], "language": options["language"]}
                came = queries.came_of(
                    commands.bring_project(
                        study_id=options["study"], content=content, by=editor, at=clock.now(), **told
                    )
                )
        except Broken as broken:
            line, (what, to_do) = broken.note, words_for(broken.note.code)
            raise CommandError(
                f"line {line.line} {line.field}: {what} {to_do} Nothing was brought in."
            ) from None
        except Study.DoesNotExist:
            raise CommandError("There is no such study for this editor.") from None
        except (OSError, Refusal) as wrong:
            raise CommandError(str(wrong)) from None
        for line in came.notes:
            self.stdout.write(f"line {line.line} {line.field}: {' '.join(map(str, words_for(line.code)))}")
        self.stdout.write(
            f"{came.codes} codes, {came.texts} texts, {came.codings} coded passages, {came.memos} memos."
        )
