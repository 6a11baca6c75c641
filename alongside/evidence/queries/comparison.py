"""Two readings of one source laid side by side, and how far they agree.

What somebody who still reads blind may not see, the database doesn't show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from alongside.agencies.queries import names_of, names_of_present
from alongside.evidence.models import BlindCoding, Source, SourceState
from alongside.evidence.queries.coding import codings_in
from alongside.evidence.queries.names import id_of, with_names
from alongside.evidence.queries.sources import words_of
from alongside.evidence.text import agreement
from alongside.text import sentences

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.evidence.models import Code, Coding, Study


Spans = dict[Any, list[tuple[int, int]]]


@dataclass(frozen=True)
class Row:
    """One sentence, and what each of the two saw in it."""

    number: int
    words: str
    first: list[Code]
    second: list[Code]

    @property
    def apart(self) -> bool:
        """Whether the two saw different things."""
        return {coding.pk for coding in self.first} != {coding.pk for coding in self.second}


@dataclass(frozen=True)
class Compared:
    """Two readings of a source: who, sentence by sentence, code by code, and over everything."""

    first: str
    second: str
    apart: list[Row]
    alike: list[Row]
    neither: int
    by_code: list[tuple[Code, agreement.CodeAgreement, float | None]]
    overall: float | None


def compared(viewer: Worker, source: Source) -> Compared | None:
    """Lay the finished blind coding of a source beside what the others coded there.

    None while there is none, or nobody else has coded.

    What somebody who still reads blind may not see, the database doesn't show: then there is nothing to lay
    beside.
    """
    read = [named.row for named in blind_codings(viewer, source)]
    if any(reading.blind and not reading.finished_at for reading in read) or not (
        finished := [reading for reading in read if reading.blind]
    ):
        return None
    second = finished[-1]
    codings = codings_in(viewer, source)
    in_time = sorted(
        codings, key=lambda coding: coding.coded_at
    )  # who marked first did so before there was anything to look at
    others = list(dict.fromkeys(coding.coded_by for coding in in_time if coding.coded_by != second.coder))
    if not others:
        return None
    first = others[0]
    return _side_by_side(
        viewer,
        source,
        [coding for coding in codings if coding.coded_by in (first, second.coder)],
        first,
        second,
    )


def _side_by_side(
    viewer: Worker, source: Source, codings: list[Coding], first: UUID, second: BlindCoding
) -> Compared:
    text = words_of(source)
    units = [(sentence.start, sentence.end) for sentence in sentences.split(text)]
    codes: dict[Any, Code] = {coding.code_id: coding.code for coding in codings}
    sides: tuple[Spans, Spans] = (defaultdict(list), defaultdict(list))
    for coding in codings:
        sides[coding.coded_by == second.coder][coding.code_id].append((coding.start, coding.end))
    rows = _rows(text, units, codes, sides)
    by_code = [
        (
            codes[code_agreement.code],
            code_agreement,
            agreement.of_characters(
                len(text), sides[0].get(code_agreement.code, []), sides[1].get(code_agreement.code, [])
            ),
        )
        for code_agreement in agreement.code_agreements(units, dict(sides[0]), dict(sides[1]))
    ]
    names = names_of(viewer, {first, second.coder})
    return Compared(
        first=names.get(first, ""),
        second=names.get(second.coder, ""),
        apart=[row for row in rows if row.apart],
        alike=[row for row in rows if not row.apart],
        neither=len(units) - len(rows),
        by_code=by_code,
        overall=agreement.overall(units, [dict(sides[0]), dict(sides[1])]),
    )


def _rows(
    text: str, units: list[tuple[int, int]], codes: dict[Any, Code], sides: tuple[Spans, Spans]
) -> list[Row]:
    """Every sentence in which at least one of the two saw something."""
    seen = [{code: agreement.touched(units, spans) for code, spans in side.items()} for side in sides]
    rows = []
    for place, (start, end) in enumerate(units):
        first, second = (
            [codes[code] for code in codes if code in side and side[code][place]] for side in seen
        )
        if first or second:
            rows.append(Row(place + 1, text[start:end], first, second))
    return rows


@dataclass(frozen=True)
class SecondCoder:
    """Who reads or read a source blind, by name; whether they finished, and whether they left before."""

    row: BlindCoding
    who: str
    left: bool


def blind_codings(viewer: Worker, source: Source) -> list[SecondCoder]:
    """Return who reads or read a source as a second coder."""
    found = with_names(viewer, BlindCoding.objects.filter(source=source), "coder")
    present = names_of_present(viewer, {each.row.coder for each in found})
    return [SecondCoder(each.row, each.who, each.row.coder not in present) for each in found]


def open_blind_coding(viewer: Worker, source: Source) -> BlindCoding | None:
    """Return this viewer's own blind coding of a source, if one is open."""
    return BlindCoding.objects.filter(source=source, coder=viewer.pk, blind=True, finished_at=None).first()


def finished_blind_codings(viewer: Worker, study: Study | UUID) -> list[BlindCoding]:
    """Return the finished blind codings of a study.

    What may lie side by side with what others coded there.
    """
    return list(
        BlindCoding.objects.filter(
            source__study_id=id_of(study),
            source__state=SourceState.READY,
            blind=True,
            finished_at__isnull=False,
        ).select_related("source")
    )


def read_apart(viewer: Worker, study: Study | UUID) -> list[agreement.ReadApart]:
    """Return what each of those who read a source apart marked in it, source by source.

    Where nobody reads blind now, and at least two did read.

    Apart are all who read it blind to the end, and who marked something there first before the first of them
    was done; whoever marks later sees theirs.
    """
    blind: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    for blind_coding in finished_blind_codings(viewer, study):
        if blind_coding.finished_at:
            blind[blind_coding.source_id][blind_coding.coder] = blind_coding.finished_at
    still = set(
        BlindCoding.objects.filter(source__study_id=id_of(study), blind=True, finished_at=None).values_list(
            "source_id", flat=True
        )
    )
    found: list[agreement.ReadApart] = []
    for source in Source.objects.filter(pk__in=set(blind) - still).order_by("brought_in_at", "pk"):
        marked: dict[UUID, dict[Hashable, list[tuple[int, int]]]] = {
            coder: defaultdict(list) for coder in blind[source.pk]
        }
        codings = codings_in(viewer, source)
        openly = min(
            (coding for coding in codings if coding.coded_by not in marked),
            key=lambda coding: (coding.coded_at, coding.pk),
            default=None,
        )
        if openly and openly.coded_at < min(blind[source.pk].values()):
            marked[openly.coded_by] = defaultdict(list)
        for coding in codings:
            if coding.coded_by in marked:
                marked[coding.coded_by][coding.code_id].append((coding.start, coding.end))
        if len(marked) > 1:
            found.append(
                ([(sentence.start, sentence.end) for sentence in sentences.split(words_of(source))], marked)
            )
    return found
