"""A study as the records of a project for other programs. Who coded goes out as "Coder 1", never by name."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.evidence.models import Code, Coding, Source, SourceState
from alongside.evidence.queries.codebook import example_of
from alongside.evidence.queries.coding import memos
from alongside.evidence.queries.sources import agencies, identifiers_of, sources, words_of
from alongside.evidence.refi import descriptions, records, retained, trees, writer
from alongside.evidence.refi.cleaning import Cleaning
from alongside.evidence.refi.records import key
from alongside.text.offsets import Edit, Remap

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.evidence.queries.coding import OpenMemo
    from alongside.evidence.queries.studies import StudyNow


ORIGIN = "Alongside"


def cleaning(viewer: Worker) -> Cleaning:
    """Return what looks through all words that leave, in the reader's language."""
    return Cleaning(get_language() or "en", agencies(viewer))


class Outgoing:
    """One study on its way out.

    Its codes, texts, memos and coders as records, and what became of what had come.
    """

    def __init__(self, viewer: Worker, study: StudyNow, tree: Any, clean: Callable[[str], str]) -> None:
        self.viewer, self.study, self.clean = viewer, study, clean
        self.came = {key(element.get("guid")): element for element in tree.iter() if element.get("guid")}
        self.all = {code.pk: code for code in Code.objects.filter(study_id=study.pk)}
        self.codings: dict[UUID, list[Coding]] = defaultdict(list)
        for coding in Coding.objects.filter(study_id=study.pk, agency_id=viewer.agency_id).order_by(
            "coded_at", "id"
        ):
            self.codings[coding.source_id].append(coding)
        self.coders: dict[UUID, str] = {}
        self.places: dict[str, writer.Place] = {}
        self.memos = memos(viewer, study.pk)
        self.codes = self._codes(None)
        texts = tuple(
            self._text(source) for source in sources(viewer, study.pk).filter(state=SourceState.READY)
        )
        notes = tuple(self._note(opened) for opened in reversed(self.memos))
        users = tuple(
            records.User(guid=guid, name=_("Coder %(number)s") % {"number": number})
            for number, guid in enumerate(self.coders.values(), 1)
        )
        self.project = records.Project(
            name=study.now.title, origin=ORIGIN, users=users, codes=self.codes, texts=texts, notes=notes
        )
        self.changed = self._changed()

    def guid(self, thing: Any) -> str:
        """The GUID of something of ours: as it came, where it came from elsewhere; else our own id."""
        guid = str(thing.guid or thing.pk)
        return str(self.came[guid].get("guid")) if guid in self.came else guid.upper()

    def coder(self, worker_id: UUID) -> str:
        """A pseudonym for somebody who coded here: the same in every project of this study, in no other."""
        return self.coders.setdefault(worker_id, str(uuid5(self.study.pk, str(worker_id))).upper())

    def about(self, **what: UUID) -> tuple[str, ...]:
        """The memos about one thing that were written here; those that came are pointed at already."""
        ((name, value),) = what.items()
        found = [
            opened.memo
            for opened in reversed(self.memos)
            if getattr(opened.memo, name) == value
            and str(opened.memo.guid or opened.memo.pk) not in self.came
        ]
        return tuple(self.guid(memo) for memo in found)

    def _codes(self, parent_id: UUID | None) -> tuple[records.Code, ...]:
        coded = {coding.code_id for each in self.codings.values() for coding in each}
        level = [
            code for code in self.all.values() if self._above(code) == parent_id and not code.merged_into_id
        ]
        goes = [
            code for code in level if not code.retired_at or code.pk in coded or str(code.guid) in self.came
        ]
        return tuple(
            self._code(code) for code in sorted(goes, key=lambda code: (code.rank, code.made_at, code.pk))
        )

    def _above(self, code: Code) -> UUID | None:
        """The code it stands under, or what that went into."""
        above = self.all.get(code.parent_id) if code.parent_id else None
        while above is not None and above.merged_into_id:
            above = self.all[above.merged_into_id]
        return above.pk if above else None

    def _code(self, code: Code) -> records.Code:
        element = self.came.get(str(code.guid))
        assigned = (
            element is not None
            and element.get(retained.TONE, "").lower() == code.colour.lower()
            and not element.get("color")
        )
        return records.Code(
            guid=self.guid(code),
            name=code.name,
            codable=code.codable and not code.retired_at,
            colour="" if assigned else code.colour,
            description=descriptions.join(code.definition, code.include, code.exclude, example_of(code)),
            notes=self.about(code_id=code.pk),
            children=self._codes(code.pk),
        )

    def _text(self, source: Source) -> records.Text:
        """A source's clean text and what is marked in it; with the line ends it came with."""
        words, element = words_of(source), self.came.get(str(source.guid))
        lines = _two_ends(words) if element is not None and retained.LINES in element.attrib else None
        edits = [
            Edit(identifier.start, identifier.end, identifier.instead)
            for identifier in identifiers_of(source)
            if identifier.decision == "replace"
        ]
        self.places[str(source.guid or source.pk)] = _after(Remap(edits), lines)
        spans: dict[tuple[int, int], list[Coding]] = defaultdict(list)
        for coding in self.codings[source.pk]:
            spans[(lines or _same)(coding.start), (lines or _same)(coding.end)].append(coding)
        whole = (
            {key(coding.get("guid")) for coding in element.findall(trees.name("Coding"))}
            if element is not None
            else set()
        )
        passages = [
            self._passage(source, span, [coding for coding in each if str(coding.guid) not in whole])
            for span, each in spans.items()
        ]
        return records.Text(
            guid=self.guid(source),
            name=source.name,
            content=words.replace("\n", "\r\n") if lines else words,
            at=_moment(source.brought_in_at),
            selections=tuple(passage for passage in passages if passage.codings),
            codings=tuple(
                self._coding(coding) for coding in self.codings[source.pk] if str(coding.guid) in whole
            ),
            notes=tuple(
                guid for guid in self.about(source_id=source.pk) if guid not in self._on_codings(source)
            ),
        )

    def _on_codings(self, source: Source) -> set[str]:
        return {
            self.guid(opened.memo)
            for opened in self.memos
            if opened.memo.source_id == source.pk and opened.memo.coding_id
        }

    def _passage(self, source: Source, span: tuple[int, int], codings: Iterable[Coding]) -> records.Selection:
        first = min((coding.coded_at for coding in codings), default=source.brought_in_at)
        return records.Selection(
            guid=str(uuid5(source.pk, f"{span[0]}-{span[1]}")).upper(),
            start=span[0],
            end=span[1],
            at=_moment(first),
            codings=tuple(self._coding(coding) for coding in codings),
        )

    def _coding(self, coding: Coding) -> records.Coding:
        here = str(coding.guid) not in self.came
        return records.Coding(
            guid=self.guid(coding),
            code=self.guid(self.all[coding.code_id]),
            user=self.coder(coding.coded_by) if here else "",
            at=_moment(coding.coded_at),
            notes=self.about(coding_id=coding.pk),
        )

    def _note(self, opened: OpenMemo) -> records.Note:
        memo = opened.memo
        here = str(memo.guid) not in self.came
        user = self.coder(memo.written_by) if here else ""
        return records.Note(
            guid=self.guid(memo), content=self.clean(opened.text), user=user, at=_moment(memo.written_at)
        )

    def _changed(self) -> writer.Changed:
        """Codes merged into others, sources and memos that are gone, and where passages lie now."""
        merged = {
            str(code.guid or code.pk): self.guid(self._into(code))
            for code in self.all.values()
            if code.merged_into_id
        }
        away = Source.objects.filter(
            study_id=self.study.pk, state=SourceState.WITHDRAWN, guid__isnull=False
        ).values_list("guid", flat=True)
        there = {str(opened.memo.guid) for opened in self.memos}
        taken = {
            guid
            for guid, element in self.came.items()
            if element.tag == trees.name("Note") and retained.TAKEN in element.attrib
        }
        return writer.Changed(
            merged=merged, gone=frozenset({*map(str, away), *(taken - there)}), places=self.places
        )

    def _into(self, code: Code) -> Code:
        while code.merged_into_id:
            code = self.all[code.merged_into_id]
        return code


def _same(position: int) -> int:
    return position


def _two_ends(words: str) -> Callable[[int], int]:
    """Where a position lies once every line ends with two characters instead of one."""
    ends = [at for at, letter in enumerate(words) if letter == "\n"]
    return lambda position: position + bisect_left(ends, position)


def _after(remap: Remap, lines: Callable[[int], int] | None) -> writer.Place:
    def place(start: int, end: int) -> tuple[int, int] | None:
        span = remap.span(start, end)
        return (lines(span[0]), lines(span[1])) if span and lines else span

    return place


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
