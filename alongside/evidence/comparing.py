"""Two readings of one source side by side, once both are finished: where they part comes first. Numbers are a reason to talk, never a score."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.agencies.queries import names_of
from alongside.evidence import agreement, commands, queries, sentences
from alongside.evidence.doors import for_editors
from alongside.evidence.forms import MemoForm
from alongside.kernel import clock
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.evidence.models import Code, Coding, Reading, Source

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
        return {one.pk for one in self.first} != {one.pk for one in self.second}


@dataclass(frozen=True)
class Compared:
    """Two readings of a source: who, sentence by sentence, code by code, and over everything."""

    first: str
    second: str
    apart: list[Row]
    alike: list[Row]
    neither: int
    meetings: list[tuple[Code, agreement.Meeting, float | None]]
    overall: float | None


def compared(viewer: Worker, source: Source) -> Compared | None:
    """Lay the finished blind reading of a source beside what the others coded there; None while there is none, or nobody else has coded.

    What somebody who still reads blind may not see, the database doesn't show: then there is nothing to lay beside.
    """
    readings = queries.readings(viewer, source)
    if any(one.blind and not one.finished_at for one in readings) or not (finished := [one for one in readings if one.blind]):
        return None
    second = finished[-1]
    codings = queries.codings_in(viewer, source)
    others = list(dict.fromkeys(one.coded_by for one in codings if one.coded_by != second.coder))
    if not others:
        return None
    first = others[0]
    return _side_by_side(viewer, source, [one for one in codings if one.coded_by in (first, second.coder)], first, second)


def _side_by_side(viewer: Worker, source: Source, codings: list[Coding], first: UUID, second: Reading) -> Compared:
    text = queries.words_of(source)
    units = [(one.start, one.end) for one in sentences.split(text)]
    codes: dict[Any, Code] = {one.code_id: one.code for one in codings}
    sides: tuple[Spans, Spans] = (defaultdict(list), defaultdict(list))
    for one in codings:
        sides[one.coded_by == second.coder][one.code_id].append((one.start, one.end))
    rows = _rows(text, units, codes, sides)
    meetings = [
        (codes[one.code], one, agreement.of_characters(len(text), sides[0].get(one.code, []), sides[1].get(one.code, [])))
        for one in agreement.meetings(units, dict(sides[0]), dict(sides[1]))
    ]
    names = names_of(viewer, {first, second.coder})
    return Compared(
        first=names.get(first, ""), second=names.get(second.coder, ""), apart=[row for row in rows if row.apart],
        alike=[row for row in rows if not row.apart], neither=len(units) - len(rows), meetings=meetings,
        overall=agreement.overall(units, [dict(sides[0]), dict(sides[1])]),
    )  # fmt: skip


def _rows(text: str, units: list[tuple[int, int]], codes: dict[Any, Code], sides: tuple[Spans, Spans]) -> list[Row]:
    """Every sentence in which at least one of the two saw something."""
    seen = [{code: agreement.touched(units, spans) for code, spans in side.items()} for side in sides]
    rows = []
    for place, (start, end) in enumerate(units):
        first, second = ([codes[code] for code in codes if code in side and side[code][place]] for side in seen)
        if first or second:
            rows.append(Row(place + 1, text[start:end], first, second))
    return rows


@for_editors
@require_http_methods(["GET", "POST"])
def comparison(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """The two readings of a source side by side; and a memo of what was agreed."""
    source = queries.get_source(request.worker, source_id)
    form = MemoForm(request.POST or None)
    if form.is_bound and form.is_valid():
        commands.write_memo(
            study_id=source.study_id, source_id=source.pk, words=form.cleaned_data["words"], by=request.worker, at=clock.now()
        )
        messages.success(request, _("Kept, with the source."))
        return redirect("evidence:comparison", source.pk)
    found = compared(request.worker, source)
    if found:
        note("evidence.compared", custodian_id=source.agency_id, item_id=source.pk, item_kind="source")
    context: dict[str, Any] = {
        "source": source,
        "compared": found,
        "memo": form,
        "memos": queries.memos(request.worker, source.study_id, source=source),
    }
    return render(request, "evidence/comparison.html", context, status=422 if form.is_bound else 200)
