"""The capabilities' own verbs of the command line.

Management commands in their folders, found without loading anything.

`alongside/directory/management/commands/directory_import.py` is `alongside directory import`; its docstring's
first paragraph is what `--help` says about it. Three constants may stand at its top: ROLES, the database
roles it needs beside `app` (`("log_writer",)`), BESIDE, the arguments `alongside serve` runs it with beside
the pages (`("--watch",)`), and ALONE, that it needs no database of this installation unless one of these
arguments is given (`("--here",)`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent / "alongside"


@dataclass(frozen=True)
class Verb:
    """A verb of the command line: what it says of itself, where it is kept, what it runs with."""

    name: str
    sentence: str
    app: str = ""
    module: str = ""
    roles: tuple[str, ...] = ()
    beside: tuple[str, ...] | None = None
    alone: tuple[str, ...] | None = None


DJANGOS_OWN = {"migrate", "makemigrations"}  # which the kernel only adds to


def capability_verbs() -> Iterator[Verb]:
    """Every verb of every capability folder, by folder."""
    for path in sorted(HOUSE.glob("*/management/commands/[a-z]*.py")):
        if path.stem in DJANGOS_OWN:
            continue
        tree = ast.parse(path.read_text())
        known = {
            n.targets[0].id: n.value
            for n in tree.body
            if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
        }
        roles, beside, alone = (
            ast.literal_eval(known[name]) if name in known else None for name in ("ROLES", "BESIDE", "ALONE")
        )
        sentence = " ".join((ast.get_docstring(tree) or "").partition("\n\n")[0].split())
        yield Verb(
            path.stem.replace("_", " "),
            sentence,
            f"alongside.{path.parts[-4]}",
            path.stem,
            roles or (),
            beside,
            alone,
        )
