"""A refusal carries the way to mend it: where that is done, or in words what to do next."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.kernel.refusal import Refusal
from config.state import ROOT

RULES = sorted((*ROOT.glob("alongside/*/rules.py"), *ROOT.glob("alongside/*/rules/*.py")))
# What somebody is told to do, at the beginning of a sentence or after a colon.
TOLD = re.compile(
    r"(?:^|[.:;!?] |, or |, so |then )(?:then )?"
    r"(?:add|answer|ask|bring|call|change|check|choose|come|count|end|find|go|join|keep|leave|let|look|make|open"
    r"|put|read|say|send|show|start|take|talk|tell|try|use|wait|write)\b",
    re.IGNORECASE,
)


def refusals(path: Path) -> Iterator[tuple[int, str]]:
    """Where a module refuses, with the sentence, unless it leads to where it is mended."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = _refusals_of(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in named):
            continue
        if not node.args or len(node.args) > 1 or node.keywords:
            continue
        words = " ".join(
            part.value
            for part in ast.walk(node.args[0])
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
        if " " in words:
            yield node.lineno, words


def _refusals_of(tree: ast.Module) -> set[str]:
    """The names of a module that are refusals: its own, and what it takes from elsewhere."""
    names = {cls.__name__ for cls in _below(Refusal)}
    return names | {node.name for node in tree.body if isinstance(node, ast.ClassDef)}


def _below(cls: type) -> set[type]:
    return {cls, *(one for sub in cls.__subclasses__() for one in _below(sub))}


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(ROOT / "alongside")))
def test_every_refusal_says_what_mends_it(path):
    silent = [
        f"{path.parent.name}:{line}: {words}" for line, words in refusals(path) if not TOLD.search(words)
    ]

    assert silent == []


def test_one_that_only_says_no_is_noticed(tmp_path):
    bare = tmp_path / "rules.py"
    bare.write_text(
        'def f():\n    raise Refusal(_("This is over."))\n    raise Refusal(_("Over."), "/there")\n'
    )

    assert [words for _line, words in refusals(bare) if not TOLD.search(words)] == ["This is over."]
