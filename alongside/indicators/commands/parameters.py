"""Writing the parameter table: a line, a further version of one, and taking one out.

What was said before is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction

from alongside.indicators import rules
from alongside.indicators.models import Parameter
from alongside.indicators.queries.parameters import TOLD, get_line
from alongside.kernel.ids import uuid7
from alongside.trail import commands as trail

if TYPE_CHECKING:
    from datetime import datetime

    from alongside.agencies.models import Worker


@transaction.atomic
def price(*, told: dict[str, Any], line: Parameter | None = None, by: Worker, at: datetime) -> Parameter:
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


def _newest(by: Worker, line: UUID) -> Parameter:
    """The line as it stands, while nobody else writes it.

    Versions are never changed, so there is no row to lock.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"indicators|{line}"])
    return get_line(by, line)


def _write(
    before: Parameter | None, told: dict[str, Any], by: Worker, at: datetime, *, stands: bool
) -> Parameter:
    written = Parameter(
        agency_id=by.agency_id,
        line=before.line if before else uuid7(),
        version=before.version + 1 if before else 1,
        stands=stands,
    )
    for name in TOLD:
        setattr(written, name, told[name])
    written.written_by, written.written_at = by.pk, at
    written.save(force_insert=True)
    trail.note("indicators.priced", item_id=written.pk, item_kind="parameter")
    return written
