"""A project's tree as records, with a report of what stays as it came and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from alongside.evidence.refi import passage_names
from alongside.evidence.refi.elements import span_of
from alongside.evidence.refi.packages import inside, unpack
from alongside.evidence.refi.records import CODEBOOK, Code, Coding, Note, Project, Selection, Text, User, key
from alongside.evidence.refi.texts import only_texts
from alongside.evidence.refi.trees import Element, as_project, check, name, parse
from alongside.kernel.imports import delimited
from alongside.kernel.imports.delimited import Broken

MOST_CHARACTERS = 1_000_000  # of one text: some two thousand pages
HELD = ("Links", "Sets", "Graphs")
NOT_TAKEN = ("Variables", "Cases")


@dataclass
class Found:
    """A project as records, its tree as it came, the files that came with it, and the report."""

    project: Project
    tree: Element
    files: Mapping[str, bytes]
    codebook: bool = False
    notes: list[delimited.Note] = field(default_factory=list)


def read(content: bytes) -> Found:
    """Read a codebook (.qdc), a project (.qde) or a package (.qdpx).

    :raises Broken: if it is none of them, is not by the schema, or contradicts itself; then nothing of it is
        taken
    """
    package = unpack(content)
    tree = parse(package.xml)
    codebook = etree.QName(tree).namespace == CODEBOOK
    if codebook:
        tree = as_project(tree)
    check(tree)
    report = only_texts(tree)
    found = Found(project_of(tree, package.files, report), tree, package.files, codebook, report)
    _check_codes(found.project)
    _look_at_positions(found)
    _say_what_stays(found)
    return found


def project_of(
    tree: Element, files: Mapping[str, bytes], report: list[delimited.Note] | None = None
) -> Project:
    """Return what we have words for in a project's tree."""
    report = [] if report is None else report
    return Project(
        name=tree.get("name", ""),
        origin=tree.get("origin", ""),
        users=tuple(
            User(guid=element.get("guid"), name=element.get("name", ""))
            for element in _under(tree, "Users", "User")
        ),
        codes=tuple(_code(element) for element in _under(tree, "CodeBook", "Codes", "Code")),
        texts=tuple(_text(element, files, report) for element in _under(tree, "Sources", "TextSource")),
        notes=tuple(_note(element, files, report) for element in _under(tree, "Notes", "Note")),
    )


def _under(tree: Element, *names: str) -> list[Element]:
    return list(tree.findall("/".join(name(tag) for tag in names)))


def _code(element: Element) -> Code:
    return Code(
        guid=element.get("guid"),
        name=element.get("name"),
        codable=element.get("isCodable", "").strip() in ("true", "1"),
        colour=element.get("color", ""),
        description=_words(element, "Description"),
        notes=_notes(element),
        children=tuple(_code(child) for child in element.findall(name("Code"))),
        line=element.sourceline or 0,
    )


def _text(element: Element, files: Mapping[str, bytes], report: list[delimited.Note]) -> Text:
    return Text(
        guid=element.get("guid"),
        name=element.get("name", ""),
        content=_content(element, files, report),
        description=_words(element, "Description"),
        user=element.get("creatingUser", ""),
        at=element.get("creationDateTime", ""),
        selections=tuple(_selection(child) for child in element.findall(name("PlainTextSelection"))),
        codings=_codings(element),
        notes=_notes(element),
        line=element.sourceline or 0,
    )


def _selection(element: Element) -> Selection:
    start, end = span_of(element)
    return Selection(
        guid=element.get("guid"),
        start=start,
        end=end,
        name=element.get("name", ""),
        description=_words(element, "Description"),
        user=element.get("creatingUser", ""),
        at=element.get("creationDateTime", ""),
        codings=_codings(element),
        notes=_notes(element),
        line=element.sourceline or 0,
    )


def _codings(element: Element) -> tuple[Coding, ...]:
    return tuple(
        Coding(
            guid=coding.get("guid"),
            code=coding.find(name("CodeRef")).get("targetGUID"),
            user=coding.get("creatingUser", ""),
            at=coding.get("creationDateTime", ""),
            notes=_notes(coding),
            line=coding.sourceline or 0,
        )
        for coding in element.findall(name("Coding"))
    )


