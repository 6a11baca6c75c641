"""Projects that came from other programs: which, what came of them, and what is kept of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from alongside.evidence.models import Exchange
from alongside.evidence.queries.names import id_of
from alongside.kernel.imports.delimited import Note
from alongside.kernel.seal import unlogged, unseal

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from alongside.agencies.models import Worker
    from alongside.evidence.models import Study


@dataclass(frozen=True)
class Came:
    """What came of bringing something in.

    How much of what, and what stays as it came and why, by line of the file.
    """

    codes: int
    texts: int
    codings: int
    memos: int
    codebook: bool
    notes: list[Note]
    files: int = 0


def kept_of(exchange: Exchange) -> dict[str, Any]:
    """Return what is kept of a project that came.

    Its report, and unless it was a codebook its tree and files.
    """
    with unlogged():
        return unseal(exchange, "kept", agency_id=exchange.agency_id) or {}


def came_of(exchange: Exchange) -> Came:
    """Return the report of a project that came."""
    told = kept_of(exchange).get("came", {})
    return Came(**(told | {"notes": [Note(*note) for note in told["notes"]]}))


def exchanges(viewer: Worker, study: Study | UUID) -> QuerySet[Exchange]:
    """Return the projects that were brought into a study from other programs, the newest first."""
    return Exchange.objects.filter(study_id=id_of(study), agency_id=viewer.agency_id)


def get_exchange(viewer: Worker, exchange_id: UUID) -> Exchange:
    """Return one project that came from another program.

    :raises Exchange.DoesNotExist: if the viewer may not see it
    """
    return Exchange.objects.get(pk=exchange_id, agency_id=viewer.agency_id)
