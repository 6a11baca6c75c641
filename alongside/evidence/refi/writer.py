"""Records as a project's tree.

A new one, or merged into the one that came, of which nothing is changed that we did not change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from alongside.evidence.refi.cleaning import Cleaner
from alongside.evidence.refi.elements import (
    by_guid,
    drop_empty,
    fit,
    follow,
    make,
    part,
    point_at,
    say,
    span_of,
)
from alongside.evidence.refi.packages import inside, pack
from alongside.evidence.refi.passage_names import cut
from alongside.evidence.refi.records import PROJECT, Code, Coding, Note, Project, Selection, Text, User, key
from alongside.evidence.refi.retained import CUT, INLINE, OURS, TAKEN, TONE, around
from alongside.evidence.refi.trees import Element, check, name, write

Place = Callable[[int, int], "tuple[int, int] | None"]


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What has become of things that came.

    Codes merged into others, things that are gone, and where passages lie in a text that was changed.
    """

    merged: Mapping[str, str] = field(default_factory=dict)  # code -> the code it went into
    gone: frozenset[str] = frozenset()
    places: Mapping[str, Place] = field(
        default_factory=dict
    )  # text -> where a passage of the text that came lies now


def new(project: Project) -> Element:
    """Return an empty project of that name."""
    tree = etree.Element(name("Project"), nsmap={None: PROJECT}, name=fit(project.name))
    if project.origin:
        tree.set("origin", fit(project.origin))
    return tree


def packed(
    tree: Element,
    project: Project,
    *,
    files: Mapping[str, bytes] | None = None,
    changed: Changed | None = None,
    clean: Cleaner | None = None,
) -> bytes:
    """Return a package (.qdpx) of this tree with the project's records merged in, texts as files."""
    out = dict(files or {})
    return pack(_whole(tree, project, changed or Changed(), out, clean), out)


def bare(
    tree: Element, project: Project, *, changed: Changed | None = None, clean: Cleaner | None = None
) -> bytes:
    """Return a project (.qde) of this tree with the project's records merged in, texts inside it.

    XML holds no control characters: each is written as U+FFFD, one for one, so that positions stay right.
    """
    return _whole(tree, project, changed or Changed(), None, clean)


def _whole(
    tree: Element,
    project: Project,
    changed: Changed,
    files: dict[str, bytes] | None,
    clean: Cleaner | None,
) -> bytes:
    _users(tree, project.users)
    _codes(tree, project.codes)
    for text in project.texts:
        _text(tree, text, changed.places.get(key(text.guid), _as_it_is), files)
    for note in project.notes:
        _note(tree, note, files)
    follow(tree, changed.merged, _let_go(tree, changed) - set(changed.merged))
    for element in tree.iter():
        for mark in [mark for mark in element.attrib if mark.startswith(OURS)]:
            del element.attrib[mark]
    if clean is not None:
        clean(tree, [text.guid for text in project.texts if text.content is not None])
    etree.cleanup_namespaces(tree)
    written = write(tree)
    check(tree)
    return written


def _as_it_is(start: int, end: int) -> tuple[int, int]:
    return start, end


def _users(tree: Element, users: tuple[User, ...]) -> None:
    there = by_guid(tree.findall(f"{name('Users')}/{name('User')}"))
    for user in users:
        if key(user.guid) not in there:
            etree.SubElement(
                part(tree, "Users"),
                name("User"),
                {"guid": user.guid} | ({"name": fit(user.name)} if user.name else {}),
            )


def _codes(tree: Element, codes: tuple[Code, ...]) -> None:
    book = tree.find(f"{name('CodeBook')}/{name('Codes')}")
    if not codes:
        if book is not None:
            tree.remove(book.getparent())
        return
    if book is None:
        book = etree.SubElement(part(tree, "CodeBook"), name("Codes"))
    _level(book, codes, by_guid(list(book.iter(name("Code")))))


def _level(parent: Element, codes: tuple[Code, ...], there: dict[str, Element]) -> None:
    """Have these codes stand under this parent, in this order."""
    wanted = [_code(there.get(key(code.guid)), parent, code) for code in codes]
    if parent.findall(name("Code")) != wanted:
        for child in parent.findall(name("Code")):
            parent.remove(child)
        parent.extend(wanted)
    for element, code in zip(wanted, codes, strict=True):
        _level(element, code.children, there)


def _code(element: Element | None, parent: Element, code: Code) -> Element:
    if element is None:
        element = parent.makeelement(
            name("Code"), {"guid": code.guid, "name": fit(code.name), "isCodable": _flag(code.codable)}
        )
    if element.get("name", "").split() != fit(code.name).split():
        element.set("name", fit(code.name))
    if (element.get("isCodable", "").strip() in ("true", "1")) != code.codable:
        element.set("isCodable", _flag(code.codable))
    if element.get("color", element.get(TONE, "")).lower() != code.colour.lower():
        element.attrib.pop("color", None)
        element.attrib.update({"color": code.colour} if code.colour else {})
    say(element, "Description", code.description)
    point_at(element, code.notes)
    return element


def _flag(yes: bool) -> str:
    return "true" if yes else "false"


def _content(element: Element, guid: str, content: str | None, files: dict[str, bytes] | None) -> None:
    """Put a text where it belongs: inside, where it stood inside or there is no package.

    Else in a file of its own. Never both.
    """
    if content is None:
        return
    fits_inside, stands = fit(content) == content, element.find(name("PlainTextContent"))
    if stands is not None and (stands.text or "") == fit(content):
        return
    if files is None or (INLINE in element.attrib and fits_inside):
        element.attrib.pop("plainTextPath", None)
        found = element.find(name("PlainTextContent"))
        (make(element, "PlainTextContent") if found is None else found).text = fit(content)
        return
    path = element.get("plainTextPath", "")
    if not inside(path):
        path = f"internal://{guid.strip('{}')}.txt"
        element.set("plainTextPath", path)
    files[path.removeprefix("internal://").lstrip("/")] = content.encode()


