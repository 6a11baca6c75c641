"""French as a colleague in Ontario says it: the table of `docs/glossary.md` holds everywhere."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
TABLE = re.compile(r"^\| on dit \|.*\n\|[-|]+\n((?:\|.*\n)+)", re.MULTILINE)
CODE = re.compile(r"`[^`]*`")
NAMES = {"places.json", "subdivisions.json"}  # of places, as they are written there
WORD = r"(?<![\w-]){}(?![\w-])"
NO_ELISION = re.compile(r"\b[Dd]e une?\b")
JOINED_BY_A_POINT = re.compile(r"\w·\w")
NO_ARTICLE = re.compile(r"(?<![\w’])(à|de|voir|que|avec|vers|chez) (%\(agency\)s|\{agency\})")


@cache
def unsaid() -> dict[str, str]:
    """What is not said, with what is said in its place."""
    (rows,) = TABLE.findall((ROOT / "docs/glossary.md").read_text())
    cells = [[cell.strip() for cell in row.strip("|\n ").split("|")] for row in rows.splitlines()]
    return {word.strip(): said for said, words in cells for word in words.split(",")}


def french() -> Iterator[tuple[str, str]]:
    """Every sentence of a page, every word of a list and every line of a guide, with where it stands."""
    for path in sorted(ROOT.glob("alongside/*/locale/fr/LC_MESSAGES/django.po")):
        for message in read_po(io.BytesIO(path.read_bytes()), locale="fr"):
            forms = message.string if isinstance(message.string, tuple) else [message.string]
            yield from ((f"{path.parts[-5]}: {message.id}", words) for words in forms if message.id)
    for path in sorted(ROOT.glob("alongside/kernel/data/*.json")):
        if path.name in NAMES:
            continue
        for code, label in json.loads(path.read_text()).items():
            if isinstance(label, list) and len(label) > 1 and isinstance(label[1], str):
                yield f"{path.name}: {code}", label[1]
    for path in sorted([*ROOT.glob("docs/**/*.fr.md"), *ROOT.glob("*.fr.md")]):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            yield f"{path.name}:{number}", CODE.sub("", line)


def found_in(words: str) -> list[str]:
    """What of the table's right side stands in some words."""
    return [
        f"{word} → {said}"
        for word, said in unsaid().items()
        if re.search(WORD.format(re.escape(word)), words, re.IGNORECASE)
    ]


def test_nothing_is_said_that_is_not_said_here():
    wrong = [f"{where}: {found}" for where, words in french() for found in found_in(words)]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("mark", "“”„")
def test_what_is_quoted_stands_between_guillemets(mark):
    wrong = [f"{where}: {words}" for where, words in french() if mark in words]

    assert not wrong, "\n".join(wrong)


def test_an_agency_is_not_named_without_an_article_after_a_preposition():
    """Whether it is *au Centre* or *à La Passerelle* depends on the name: *à l’organisme* suits all."""
    wrong = [f"{where}: {words}" for where, words in french() if NO_ARTICLE.search(words)]

    assert not wrong, "\n".join(wrong)


def test_de_is_elided_before_a_number_in_words():
    wrong = [f"{where}: {words}" for where, words in french() if NO_ELISION.search(words)]

    assert not wrong, "\n".join(wrong)


def test_both_genders_are_said_so_that_they_can_be_read_aloud():
    """“Seule ou seul”, or a sentence without either; never a point inside a word."""
    wrong = [f"{where}: {words}" for where, words in french() if JOINED_BY_A_POINT.search(words)]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("words", ["un « pas eux ».", "Les manques", "L’Agence a répondu", "d’eux-mêmes"])
def test_the_table_is_heard(words):
    assert found_in(words)


@pytest.mark.parametrize("words", ["Ce qui manque ici", "deux lieux heureux", "S’il manque quelque chose"])
def test_what_only_looks_alike_is_left(words):
    assert not found_in(words)
