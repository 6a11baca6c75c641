"""Bringing a project or a codebook in from another program (REFI-QDA).

What is about codes and has no place here is kept sealed and goes out as it came. What is about people and
can't be seen to here is not taken.

A file that is broken changes nothing. Its texts, in whatever they came, are cleaned like any other source:
until somebody has seen to their identifying words nothing in them can be coded, and no text leaves before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.evidence import rules
from alongside.evidence.commands.codebook import make_code
from alongside.evidence.commands.coding import write_memo
from alongside.evidence.commands.sources import Brought, bring_in
from alongside.evidence.models import Code, Exchange, Study
from alongside.evidence.queries.exchange import Came, kept_of
from alongside.evidence.refi import descriptions, reader, records, retained, trees
from alongside.evidence.refi.elements import span_of
from alongside.evidence.refi.records import key
from alongside.evidence.text import documents
from alongside.kernel.imports.delimited import Broken, Note
from alongside.kernel.seal import seal
from alongside.text.offsets import Remap
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.evidence.models import Source


LONGEST_NAME = 120


@transaction.atomic
def bring_project(
    *, study_id: UUID, content: bytes, kind: str = "interview", language: str = "", by: Worker, at: datetime
) -> Exchange:
    """Bring a codebook (.qdc), a project (.qde) or a package (.qdpx) into a study.

    :raises Broken: if the file can't be read as one; nothing of it is brought in
    :raises Refusal: if the study is closed, or holds a project already
    """
    study = Study.objects.select_for_update().get(pk=study_id, agency_id=by.agency_id)
    rules.check_can_write(study)
    found = reader.read(content)
    if not found.codebook and any(
        "qde" in kept_of(exchange) for exchange in Exchange.objects.filter(study=study)
    ):
        raise rules.CannotBringIn(
            _("A project was brought into this study already. Open another study for this one.")
        )
    codes = _codes(study, found, by, at)
    sources, codings = _sources(study, found, codes, {"kind": kind, "language": language}, by, at)
    memos = _memos(study, found, codes, sources, by, at)
    came = Came(
        len(codes),
        len(sources),
        codings,
        memos,
        found.codebook,
        sorted(found.notes, key=lambda entry: entry.line),
        len(found.files),
    )
    kept = {"came": _plain(came)} | ({} if found.codebook else _held(found, set(sources)))
    exchange = Exchange(study=study, agency_id=study.agency_id, brought_in_by=by.pk, brought_in_at=at)
    exchange.kept = seal(exchange, "kept", kept, agency_id=by.agency_id)
    exchange.save(force_insert=True)
    note(
        "evidence.project_brought_in",
        custodian_id=by.agency_id,
        item_id=exchange.pk,
        item_kind="exchange",
        count=len(sources),
    )
    return exchange


def _plain(came: Came) -> dict[str, Any]:
    return vars(came) | {
        "notes": [[entry.line, entry.field, entry.code, entry.about] for entry in came.notes]
    }


def _codes(study: Study, found: reader.Found, by: Worker, at: datetime) -> dict[str, Code]:
    """Make the codes that are not here yet, parents first; by the GUID they have in the file."""
    there = {str(code.guid): code for code in Code.objects.filter(study=study, guid__isnull=False)}
    taken = {
        (code.parent_id, code.name.lower()) for code in Code.objects.filter(study=study, retired_at=None)
    }
    made: dict[str, Code] = {}
    tones = {key(element.get("guid")): element for element in found.tree.iter(trees.name("Code"))}
    for code, parent in found.project.all_codes():
        guid = key(code.guid)
        if guid in there:
            made[guid] = there[guid]
            found.notes.append(Note(code.line, "Code", "code_here"))
            continue
        under = made[key(parent.guid)].pk if parent else None
        made[guid] = _code(study, code, under, taken, by, at)
        if not code.colour:
            tones[guid].set(retained.TONE, made[guid].colour)
    return made


def _code(
    study: Study,
    code: records.Code,
    under: UUID | None,
    taken: set[tuple[UUID | None, str]],
    by: Worker,
    at: datetime,
) -> Code:
    name = " ".join(code.name.split())
    if len(name) > LONGEST_NAME:
        raise Broken("name_too_long", line=code.line, field="Code")
    number, free = 1, name
    while (under, free.lower()) in taken:
        number, free = number + 1, f"{name[: LONGEST_NAME - 6]} ({number + 1})"
    taken.add((under, free.lower()))
    definition, include, exclude, example = descriptions.split(code.description)
    facts = {
        "name": free,
        "definition": definition,
        "include": include,
        "exclude": exclude,
        "colour": code.colour,
        "codable": code.codable,
    }
    return make_code(
        study_id=study.pk,
        facts=facts,
        example=example,
        parent_id=under,
        guid=UUID(key(code.guid)),
        by=by,
        at=at,
    )


def _sources(
    study: Study, found: reader.Found, codes: dict[str, Code], facts: dict[str, Any], by: Worker, at: datetime
) -> tuple[dict[str, Source], int]:
    """Bring in every text that has words; by the GUID it has in the file.

    And how many codings wait in them.
    """
    made: dict[str, Source] = {}
    codings = 0
    for text in found.project.texts:
        if text.content is None or not text.content.strip():
            found.notes += [Note(text.line, "TextSource", "empty_text")] if text.content is not None else []
            continue
        brought = list(_brought(text, codes))
        codings += len(brought)
        guid = UUID(key(text.guid))
        try:
            made[str(guid)] = bring_in(
                study_id=study.pk,
                name=text.name,
                text=text.content,
                guid=guid,
                codings=brought,
                **facts,
                by=by,
                at=at,
            )
        except rules.CannotBringIn as refusal:
            raise Broken("no_source", line=text.line, field="TextSource", about=str(refusal)) from refusal
    return made, codings


def _brought(text: records.Text, codes: dict[str, Code]) -> Iterable[Brought]:
    """The codings of a text that say where, and name a code that is there.

    One on the whole text is one from its first to its last letter.
    """
    whole = records.Selection(guid="", start=0, end=len(text.content or ""), codings=text.codings)
    for selection in (whole, *text.selections):
        if reader.fits(selection, text):
            for coding in selection.codings:
                if code := codes.get(key(coding.code)):
                    yield Brought(code.pk, selection.start, selection.end, UUID(key(coding.guid)))


def _memos(
    study: Study,
    found: reader.Found,
    codes: dict[str, Code],
    sources: dict[str, Source],
    by: Worker,
    at: datetime,
) -> int:
    """Notes become memos: on the code or the source that points at them, else on the study."""
    about: dict[str, dict[str, UUID]] = {}
    for code, _parent in found.project.all_codes():
        for guid in code.notes:
            about.setdefault(key(guid), {"code_id": codes[key(code.guid)].pk})
    for text in found.project.texts:
        if source := sources.get(key(text.guid)):
            parts: list[records.Text | records.Selection | records.Coding] = [
                text,
                *text.codings,
                *text.selections,
                *(coding for passage in text.selections for coding in passage.codings),
            ]
            for guid in (guid for part in parts for guid in part.notes):
                about.setdefault(key(guid), {"source_id": source.pk})
    taken = [memo for memo in found.project.notes if memo.content and memo.content.strip()]
    for memo in taken:
        write_memo(
            study_id=study.pk,
            words=memo.content or "",
            guid=UUID(key(memo.guid)),
            by=by,
            at=at,
            **about.get(key(memo.guid), {}),
        )
    return len(taken)


def _held(found: reader.Found, sources: set[str]) -> dict[str, Any]:
    """The tree to keep.

    Without the words that became ours, and with passages where they lie in the text's one form.
    """
    only = tuple(
        text if key(text.guid) in sources else replace(text, content=None) for text in found.project.texts
    )
    remaps = {
        key(text.guid): Remap(documents.in_one_form(text.content))
        for text in only
        if text.content is not None
    }
    tree = retained.hold(replace(found, project=replace(found.project, texts=only)))
    for element in tree.iterfind(f"{trees.name('Sources')}/{trees.name('TextSource')}"):
        if remap := remaps.get(key(element.get("guid"))):
            for passage in [
                passage
                for passage in element.findall(trees.name("PlainTextSelection"))
                if retained.TAKEN in passage.attrib
            ]:
                _move(passage, remap)
    return {"qde": trees.write(tree).decode()}


def _move(passage: Any, remap: Remap) -> None:
    span = remap.span(*span_of(passage))
    if span is None:
        passage.getparent().remove(passage)
    else:
        passage.set("startPosition", str(span[0]))
        passage.set("endPosition", str(span[1]))
