"""Elements of a project, each put where the schema's strict order has it."""

from __future__ import annotations

import re

from lxml import etree

from alongside.evidence.refi.records import key
from alongside.evidence.refi.trees import Element, name

ORDER = {
    "Project": "Users CodeBook Variables Cases Sources Notes Links Sets Graphs Description NoteRef",
    "Code": "Description NoteRef Code",
    "TextSource": "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
    "Note": "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
    "PlainTextSelection": "Description Coding NoteRef",
    "Coding": "CodeRef NoteRef",
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


FARTHEST = 2**31 - 1  # no text is as long: what stands beyond is outside of any


def span_of(passage: Element) -> tuple[int, int]:
    """Return from where to where a passage goes, as its element says; a number of any length."""
    start, end = (_position(passage.get(name)) for name in ("startPosition", "endPosition"))
    return start, end


def _position(said: str) -> int:
    digits = said.strip().lstrip("+-").lstrip("0") or "0"
    position = int(digits) if len(digits) < 10 else FARTHEST
    return -position if said.strip().startswith("-") else position


def fit(words: str) -> str:
    """Return words as XML can hold them: a character it can't hold becomes U+FFFD."""
    return _NOT_XML.sub("\ufffd", words)


def put(parent: Element, child: Element) -> Element:
    """Put a child where the schema's order has it: after its like."""
    order = ORDER[etree.QName(parent).localname].split()
    place = order.index(etree.QName(child).localname)
    before = [at for at, sibling in enumerate(parent) if order.index(etree.QName(sibling).localname) <= place]
    parent.insert(before[-1] + 1 if before else 0, child)
    return child


def make(parent: Element, local: str, **attributes: str) -> Element:
    """Make a child where the schema has it, with the attributes that say something."""
    given = {attribute: fit(value) for attribute, value in attributes.items() if value}
    return put(parent, parent.makeelement(name(local), given))


def part(tree: Element, local: str) -> Element:
    """Return a part of the project, made where it isn't there yet."""
    found = tree.find(name(local))
    return make(tree, local) if found is None else found


def say(element: Element, local: str, words: str) -> None:
    """Have an element say these words; one that says them already is left as it is."""
    found = element.find(name(local))
    if fit(words) == ("" if found is None else found.text or ""):
        return
    if found is None:
        found = make(element, local)
    if words:
        found.text = fit(words)
    else:
        element.remove(found)


def point_at(element: Element, notes: tuple[str, ...]) -> None:
    """Have an element point at these notes as well."""
    there = {key(reference.get("targetGUID")) for reference in element.findall(name("NoteRef"))}
    for note in notes:
        if key(note) not in there:
            make(element, "NoteRef", targetGUID=note)


def by_guid(elements: list[Element]) -> dict[str, Element]:
    """Return elements by their GUID as it is compared."""
    return {key(element.get("guid")): element for element in elements}
