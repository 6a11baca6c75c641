"""The tree as it is kept between coming in and going out.

Without the words that now live under a source's own key.

What somebody said must be gone when its source is taken back. So the text, the passages' names that repeat
it, and memos are taken out of what is kept under the study's key, and put back when the project goes out.
Marks of our own, in a namespace of our own, say where; they never leave the house.
"""

from __future__ import annotations

from alongside.evidence.refi.elements import ENDS, drop_empty, follow
from alongside.evidence.refi.passage_names import repeats
from alongside.evidence.refi.reader import Found, fits
from alongside.evidence.refi.records import Selection, Text, key
from alongside.evidence.refi.trees import Element, name

OURS = "{urn:alongside:kept}"
TAKEN, INLINE, CUT = f"{OURS}taken", f"{OURS}inline", f"{OURS}cut"
TONE = f"{OURS}tone"  # the colour we gave a code that came without one
LINES = f"{OURS}lines"  # lines that ended with a carriage return and a line feed, and end so again
BEFORE, AFTER = f"{OURS}before", f"{OURS}after"  # white space around a memo, as memos are kept without


def hold(found: Found) -> Element:
    """Return the tree to keep.

    What became ours is marked, and its words are taken out; what nobody can see to here is not kept.
    """
    codes = {key(code.guid) for code, _parent in found.project.all_codes()}
    texts = {key(text.guid): text for text in found.project.texts if text.content is not None}
    for element in found.tree.iterfind(f"{name('Sources')}/{name('TextSource')}"):
        if text := texts.get(key(element.get("guid"))):
            _take_out(element)
            if ends_lines_twice(text.content or ""):
                element.set(LINES, "1")
            _hold_passages(element, text, codes)
    memos = {
        key(note.guid): note.content for note in found.project.notes if note.content and note.content.strip()
    }
    for element in found.tree.iterfind(f"{name('Notes')}/{name('Note')}"):
        if key(element.get("guid")) in memos:
            _take_out(element)
            words = memos[key(element.get("guid"))]
            for mark, space in (
                (BEFORE, words[: len(words) - len(words.lstrip())]),
                (AFTER, words[len(words.rstrip()) :]),
            ):
                element.attrib.update({mark: space} if space else {})
    leave_out(found.tree)
    return found.tree


def leave_out(tree: Element) -> None:
    """Take out of a kept tree what says who somebody is in words that nobody here can see to.

    Recordings, pictures and sources without words; cases, variables and their values; formatted copies; what
    sources, passages, and whatever stands for them in a picture or a link, are called; sets without a code.
    What pointed at it points no more. Done again when a project goes out, for those kept before this was.
    """
    codes = {key(code.get("guid")) for code in tree.iter(name("Code"))}
    away = [
        *(source for source in tree.findall(f"{name('Sources')}/*") if not _is_ours(source)),
        *tree.findall(name("Cases")),
        *tree.findall(name("Variables")),
        *tree.iter(name("VariableValue")),
        *(chosen for chosen in tree.iter(name("Set")) if chosen.find(name("MemberCode")) is None),
    ]
    for text in tree.findall(f"{name('Sources')}/{name('TextSource')}"):
        for element in (text, *text.findall(name("PlainTextSelection"))):
            element.attrib.pop("name", None)
            away += element.findall(name("Description"))
    for element in tree.iter(name("TextSource"), name("Note")):
        element.attrib.pop("richTextPath", None)
        element.attrib.pop("plainTextPath", None)  # a file may be called after somebody; it gets its GUID
    gone = {key(part.get("guid")) for element in away for part in element.iter() if part.get("guid")}
    for element in [element for element in away if element.getparent() is not None]:
        element.getparent().remove(element)
    for element in tree.iter(name("Vertex"), name("Edge"), name("Link")):
        ends = {key(element.get(end)) for end in ENDS if element.get(end)}
        if not ends or not ends <= codes:
            element.attrib.pop("name", None)
    follow(tree, {}, gone)
    drop_empty(tree)


def _is_ours(source: Element) -> bool:
    return source.tag == name("TextSource") and TAKEN in source.attrib


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
    """Remember how far a name went that only repeats the passage's first words."""
    if how := repeats(passage.get("name", ""), text.words_of(selection)):
        passage.set(CUT, how)


def ends_lines_twice(text: str) -> bool:
    """Whether every line of a text ends with a carriage return and a line feed, as on Windows."""
    return "\r\n" in text and "\r" not in text.replace("\r\n", "") and "\n" not in text.replace("\r\n", "")


def around(element: Element, words: str | None) -> str | None:
    """Return a memo's words with the white space that stood around them when they came."""
    if words is None or not words.strip():
        return words
    before, after = element.attrib.pop(BEFORE, ""), element.attrib.pop(AFTER, "")
    return words if words != words.strip() else before + words + after