def _text(tree: Element, text: Text, place: Place, files: dict[str, bytes] | None) -> None:
    there = by_guid(tree.findall(f"{name('Sources')}/{name('TextSource')}"))
    element = there.get(key(text.guid))
    if element is None:
        attributes = {
            "guid": text.guid,
            "name": fit(text.name),
            "creatingUser": text.user,
            "creationDateTime": text.at,
        }
        element = etree.SubElement(
            part(tree, "Sources"),
            name("TextSource"),
            {attribute: said for attribute, said in attributes.items() if said},
        )
        say(element, "Description", text.description)
    elif text.name and element.get("name") != fit(text.name):
        element.set("name", fit(text.name))
    _content(element, text.guid, text.content, files)
    _passages(element, text, place)
    _stay(element, {key(coding.guid): coding for coding in text.codings})
    for coding in text.codings:
        _coding(element, coding)
    point_at(element, text.notes)


def _passages(element: Element, text: Text, place: Place) -> None:
    """Merge what is marked in a text now into the passages that came.

    Those still marked stay as they are, but for where they lie.
    """
    ours = {
        key(coding.guid): (selection, coding) for selection in text.selections for coding in selection.codings
    }
    spans: dict[tuple[int, int], Element] = {}
    for passage in element.findall(name("PlainTextSelection")):
        if TAKEN in passage.attrib:
            _settle(passage, ours, place, text)
        if passage.getparent() is not None:
            spans.setdefault(span_of(passage), passage)
    written = {key(coding.get("guid")) for coding in element.iter(name("Coding"))}
    for selection in text.selections:
        fresh = [coding for coding in selection.codings if key(coding.guid) not in written]
        if fresh or not selection.codings:
            passage = spans.get((selection.start, selection.end))
            passage = _passage(element, selection) if passage is None else passage
            for coding in fresh:
                _coding(passage, coding)
        _note_codings(element, selection)


def _settle(passage: Element, ours: dict[str, tuple[Selection, Coding]], place: Place, text: Text) -> None:
    now = place(*span_of(passage))
    if now is None:  # nothing is left of it
        passage.getparent().remove(passage)
        return
    start, end = now
    passage.set("startPosition", str(start))
    passage.set("endPosition", str(end))
    how = passage.get(CUT)
    if how is not None and text.content is not None:
        passage.set("name", fit(cut(how, text.content[start:end])))
    had = len(passage.findall(name("Coding")))
    _stay(
        passage,
        {
            guid: coding
            for guid, (selection, coding) in ours.items()
            if (selection.start, selection.end) == (start, end)
        },
    )
    if had and len(passage) == 0:
        passage.getparent().remove(passage)


def _stay(element: Element, ours: dict[str, Coding]) -> None:
    """Let a coding that came stay if it is still ours, under the code it has now."""
    for child in element.findall(name("Coding")):
        if TAKEN not in child.attrib:
            continue
        coding, reference = ours.get(key(child.get("guid"))), child.find(name("CodeRef"))
        if coding is None:
            element.remove(child)
        elif key(reference.get("targetGUID")) != key(coding.code):
            reference.set("targetGUID", coding.code)


def _note_codings(element: Element, selection: Selection) -> None:
    there = by_guid(list(element.iter(name("Coding"))))
    for coding in selection.codings:
        point_at(there[key(coding.guid)], coding.notes)


def _passage(element: Element, selection: Selection) -> Element:
    attributes = {"name": selection.name, "creatingUser": selection.user, "creationDateTime": selection.at}
    passage = make(
        element,
        "PlainTextSelection",
        guid=selection.guid,
        startPosition=str(selection.start),
        endPosition=str(selection.end),
        **attributes,
    )
    say(passage, "Description", selection.description)
    point_at(passage, selection.notes)
    return passage


def _coding(parent: Element, coding: Coding) -> None:
    if key(coding.guid) not in {key(child.get("guid")) for child in parent.findall(name("Coding"))}:
        made = make(parent, "Coding", guid=coding.guid, creatingUser=coding.user, creationDateTime=coding.at)
        make(made, "CodeRef", targetGUID=coding.code)
        point_at(made, coding.notes)


def _note(tree: Element, note: Note, files: dict[str, bytes] | None) -> None:
    element = by_guid(tree.findall(f"{name('Notes')}/{name('Note')}")).get(key(note.guid))
    if element is None:
        attributes = {
            "guid": note.guid,
            "name": fit(note.name),
            "creatingUser": note.user,
            "creationDateTime": note.at,
        }
        element = etree.SubElement(
            part(tree, "Notes"),
            name("Note"),
            {attribute: said for attribute, said in attributes.items() if said},
        )
        element.set(INLINE, "1")
        say(element, "Description", note.description)
    _content(element, note.guid, around(element, note.content), files)


def _let_go(tree: Element, changed: Changed) -> set[str]:
    """Take out what is gone, and return everything that went with it."""
    gone = set(changed.gone)
    for path in ("Sources/TextSource", "Notes/Note"):
        for element in tree.findall("/".join(name(tag) for tag in path.split("/"))):
            if key(element.get("guid")) in changed.gone:
                gone |= {key(child.get("guid")) for child in element.iter() if child.get("guid")}
                element.getparent().remove(element)
    drop_empty(tree)
    return gone
