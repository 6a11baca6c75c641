"""Elements of a project, each put where the schema's strict order has it."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
_POINTERS = ("CodeRef", "MemberCode", "MemberSource", "MemberNote", "SourceRef", "SelectionRef", "NoteRef")
ENDS = ("originGUID", "targetGUID", "representedGUID")  # what a link goes between, what a vertex stands for
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


FARTHEST = 2**31 - 1  # no text is as long: what stands beyond is outside of any


def span_of(passage: Element) -> tuple[int, int]:
    """Return from where to where a passage goes, as its element says; a number of any length."""
    start, end = (position(passage.get(name)) for name in ("startPosition", "endPosition"))
    return start, end


def position(said: str) -> int:
    """Return a place in a text as its attribute says it; a number of any length."""
    digits = said.strip().lstrip("+-").lstrip("0") or "0"
    number = int(digits) if len(digits) < 10 else FARTHEST
    return -number if said.strip().startswith("-") else number


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


def follow(tree: Element, merged: Mapping[str, str], gone: set[str]) -> None:
    """Point what pointed at something merged at what it went into, and nothing at what is gone."""
    for element in [pointer for pointer in tree.iter() if etree.QName(pointer).localname in _POINTERS]:
        target = key(element.get("targetGUID"))
        if target in merged:
            element.set("targetGUID", merged[target])
        elif target in gone:
            unit = (
                element.getparent()
                if element.getparent().tag == name("Coding") and element.tag == name("CodeRef")
                else element
            )
            unit.getparent().remove(unit)
    for element in tree.iter(name("Link"), name("Vertex"), name("Edge")):
        for end in ENDS:
            if (target := key(element.get(end, ""))) in merged:
                element.set(end, merged[target])
            elif target in gone:
                del element.attrib[end]


def drop_empty(tree: Element) -> None:
    """Take out the parts of a project in which nothing is left; the schema has none that are empty."""
    for local in ("Sources", "Notes", "Sets"):
        found = tree.find(name(local))
        if found is not None and len(found) == 0:
            tree.remove(found)
