"""Reading the ledger: what was prepared in one's own agency, and what anybody ever released."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.disclosure.grids import grid
from alongside.disclosure.labels import figures_csv, half_said, said, title, unit_said
from alongside.disclosure.models import Release, Snapshot, State
from alongside.disclosure.rules import CannotDrop, CannotPropose, CannotPublish, check_can_publish, may_look
from alongside.disclosure.snapshots import opened
from alongside.disclosure.suppression.audit import Finding, Holding
from alongside.disclosure.suppression.cube import SUM, Count, Cube, Partition, Shape, Table, summed
from alongside.disclosure.suppression.protection import CannotProtect, protect
from alongside.disclosure.suppression.thresholds import AUDIENCES

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

__all__ = [
    "AUDIENCES",
    "SUM",
    "CannotDrop",
    "CannotPropose",
    "CannotProtect",
    "CannotPublish",
    "Count",
    "Cube",
    "Finding",
    "Partition",
    "Shape",
    "State",
    "Table",
    "figures_csv",
    "get_release",
    "grid",
    "half_said",
    "hindrance",
    "ledger",
    "may_look",
    "of_half",
    "protect",
    "rate",
    "released",
    "said",
    "standing",
    "summed",
    "table_of",
    "title",
    "unit_said",
]


def ledger(viewer: Worker) -> list[Release]:
    """Return what was ever released, and what the viewer's own agency prepared or dropped.

    Newest half-year first.
    """
    return list(_seen_by(viewer))


def prepared_by_others(viewer: Worker) -> list[Release]:
    """The tables of the viewer's agency that somebody else prepared and nobody has released, oldest first."""
    waiting = Release.objects.filter(agency_id=viewer.agency_id, state=State.PROPOSED)
    return list(waiting.exclude(proposed_by=viewer.pk).order_by("proposed_at")[:20])


def get_release(viewer: Worker, release_id: UUID) -> Release:
    """Return one release the viewer may see.

    :raises Release.DoesNotExist: if there is none they may see
    """
    found: Release = _seen_by(viewer).get(pk=release_id)
    return found


def of_half(viewer: Worker, cube: str, half: str, audience: str) -> dict[str, Release]:
    """Return the live releases of a half-year to an audience by table.

    What is released, else what the viewer's agency prepared.
    """
    live = _seen_by(viewer).filter(cube=cube, half=half, audience=audience).exclude(state=State.DROPPED)
    return {
        release.table: release
        for release in sorted(live, key=lambda release: release.state == State.PUBLISHED)
    }


def released(cube: str, half: str = "") -> list[Release]:
    """Return everything released from a cube, of one half-year or of all."""
    found = Release.objects.filter(cube=cube, state=State.PUBLISHED)
    return list(found.filter(half=half) if half else found)


def standing(viewer: Worker, cube: str, half: str) -> Snapshot | None:
    """Return the numbers of a half-year that stand.

    Those something was released from, else those something of one's own is prepared from.
    """
    live = Release.objects.filter(cube=cube, half=half).select_related("snapshot")
    release = (
        live.filter(state=State.PUBLISHED).first()
        or live.filter(state=State.PROPOSED, agency_id=viewer.agency_id).first()
    )
    return release.snapshot if release else None


def cube_of(snapshot: Snapshot) -> Cube:
    """Return the numbers of a snapshot as they were taken."""
    return opened(snapshot)


def table_of(release: Release) -> Table:
    """Return how a release's table is cut from its cube."""
    return Table(release.table, release.unit, release.rows, release.columns)


def holdings(releases: Iterable[Release], shape: Shape) -> list[Holding]:
    """Return what these releases put into readers' hands."""
    found = []
    for release in releases:
        table = table_of(release)
        found.append(
            Holding(
                table,
                release.audience,
                frozenset(table.node(shape, row, column) for row, column in release.shown),
            )
        )
    return found


def rate(part: int | None, whole: int | None) -> float | None:
    """Return a share in percent.

    Nothing where its numerator, its denominator, or what is left between them is withheld or nought
    (practice.md 6).
    """
    if part is None or not whole or part <= 0 or part >= whole:
        return None
    return 100 * part / whole


def hindrance(viewer: Worker, release: Release) -> CannotPublish | None:
    """Return why the viewer can't release this, in the rule's own words; nothing if they can."""
    try:
        check_can_publish(viewer, release, [viewer])
    except CannotPublish as refusal:
        return refusal
    return None


def _seen_by(viewer: Worker) -> QuerySet[Release]:
    if not may_look(viewer):
        return Release.objects.none()
    return Release.objects.filter(Q(state=State.PUBLISHED) | Q(agency_id=viewer.agency_id))
