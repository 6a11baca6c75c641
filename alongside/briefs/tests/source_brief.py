"""Reads the brief that Alongside came from, as it lies beside the project, into its parts.

None of its sentences stands in the repository.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

WHERE = Path(__file__).resolve().parents[4] / "shared" / "data" / "brief" / "knowledge_to_action_brief.txt"
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass
class Recommendation:
    """One recommendation: its number and statement, what people said, and what it would change."""

    number: int
    statement: str
    quotes: list[str]
    impact: str


@dataclass
class Group:
    """An organizing category and its recommendations."""

    heading: str
    recommendations: list[Recommendation] = field(default_factory=list)


@dataclass
class SourceBrief:
    """The whole brief in its own order."""

    title: str
    authors: list[str]
    context: str
    method: str
    audiences: list[str]
    definitions: list[tuple[str, str]]
    groups: list[Group]
    plea: list[str]
    plea_quotes: list[str]
    references: list[str]

    @property
    def recommendations(self) -> list[Recommendation]:
        """All of them, in order."""
        return [recommendation for group in self.groups for recommendation in group.recommendations]

    @property
    def quotes(self) -> list[str]:
        """Every quote, in order."""
        return [
            quote for recommendation in self.recommendations for quote in recommendation.quotes
        ] + self.plea_quotes


def read(text: str) -> SourceBrief:
    """Read the brief's text into its parts."""
    paragraphs = [tidy(paragraph) for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]
    at = {name: paragraphs.index(name) for name in ("CONTEXT", "METHOD", "DEFINITIONS", "REFERENCES")}
    first, second = [
        n
        for n, paragraph in enumerate(paragraphs)
        if paragraph.isupper() and paragraphs[n + 1].startswith("Recommendation")
    ]
    closing = next(
        n for n, paragraph in enumerate(paragraphs) if n > second and "unifying concern" in paragraph
    )
    told = paragraphs[closing : at["REFERENCES"]]
    return SourceBrief(
        title=paragraphs[0],
        authors=re.split(r", | & ", paragraphs[1]),
        context=paragraphs[at["CONTEXT"] + 1],
        method=paragraphs[at["METHOD"] + 1],
        audiences=audiences(paragraphs[at["METHOD"] + 2]),
        definitions=[definition(paragraph) for paragraph in paragraphs[at["DEFINITIONS"] + 1 : first]],
        groups=[
            Group(paragraphs[first], recommendations(paragraphs[first + 1 : second])),
            Group(paragraphs[second], recommendations(paragraphs[second + 1 : closing])),
        ],
        plea=[plain(paragraph) for paragraph in told if not paragraph.startswith('"')],
        plea_quotes=[
            quote for paragraph in told if paragraph.startswith('"') for quote in quotes_in(paragraph)
        ],
        references=[re.sub(r"^\d+\. ", "", paragraph) for paragraph in paragraphs[at["REFERENCES"] + 1 :]],
    )


def tidy(paragraph: str) -> str:
    """One line, and numbers of references as `^n`."""
    line = re.sub(r"\s+", " ", paragraph).strip()
    line = re.sub(r"\^\{([\d,]+)\}", lambda m: "".join(f"^{n}" for n in m.group(1).split(",")), line)
    return re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: "^" + m.group().translate(SUPERSCRIPTS), line)


def plain(paragraph: str) -> str:
    """Without the marks of underlined words; bold ones stay marked, as Alongside marks them."""
    return re.sub(r"</?u>", "", paragraph)


def audiences(line: str) -> list[str]:
    """Whom it is for, from a line of capitals that leaves no mark between them."""
    known = (
        "ADVOCATES",
        "SERVICE PROVIDERS",
        "ORGANIZATIONAL LEADERS",
        "FUNDERS",
        "POLICYMAKERS",
        "GOVERNMENT DECISION-MAKERS",
    )
    found = [name.capitalize() for name in known if name in line]
    assert len(" ".join(found)) == len(line), "somebody else is named"
    return found


def definition(paragraph: str) -> tuple[str, str]:
    """A term and its words."""
    term, words = plain(paragraph).split(":", 1)
    return term.strip(), words.strip()


def recommendations(paragraphs: list[str]) -> list[Recommendation]:
    """The recommendations of one category; a statement stands beside its number or in the next paragraph."""
    found: list[Recommendation] = []
    for paragraph in paragraphs:
        if begun := re.match(r"Recommendation (\d+):\s*(.*)", paragraph):
            found.append(Recommendation(int(begun.group(1)), begun.group(2), [], ""))
        elif paragraph.startswith("Impact:"):
            found[-1].impact = paragraph.removeprefix("Impact:").strip()
        elif paragraph.startswith('"'):
            found[-1].quotes += quotes_in(paragraph)
        else:
            assert not found[-1].statement
            found[-1].statement = paragraph
    return found


def quotes_in(paragraph: str) -> list[str]:
    """The quotes of a paragraph, without their marks: a new one begins where one ends and another opens."""
    return [
        part.strip().removeprefix('"').removesuffix('"') for part in re.split(r'(?<=[.?!]") (?=")', paragraph)
    ]
