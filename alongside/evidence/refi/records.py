"""What a project says that we have words for: codes, texts with what was marked in them, and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
# Some programs write the version with a colon: either is read, and 1.0 is written.
SPELLINGS = {"urn:QDA-XML:codebook:1:0": CODEBOOK, "urn:QDA-XML:project:1:0": PROJECT}


@dataclass(frozen=True, kw_only=True)
class User:
    """Somebody who coded, as the other program calls them; or a pseudonym of ours."""

    guid: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Code:
    """A code, with those that stand under it."""

    guid: str
    name: str
    codable: bool = True
    colour: str = ""
    description: str = ""
    notes: tuple[str, ...] = ()
    children: tuple[Code, ...] = ()
    line: int = 0

    def all(self) -> Iterator[tuple[Code, Code | None]]:
        """This code and everything under it, each with its parent, parents first."""
        yield self, None
        for child in self.children:
            for code, parent in child.all():
                yield code, parent or self


@dataclass(frozen=True, kw_only=True)
class Coding:
    """One code given to one passage."""

    guid: str
    code: str
    user: str = ""
    at: str = ""
    notes: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Selection:
    """A passage of a text: half-open, in code points."""

    guid: str
    start: int
    end: int
    name: str = ""
    description: str = ""
    user: str = ""
    at: str = ""
    codings: tuple[Coding, ...] = ()
    notes: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Text:
    """A source that is text. `content` is None where the file speaks of a text it doesn't hold."""

    guid: str
    name: str = ""
    content: str | None = None
    description: str = ""
    user: str = ""
    at: str = ""
    selections: tuple[Selection, ...] = ()
    codings: tuple[Coding, ...] = ()
    notes: tuple[str, ...] = ()
    line: int = 0

    def words_of(self, passage: Selection) -> str:
        """The words a passage holds."""
        return (self.content or "")[max(0, passage.start) : max(0, passage.end)]


@dataclass(frozen=True, kw_only=True)
class Note:
    """A memo. What it is about points at it."""

    guid: str
    name: str = ""
    content: str | None = None
    description: str = ""
    user: str = ""
    at: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Project:
    """A whole project, as far as we have words for it."""

    name: str
    origin: str = ""
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    texts: tuple[Text, ...] = ()
    notes: tuple[Note, ...] = ()

    def all_codes(self) -> Iterator[tuple[Code, Code | None]]:
        """Every code with its parent, parents first."""
        for code in self.codes:
            yield from code.all()


def key(guid: str) -> str:
    """Return a GUID as it is compared: without braces, in small letters."""
    return guid.strip().strip("{}").lower()
