"""Whether one's agency contributes to the numbers, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from alongside.indicators.models import Contribution
from alongside.indicators.rules import may_look

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def contribution(viewer: Worker) -> Contribution | None:
    """Return the word by which the viewer's agency contributes now; nothing if it doesn't."""
    return next((given for given in contributions(viewer) if given.ended_at is None), None)


def contributions(viewer: Worker) -> Sequence[Contribution]:
    """Return when the viewer's agency contributed, the newest first."""
    return list(Contribution.objects.filter(agency_id=viewer.agency_id)) if may_look(viewer) else []
