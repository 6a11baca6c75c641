"""The parameter table: what things cost, line by line, who says so, and every version of it; and what it comes to for a released table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction

from alongside.indicators import costing, rules
from alongside.indicators.costing import ALL, Line, Range, Span
from alongside.indicators.models import Kind, Parameter
from alongside.kernel.ids import uuid7
from alongside.trail import commands as trail

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from alongside.agencies.models import Worker
    from alongside.disclosure.models import Release

__all__ = ["Kind", "costs_of", "counts_of", "get_line", "lines", "take_out", "versions", "write"]


@transaction.atomic
def write(*, told: dict[str, Any], line: Parameter | None = None, by: Worker, at: datetime) -> Parameter:
    """Write a line of the parameter table, or a further version of one; what it said before is kept.

    :raises rules.CannotPrice: if the worker doesn't keep the table, or the line was taken out
    """
    if line:
        line = _newest(by, line.line)
    rules.check_can_price(by, line)
    return _write(line, told, by, at, stands=True)


@transaction.atomic
def take_out(*, line: Parameter, by: Worker, at: datetime) -> Parameter:
    """Take a line out of the table: from now on it counts for nothing; its versions stay readable.

    :raises rules.CannotPrice: if the worker doesn't keep the table, or it was taken out already
    """
    line = _newest(by, line.line)
    rules.check_can_price(by, line)
    told = {field.name: getattr(line, field.name) for field in Parameter._meta.fields if field.name in TOLD}
    return _write(line, told, by, at, stands=False)


TOLD = (
    "kind", "need", "unit", "unit_fr", "units_low", "units_base", "units_high", "cost_low", "cost_base", "cost_high", "year", "source", "owner",
)  # fmt: skip


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
    return {row: cells[last] for row, cells in zip(release.figures["rows"], release.figures["cells"], strict=True)}


def costs_of(release: Release, there: Iterable[Parameter]) -> Range:
    """Return what it would cost to answer the requests of a released table of needs, by these lines of the parameter table."""
    return costing.cost_of(counts_of(release), release.rounding, [_as_line(line) for line in there])


def _as_line(line: Parameter) -> Line:
    units, cost = (Span(*(getattr(line, f"{what}_{end}") for end in costing.ENDS)) for what in ("units", "cost"))
    return Line(str(line.line), line.kind, line.need, units, cost)


def _versions(viewer: Worker) -> QuerySet[Parameter]:
    return Parameter.objects.filter(agency_id=viewer.agency_id)


def _newest(by: Worker, line: UUID) -> Parameter:
    """The line as it stands, while nobody else writes it: versions are never changed, so there is no row to lock."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"indicators|{line}"])
    return get_line(by, line)


def _write(before: Parameter | None, told: dict[str, Any], by: Worker, at: datetime, *, stands: bool) -> Parameter:
    written = Parameter(
        agency_id=by.agency_id, line=before.line if before else uuid7(), version=before.version + 1 if before else 1, stands=stands
    )
    for name in TOLD:
        setattr(written, name, told[name])
    written.written_by, written.written_at = by.pk, at
    written.save(force_insert=True)
    trail.note("indicators.priced", item_id=written.pk, item_kind="parameter")
    return written
