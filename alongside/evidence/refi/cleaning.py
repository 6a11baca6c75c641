"""What leaves in a project says nobody's name: each kind of attribute and element has its shape here.

Texts are cleaned by a human before; all other words pass the same look for identifying words, done by the
machine alone, which errs towards taking out. What is of no kind known here doesn't leave.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from lxml import etree

from alongside.evidence.refi import descriptions
from alongside.evidence.refi.elements import fit
from alongside.evidence.refi.records import key
from alongside.evidence.refi.trees import Element, name
from alongside.text.identifiers import suggest
from alongside.text.offsets import Edit, applied
from alongside.text.replacements import suggested

_GUID = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
_MOMENT = re.compile(r"-?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?")
_NUMBER = re.compile(r"[+-]?\d{1,12}")
_WORD_OF_THE_STANDARD = re.compile(
    r"Person|Oval|Rectangle|RoundedRectangle|Star|LeftTriangle|RightTriangle|UpTriangle|DownTriangle|Note"
    r"|dotted|dashed|solid|Associative|OneWay|Bidirectional"
)
SHAPES: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(
        (
            "guid",
            "targetGUID",
            "originGUID",
            "representedGUID",
            "sourceVertex",
            "targetVertex",
            "creatingUser",
            "modifyingUser",
            "creatingUserGUID",
            "modifyingUserGUID",
        ),
        _GUID,
    ),
    **dict.fromkeys(("creationDateTime", "modifiedDateTime"), _MOMENT),
    **dict.fromkeys(("startPosition", "endPosition", "firstX", "firstY", "secondX", "secondY"), _NUMBER),
    **dict.fromkeys(("shape", "lineStyle", "direction"), _WORD_OF_THE_STANDARD),
    "isCodable": re.compile(r"true|false|0|1"),
    "color": re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})"),
    "plainTextPath": re.compile(rf"internal://{_GUID.pattern}\.txt"),
}
# What stands instead of a name that may say who somebody is.
LABELS: dict[str, str | Promise] = {
    "Project": _("Study %(number)s"),
    "Set": _("Set %(number)s"),
    "Graph": _("Drawing %(number)s"),
    "Vertex": _("Thing %(number)s"),
    "Edge": _("Line %(number)s"),
    "Link": _("Link %(number)s"),
    "Note": _("Memo %(number)s"),
    "TextSource": _("Text %(number)s"),
    "PlainTextSelection": _("Passage %(number)s"),
}
CODER = _("Coder %(number)s")
# Without words of their own.
_PARTS = (
    "Users User CodeBook Codes Code Sources TextSource PlainTextSelection Coding Notes Note Links Link Sets "
    "Set Graphs Graph Vertex Edge Project CodeRef NoteRef MemberCode MemberSource MemberNote"
)
PARTS = frozenset(map(name, _PARTS.split()))
WORDS = frozenset(map(name, ("Description", "PlainTextContent")))
BY_US = frozenset({"Alongside"})


@dataclass
class Cleaning:
    """Cleans a tree that is about to leave.

    :param language: in which what was taken out is replaced
    :param agencies: names known here
    """

    language: str
    agencies: Collection[str] = ()
    _counts: Counter[str] = field(default_factory=Counter)
    _labels: dict[tuple[str, str], str] = field(default_factory=dict)

    def words(self, said: str) -> str:
        """Return words with whatever may say who somebody is replaced."""
        return self._without(said, said)

    def of_a_code(self, said: str) -> str:
        """Return what a code is called or means in the same way; its first capital says nothing."""
        return self._without(said, _begun_small(said))

    def _without(self, said: str, looked_at: str) -> str:
        found = suggest(looked_at, self.agencies)
        return applied(
            said,
            [
                Edit(each.start, each.end, suggested(said, each.start, each.end, each.kind, self.language))
                for each in found
            ],
        )

    def tree(self, tree: Element, cleaned: Iterable[str]) -> None:
        """Clean a tree, but for the texts that were: their GUIDs are given."""
        texts = {key(guid) for guid in cleaned}
        for element in [part for part in tree.iter() if part.tag not in PARTS | WORDS]:
            if element.getparent() is not None:
                element.getparent().remove(element)
        for element in tree.iter():
            self._attributes(element)
            if element.tag not in WORDS:
                element.text = None
            elif not _is_cleaned(element, texts):
                element.text = self._words_of(element) or None

    def _words_of(self, element: Element) -> str:
        said = element.text or ""
        if element.getparent().tag == name("Code"):
            return descriptions.join(*(self.of_a_code(part) for part in descriptions.split(said)))
        return self.words(said)

    def _attributes(self, element: Element) -> None:
        kind = str(etree.QName(element).localname)
        for attribute, said in list(element.attrib.items()):
            shape = SHAPES.get(attribute)
            if shape is not None:
                if not shape.fullmatch(said.strip()):
                    del element.attrib[attribute]
            elif attribute == "name":
                element.set(attribute, fit(self.called(kind, said)))
            elif attribute == "origin" and said in BY_US:
                continue
            else:
                del element.attrib[attribute]

    def called(self, kind: str, said: str) -> str:
        """Return what something of this kind (`Code`, `Set`, …) may be called where it leaves."""
        if kind == "Code":
            return self.of_a_code(said)
        if kind == "User":
            return self._numbered(CODER, kind)
        if (kind, said) in self._labels:
            return self._labels[kind, said]
        label = LABELS.get(kind)
        if label is None:
            return ""
        may_say_who = suggest(said, self.agencies) or suggest(_begun_small(said), self.agencies)
        self._labels[kind, said] = self._numbered(label, kind) if may_say_who else said
        return self._labels[kind, said]

    def _numbered(self, label: str | Promise, kind: str) -> str:
        self._counts[kind] += 1
        return str(label) % {"number": self._counts[kind]}


Cleaner = Callable[[Element, Iterable[str]], None]


def _is_cleaned(element: Element, texts: Collection[str]) -> bool:
    """Whether this is a text whose identifying words a human has seen to."""
    above = element.getparent()
    is_text = element.tag == name("PlainTextContent") and above.tag == name("TextSource")
    return is_text and key(above.get("guid", "")) in texts


def _begun_small(said: str) -> str:
    """Return words that begin small: a heading's first letter says nothing about a name."""
    small = said[:1].lower()
    return small + said[1:] if len(small) == 1 else said
