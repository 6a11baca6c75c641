"""What printing needs from the folders below: that every quote still stands, and that every table is released with the edition or not at all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.briefs.rules import Problem
from alongside.quotes import queries as quotes

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.edition.document import Document
    from alongside.briefs.models import Brief


def standing_quotes(viewer: Worker, brief: Brief, ids: Collection[UUID], on: date) -> set[UUID]:
    """Return which of these quotes may be printed in this brief on this day."""
    return quotes.standing(viewer, ids, audience=brief.audience, on=on)


def gone_quotes(viewer: Worker, brief: Brief, document: Document, on: date) -> list[Problem]:
    """Return a problem for each quote of a document that may no longer be printed today, whatever was signed."""
    ids = {UUID(quote.id) for quote in document.quotes}
    lost = ids - standing_quotes(viewer, brief, ids, on)
    return [Problem(_("Quotes"), _("A quote was taken back, or is over. It is printed in no edition any more.")) for _one in lost]


def publish_tables(releases: list[UUID], *, by: Worker, at: datetime) -> None:
    """Release every table of an edition at once; refused if any of them could be worked out of what is published already."""
