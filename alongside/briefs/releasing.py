"""What printing needs from the folders below: that every quote still stands, and that every table is released with the edition or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.briefs.edition import composing, tables
from alongside.briefs.edition.document import LANGUAGES, checksum, to_bytes
from alongside.briefs.edition.typesetting import typeset
from alongside.briefs.models import Edition
from alongside.briefs.rules import CannotPublish, Problem
from alongside.disclosure import commands as disclosure
from alongside.kernel.refusal import Refusal
from alongside.quotes import queries as quotes

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.edition.document import Document
    from alongside.briefs.models import Brief, Signature
    from alongside.disclosure.models import Release


def standing_quotes(viewer: Worker, brief: Brief, ids: Collection[UUID], on: date) -> set[UUID]:
    """Return which of these quotes may be printed in this brief on this day."""
    return quotes.standing(viewer, ids, audience=brief.audience, on=on)


def gone_quotes(viewer: Worker, brief: Brief, document: Document, on: date) -> list[Problem]:
    """Return a problem for each quote of a document that may no longer be printed today, whatever was signed."""
    ids = {UUID(quote.id) for quote in document.quotes}
    lost = ids - standing_quotes(viewer, brief, ids, on)
    return [Problem(_("Quotes"), _("A quote was taken back, or is over. It is printed in no edition any more.")) for _one in lost]


@dataclass(frozen=True)
class Signer:
    """Somebody who signed the brief, as far as a release asks: who, in which role. Of another agency no more is known here."""

    pk: UUID
    role: str


def publish_tables(releases: Sequence[Release], *, signatures: Iterable[Signature], by: Worker, at: datetime) -> None:
    """Release every table of an edition at once, in the names of those who signed it.

    :raises CannotPublish: if any of them could be worked out from what is published already
    """
    signers = [Signer(one.signed_by_id, one.role) for one in signatures]
    try:
        disclosure.publish(list({one.pk: one for one in releases}.values()), by=by, at=at, signed_by=signers)  # type: ignore[arg-type]
    except Refusal as refused:
        raise CannotPublish(_("A table can’t be released. Nothing was printed."), [Problem(_("Figures"), str(refused))]) from refused


def printed(brief: Brief, document: Document, by: Worker, at: datetime) -> Edition:
    """An edition typeset in both languages, not saved yet."""
    content = to_bytes(document)
    edition = Edition(
        brief=brief, agency_id=brief.agency_id, slug=brief.slug, number=document.number, audience=brief.audience, title=brief.title,
        on=date.fromisoformat(document.on), document=content, checksum=checksum(content),
        quotes=[UUID(quote.id) for quote in document.quotes], published_by_id=by.pk, published_at=at,
    )  # fmt: skip
    for language in LANGUAGES:
        setattr(edition, f"html_{language}", composing.compose(document, language))
        setattr(edition, f"pdf_{language}", typeset(document, language).pdf)
        setattr(edition, f"csv_{language}", tables.csv_of(document, language))
    return edition
