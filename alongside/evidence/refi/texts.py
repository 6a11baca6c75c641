"""Every source as a text: the transcript of a recording, what a PDF says, what a picture shows.

What somebody said is theirs in whatever it came, so it is cleaned and can be taken back like any other text.
The recording, the picture and the PDF themselves are not taken: nobody can clean a voice or a face here.
"""

from __future__ import annotations

from lxml import etree

from alongside.evidence.refi.elements import FARTHEST, follow, position, put
from alongside.evidence.refi.records import key
from alongside.evidence.refi.trees import Element, name
from alongside.kernel.imports.delimited import Note

MEDIA = tuple(name(f"{kind}Source") for kind in ("Picture", "PDF", "Audio", "Video"))
_TEXTS = tuple(name(kind) for kind in ("Transcript", "Representation", "TextDescription"))
_ELSEWHERE = tuple(
    name(kind) for kind in ("PictureSelection", "PDFSelection", "AudioSelection", "VideoSelection")
)


def only_texts(tree: Element) -> list[Note]:
    """Have every text within a source be a source, in its place; return what to know about it, by line.

    What was coded or noted on the whole goes along with the first text; what points at the whole, points at
    that. A transcript's passages, between two moments, lie where those lie in its words.
    """
    report: list[Note] = []
    for source in [source for source in tree.findall(f"{name('Sources')}/*") if source.tag in MEDIA]:
        held = list(source.iter())
        report += _report(source)
        merged: dict[str, str] = {}
        texts = []
        for element in _texts_in(source):
            owner = element.getparent()
            texts.append(_text_source(element, source))
            if key(owner.get("guid")) not in merged:
                merged[key(owner.get("guid"))] = element.get("guid")
                _take_along(owner, texts[-1])
        if texts and key(source.get("guid")) not in merged:
            merged[key(source.get("guid"))] = texts[0].get("guid")
            _take_along(source, texts[0])
        for text in texts:
            source.addprevious(text)
        source.getparent().remove(source)
        there = {key(element.get("guid")) for text in texts for element in text.iter() if element.get("guid")}
        gone = {key(element.get("guid")) for element in held if element.get("guid")}
        follow(tree, merged, gone - there - set(merged))
    return report


def _texts_in(source: Element) -> list[Element]:
    """The texts of the whole; where it has none, those of its parts, which only repeat it otherwise."""
    return [child for child in source if child.tag in _TEXTS] or list(source.iter(*_TEXTS))


def _report(source: Element) -> list[Note]:
    texts = _texts_in(source)
    return [
        Note(source.sourceline or 0, etree.QName(source).localname, "text_of" if texts else "held_source"),
        *(
            Note(passage.sourceline or 0, etree.QName(passage).localname, "no_place")
            for passage in source.iter(*_ELSEWHERE)
            if passage.find(name("Representation")) not in texts
        ),
    ]


def _take_along(owner: Element, text: Element) -> None:
    for child in [*owner.findall(name("Coding")), *owner.findall(name("NoteRef"))]:
        put(text, child)


def _text_source(element: Element, source: Element) -> Element:
    given = {said: element.get(said) for said in element.attrib} | {
        "name": source.get("name") or element.get("name", "")
    }
    text = element.makeelement(name("TextSource"), {said: value for said, value in given.items() if value})
    text.sourceline = element.sourceline
    moments = {
        key(point.get("guid")): position(point.get("position", str(FARTHEST)))
        for point in element.findall(name("SyncPoint"))
    }
    for child in list(element):
        if child.tag == name("TranscriptSelection"):
            put(text, _passage(child, moments))
        elif child.tag != name("SyncPoint"):
            put(text, child)
    return text


def _passage(selection: Element, moments: dict[str, int]) -> Element:
    """A transcript's passage by its place in the words; one whose moments have no place lies outside."""
    given = {said: value for said, value in selection.attrib.items() if not said.endswith("SyncPoint")}
    for end, moment in (("startPosition", "fromSyncPoint"), ("endPosition", "toSyncPoint")):
        given[end] = str(moments.get(key(selection.get(moment, "")), FARTHEST))
    passage = selection.makeelement(name("PlainTextSelection"), given)
    passage.sourceline = selection.sourceline
    passage.extend(list(selection))
    return passage
