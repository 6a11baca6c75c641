"""The method box, which fills itself: who was asked, when, read by how many, how far they agreed, and from how many on a number is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.briefs.edition.document import Fact

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.models import Brief


def facts(viewer: Worker, brief: Brief) -> tuple[Fact, ...]:
    """Return the lines of the method box of a brief, in both languages."""
    return ()
