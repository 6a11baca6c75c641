"""Preparing a table, releasing it, dropping it.

Only protected numbers are ever kept, and each is released once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.translation import gettext as _

from alongside.disclosure import queries, rules, snapshots
from alongside.disclosure.labels import said
from alongside.disclosure.models import Release, Snapshot, State
from alongside.disclosure.suppression.audit import Finding, audit, readers
from alongside.disclosure.suppression.cube import SUM, Cube, Node, Table
from alongside.disclosure.suppression.protection import CannotProtect, TooLong, protect
from alongside.disclosure.suppression.thresholds import AUDIENCES, rounded
from alongside.kernel.ids import uuid7
from alongside.kernel.punctuation import listed
from alongside.trail import commands as trail

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.disclosure.suppression.attacker import Breach

LOCK = 6227018  # one table of numbers at a time, everywhere


@transaction.atomic
def propose(
    *,
    take: Callable[[], Cube],
    cube: str,
    table: Table,
    half: str,
    audience: str,
    by: Worker,
    at: datetime,
    stewarded: Iterable[str] = (),
) -> Release:
    """Prepare a table for an audience: protected by itself, and with all its readers hold already.

    `take` is asked for the numbers only where none of that half-year stand: a number is released once, and
    what came late stays out. What is prepared or released already is returned as it is.

    :raises rules.CannotPropose: unless an editor asks, or where nothing in the table could be shown
    """
    rules.check_can_propose(by)
    _one_at_a_time()
    there = queries.of_half(by, cube, half, audience).get(table.code)
    if there:
        return there
    snapshot = queries.standing(by, cube, half) or _taken(take(), half, by, at)
    numbers = queries.cube_of(snapshot)
    rules.check_was_counted(table, numbers.shape)
    live = Release.objects.filter(
        cube=cube, half=half, snapshot=snapshot, state__in=(State.PUBLISHED, State.PROPOSED)
    )
    try:
        held = [reader for _code, reader in readers(queries.holdings(live, numbers.shape), audience)]
        protected = protect(table, numbers, AUDIENCES[audience].threshold, held, seed=snapshot.checksum)
    except CannotProtect as breached:
        raise rules.CannotPropose(
            _unsafe([_finding(audience, breach) for breach in breached.breaches], numbers)
        ) from breached
    except TooLong as late:
        raise rules.CannotPropose(
            _(
                "This table could not be proven safe in time. Nothing was kept. Release others first, or a "
                "coarser one."
            )
        ) from late
    return _kept(snapshot, numbers, table, audience, protected.withheld, by, at, set(stewarded))


@transaction.atomic
def publish(
    releases: Sequence[Release], *, by: Worker, at: datetime, signed_by: Sequence[rules.Signer] = ()
) -> list[Release]:
    """Release tables, all or none, after all that their readers then hold was attacked once more.

    `signed_by` are those who signed besides `by`, for instance for the brief they stand in.

    :raises rules.CannotPublish: unless two people stand behind each, and nothing could be worked out from all
        of them
    """
    _one_at_a_time()
    locked = list(
        Release.objects.filter(pk__in=[release.pk for release in releases]).select_related("snapshot")
    )
    waiting = [release for release in locked if release.state != State.PUBLISHED]
    for release in waiting:
        rules.check_can_publish(by, release, [by, *signed_by])
    for snapshot_id in dict.fromkeys(release.snapshot_id for release in waiting):
        _check_safe([release for release in waiting if release.snapshot_id == snapshot_id])
    for release in waiting:
        release.state, release.published_by, release.published_at = State.PUBLISHED, by.pk, at
        release.save(update_fields=["state", "published_by", "published_at"])
        trail.note("disclosure.released")
    return locked


@transaction.atomic
def drop(*, release: Release, by: Worker, at: datetime) -> Release:
    """Drop a table that was prepared and not released.

    :raises rules.CannotDrop: if it was released, or is another agency's
    """
    _one_at_a_time()
    release = Release.objects.get(pk=release.pk)
    rules.check_can_drop(by, release)
    release.state, release.dropped_by, release.dropped_at = State.DROPPED, by.pk, at
    release.save(update_fields=["state", "dropped_by", "dropped_at"])
    trail.note("disclosure.dropped")
    return release


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def _taken(cube: Cube, half: str, by: Worker, at: datetime) -> Snapshot:
    snapshot = Snapshot(
        id=uuid7(), agency_id=by.agency_id, cube=cube.shape.name, half=half, taken_by=by.pk, taken_at=at
    )
    snapshot.body = snapshots.sealed(cube, snapshot.pk)
    snapshot.checksum = snapshots.checksum(snapshot.body)
    snapshot.save(force_insert=True)
    return snapshot


def _kept(
    snapshot: Snapshot,
    cube: Cube,
    table: Table,
    audience: str,
    withheld: frozenset[Node],
    by: Worker,
    at: datetime,
    stewarded: set[str],
) -> Release:
    """Keep the protected numbers, and only those."""
    nodes, to = table.nodes(cube.shape), AUDIENCES[audience]
    columns = [*cube.shape.categories[table.columns], SUM] if table.columns else [SUM]
    rows = [*cube.shape.categories[table.rows], SUM]
    cells = [
        [None if node in withheld else rounded(cube[node].value, to.rounding) for node in row]
        for row in nodes
    ]
    if not any(cell is not None for row in cells for cell in row):
        raise rules.CannotPropose(
            _("Nothing in this table is large enough to be shown to these readers. Nothing was kept.")
        )
    figures = {"rows": rows, "columns": columns, "cells": cells}
    concerns = any(
        cell is not None and stewarded & {row, column}
        for row, line in zip(rows, cells, strict=True)
        for column, cell in zip(columns, line, strict=True)
    )
    trail.note("disclosure.prepared")
    return Release.objects.create(
        snapshot=snapshot,
        agency_id=by.agency_id,
        cube=snapshot.cube,
        table=table.code,
        unit=table.unit,
        rows=table.rows,
        columns=table.columns,
        half=snapshot.half,
        audience=audience,
        threshold=to.threshold,
        rounding=to.rounding,
        figures=figures,
        stewarded=concerns,
        checksum=snapshots.checksum(json.dumps(figures, sort_keys=True).encode()),
        cut_off_at=snapshot.taken_at,
        proposed_by=by.pk,
        proposed_at=at,
    )


def _check_safe(waiting: Sequence[Release]) -> None:
    """Refuse what was prepared from other numbers than those released from, and what could be worked out.

    :raises rules.CannotPublish: with the numbers it is about, in words
    """
    first = waiting[0]
    before = queries.released(first.cube, first.half)
    if any(other.snapshot_id != first.snapshot_id for other in before):
        raise rules.CannotPublish(
            _(
                "Numbers of this half-year were released meanwhile, as they were taken at another time. Drop "
                "this table and prepare it again."
            )
        )
    if any(
        (other.table, other.audience) == (mine.table, mine.audience) for other in before for mine in waiting
    ):
        raise rules.CannotPublish(
            _("Somebody else released this table meanwhile. A number is released once.")
        )
    cube = queries.cube_of(first.snapshot)
    together = queries.holdings([*before, *waiting], cube.shape)
    findings = [
        finding
        for audience in {mine.audience for mine in waiting}
        for finding in audit(cube, together, audience)
    ]
    if findings:
        raise rules.CannotPublish(_unsafe(findings, cube))


def _finding(audience: str, breach: Breach) -> Finding:
    return Finding(audience, breach.node, breach.interval.why, breach.least, breach.most)


def _unsafe(findings: Sequence[Finding], cube: Cube) -> str:
    """Say which numbers could be worked out; never how large they are."""
    named = list(dict.fromkeys(_named(finding.node, cube) for finding in findings))
    more = _(" and %(n)s more") % {"n": len(named) - 5} if len(named) > 5 else ""
    return _(
        "Together with what was released before, these could be worked out: %(which)s%(more)s. Nothing was "
        "released."
    ) % {
        "which": listed(named[:5]),
        "more": more,
    }


def _named(node: Node, cube: Cube) -> str:
    places = [
        said(dimension, category)
        for dimension, category in zip(cube.shape.units[node[0]], node[1:], strict=True)
        if category != SUM
    ]
    return ", ".join(places) or str(said("", SUM))