def _note(element: Element, files: Mapping[str, bytes], report: list[delimited.Note]) -> Note:
    return Note(
        guid=element.get("guid"),
        name=element.get("name", ""),
        content=_content(element, files, report),
        description=_words(element, "Description"),
        user=element.get("creatingUser", ""),
        at=element.get("creationDateTime", ""),
        line=element.sourceline or 0,
    )


def _content(element: Element, files: Mapping[str, bytes], report: list[delimited.Note]) -> str | None:
    """The text that stands in the element or in the file it names.

    One of the two, as the schema's own remark has it.
    """
    inline, path = element.find(name("PlainTextContent")), element.get("plainTextPath", "")
    kind, line = etree.QName(element).localname, element.sourceline or 0
    if inline is not None and path:
        raise Broken("both", line=line, field=kind)
    if inline is not None:
        text: str = inline.text or ""
    else:
        body = files.get(inside(path))
        if body is None:
            report.append(delimited.Note(line, kind, "no_text" if kind == "TextSource" else "no_words"))
            return None
        try:
            text = body.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Broken("not_utf8", line=line, field=kind) from None
    if len(text) > MOST_CHARACTERS:
        raise Broken("too_long", line=line, field=kind)
    return text


def _words(element: Element, local: str) -> str:
    found = element.find(name(local))
    return "" if found is None else found.text or ""


def _notes(element: Element) -> tuple[str, ...]:
    return tuple(reference.get("targetGUID") for reference in element.findall(name("NoteRef")))


def _check_codes(project: Project) -> None:
    """No two codes and no two texts may have one GUID: nobody could say which was meant."""
    there: set[str] = set()
    for code, _parent in project.all_codes():
        if key(code.guid) in there:
            raise Broken("code_twice", line=code.line, field="Code")
        if not code.name.strip():
            raise Broken("no_name", line=code.line, field="Code")
        there.add(key(code.guid))
    texts: set[str] = set()
    for text in project.texts:
        if key(text.guid) in texts:
            raise Broken("text_twice", line=text.line, field="TextSource")
        texts.add(key(text.guid))


def _look_at_positions(found: Found) -> None:
    """Note each passage that lies outside its text and each coding whose code is not there.

    They are kept, and not shown.
    """
    codes = {key(code.guid) for code, _parent in found.project.all_codes()}
    for text in found.project.texts:
        for selection in text.selections if text.content is not None else ():
            if not fits(selection, text):
                found.notes.append(delimited.Note(selection.line, "PlainTextSelection", "outside_text"))
            elif not selection.codings:
                found.notes.append(delimited.Note(selection.line, "PlainTextSelection", "no_code"))
        codings = [*text.codings, *(coding for selection in text.selections for coding in selection.codings)]
        found.notes += [
            delimited.Note(coding.line, "Coding", "code_missing")
            for coding in codings
            if key(coding.code) not in codes
        ]


def fits(selection: Selection, text: Text) -> bool:
    """Whether a passage lies inside its text and holds at least one character."""
    return text.content is not None and 0 <= selection.start < selection.end <= len(text.content)


def _say_what_stays(found: Found) -> None:
    for part, said in [*((part, "held") for part in HELD), *((part, "not_taken") for part in NOT_TAKEN)]:
        for element in found.tree.findall(name(part)):
            found.notes.append(delimited.Note(element.sourceline or 0, part, said, str(len(element))))
    taken = {key(text.guid) for text in found.project.texts if text.content is not None}
    for element in _under(found.tree, "Sources", "TextSource"):
        if element.get("richTextPath") and key(element.get("guid")) in taken:
            found.notes.append(delimited.Note(element.sourceline or 0, "TextSource", "rich_text"))
    for text in found.project.texts:
        if text.description:
            found.notes.append(delimited.Note(text.line, "TextSource", "words_about"))
        found.notes += [
            delimited.Note(passage.line, "PlainTextSelection", "words_about")
            for passage in text.selections
            if passage.description or (passage.name and not _only_repeats(passage, text))
        ]


def _only_repeats(passage: Selection, text: Text) -> bool:
    return fits(passage, text) and bool(passage_names.repeats(passage.name, text.words_of(passage)))
