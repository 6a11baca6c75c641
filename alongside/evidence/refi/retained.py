"""The tree as it is kept between coming in and going out.

Without the words that now live under a source's own key.

What somebody said must be gone when its source is taken back. So the text, the passages' names that repeat
it, and memos are taken out of what is kept under the study's key, and put back when the project goes out.
Marks of our own, in a namespace of our own, say where; they never leave the house.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping

from alongside.evidence.refi.packages import inside
from alongside.evidence.refi.reader import Found, fits
from alongside.evidence.refi.records import Selection, Text, key
from alongside.evidence.refi.trees import Element, name

OURS = "{urn:alongside:kept}"
TAKEN, INLINE, CUT = f"{OURS}taken", f"{OURS}inline", f"{OURS}cut"
TONE = f"{OURS}tone"  # the colour we gave a code that came without one
LINES = f"{OURS}lines"  # lines that ended with a carriage return and a line feed, and end so again
BEFORE, AFTER = f"{OURS}before", f"{OURS}after"  # white space around a memo, as memos are kept without
TAILS = ("…", "...", "")


def hold(found: Found) -> tuple[Element, dict[str, bytes]]:
    """Return the tree and the files to keep.

    What became ours is marked, and its words are taken out of both.
    """
    codes = {key(code.guid) for code, _parent in found.project.all_codes()}
    texts = {key(text.guid): text for text in found.project.texts if text.content is not None}
    gone = set()
    for element in found.tree.iterfind(f"{name('Sources')}/{name('TextSource')}"):
        if text := texts.get(key(element.get("guid"))):
            gone |= {inside(element.get("plainTextPath", "")), inside(element.attrib.pop("richTextPath", ""))}
            _take_out(element)
            if ends_lines_twice(text.content or ""):
                element.set(LINES, "1")
            _hold_passages(element, text, codes)
    memos = {
        key(note.guid): note.content for note in found.project.notes if note.content and note.content.strip()
    }
    for element in found.tree.iterfind(f"{name('Notes')}/{name('Note')}"):
        if key(element.get("guid")) in memos:
            gone.add(inside(element.get("plainTextPath", "")))
            _take_out(element)
            words = memos[key(element.get("guid"))]
            for mark, space in (
                (BEFORE, words[: len(words) - len(words.lstrip())]),
                (AFTER, words[len(words.rstrip()) :]),
            ):
                element.attrib.update({mark: space} if space else {})
    return found.tree, {path: body for path, body in found.files.items() if path not in gone}


def _take_out(element: Element) -> None:
    element.set(TAKEN, "1")
    inline = element.find(name("PlainTextContent"))
    if inline is not None:
        element.set(INLINE, "1")
        element.remove(inline)


def _hold_passages(element: Element, text: Text, codes: set[str]) -> None:
    selections = {key(selection.guid): selection for selection in text.selections}
    for passage in element.findall(name("PlainTextSelection")):
        selection = selections[key(passage.get("guid"))]
        if fits(selection, text):
            passage.set(TAKEN, "1")
            _mark_codings(passage, codes)
            _hold_name(passage, selection, text)
    _mark_codings(element, codes)


def _mark_codings(element: Element, codes: set[str]) -> None:
    for coding in element.findall(name("Coding")):
        if key(coding.find(name("CodeRef")).get("targetGUID")) in codes:
            coding.set(TAKEN, "1")


def _hold_name(passage: Element, selection: Selection, text: Text) -> None:
    """Take out a name that only repeats the passage's first words, and remember how far it went."""
    called = passage.get("name")
    if called and (cut := repeats(called, (text.content or "")[selection.start : selection.end])):
        passage.set(CUT, cut)
        del passage.attrib["name"]


def repeats(called: str, words: str) -> str:
    """Return how a passage's name was cut from its words, as `length|tail`; nothing if it wasn't."""
    for tail in TAILS:
        head = called.removesuffix(tail)
        for way, flat in (("", words), ("flat", " ".join(words.split()))):
            if called.endswith(tail) and head and flat.startswith(head):
                return f"{'' if head == flat else len(head)}|{tail}|{way}"
    return ""


def cut(how: str, words: str) -> str:
    """Cut a passage's name from its words again, in the same way."""
    length, tail, way = how.split("|")
    flat = " ".join(words.split()) if way else words
    return flat + tail if not length else flat[: int(length)] + tail


def ends_lines_twice(text: str) -> bool:
    """Whether every line of a text ends with a carriage return and a line feed, as on Windows."""
    return "\r\n" in text and "\r" not in text.replace("\r\n", "") and "\n" not in text.replace("\r\n", "")


def around(element: Element, words: str | None) -> str | None:
    """Return a memo's words with the white space that stood around them when they came."""
    if words is None or not words.strip():
        return words
    before, after = element.attrib.pop(BEFORE, ""), element.attrib.pop(AFTER, "")
    return words if words != words.strip() else before + words + after


def files_of(kept: Mapping[str, str]) -> dict[str, bytes]:
    """Return kept files as bytes."""
    return {path: b64decode(body) for path, body in kept.items()}
