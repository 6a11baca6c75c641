"""The parameter table: what things cost, line by line, with every version of it.

And what it comes to for a released table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from alongside.indicators import estimate
from alongside.indicators.estimate import ALL, Line, Range, Span
from alongside.indicators.models import Parameter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from alongside.agencies.models import Worker
    from alongside.disclosure.models import Release


TOLD = (
    "kind",
    "need",
    "unit",
    "unit_fr",
    "units_low",
    "units_base",
    "units_high",
    "cost_low",
    "cost_base",
    "cost_high",
    "year",
    "source",
    "owner",
)


def lines(viewer: Worker) -> list[Parameter]:
    """The lines that count now, in the order of the table."""
    return [line for line in _versions(viewer).order_by("line", "-version").distinct("line") if line.stands]


def versions(viewer: Worker, line: UUID) -> list[Parameter]:
    """Every version of a line, the newest first."""
    return list(_versions(viewer).filter(line=line).order_by("-version"))


def get_line(viewer: Worker, line: UUID) -> Parameter:
    """Return a line as it stands.

    :raises Parameter.DoesNotExist: if there is none in the viewer's agency
    """
    found = _versions(viewer).filter(line=line).order_by("-version").first()
    if found is None:
        raise Parameter.DoesNotExist
    return found


def counts_of(release: Release) -> dict[str, int | None]:
    """Return the numbers of a released table by its rows, `*` their sum: nothing where one is withheld."""
    last = release.figures["columns"].index(ALL) if ALL in release.figures["columns"] else 0
    return {
        row: cells[last] for row, cells in zip(release.figures["rows"], release.figures["cells"], strict=True)
    }


def costs_of(release: Release, there: Iterable[Parameter]) -> Range:
    """Return what answering the requests of a released table of needs would cost, by these lines."""
    return estimate.cost_of(counts_of(release), release.rounding, [_as_line(line) for line in there])


def _as_line(line: Parameter) -> Line:
    units, cost = (
        Span(*(getattr(line, f"{what}_{end}") for end in estimate.ENDS)) for what in ("units", "cost")
    )
    return Line(str(line.line), line.kind, line.need, units, cost)


def _versions(viewer: Worker) -> QuerySet[Parameter]:
    return Parameter.objects.filter(agency_id=viewer.agency_id)
