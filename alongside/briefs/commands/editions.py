"""Publishing an edition.

Every quote still stands, every table is released with it, both languages are typeset; or nothing happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.briefs import queries, rules
from alongside.briefs.commands.briefs import locked, move_to
from alongside.briefs.edition import html, tables
from alongside.briefs.edition.document import LANGUAGES, Document, checksum, to_bytes
from alongside.briefs.edition.pdf import typeset
from alongside.briefs.models import Edition, Proof, State
from alongside.briefs.rules import CannotPublish, Problem
from alongside.disclosure import commands as disclosure
from alongside.kernel import clock
from alongside.kernel.refusal import Refusal
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.models import Brief, Signature
    from alongside.disclosure.models import Release


@dataclass(frozen=True)
class Signer:
    """Somebody who signed the brief, as far as a release asks: who, in which role.

    Of another agency no more is known here.
    """

    pk: UUID
    role: str


def publish_tables(
    releases: Sequence[Release], *, signatures: Iterable[Signature], by: Worker, at: datetime
) -> None:
    """Release every table of an edition at once, in the names of those who signed it.

    :raises CannotPublish: if any of them could be worked out from what is published already
    """
    signers = [Signer(signature.signed_by_id, signature.role) for signature in signatures]
    try:
        disclosure.publish(
            list({release.pk: release for release in releases}.values()), by=by, at=at, signed_by=signers
        )
    except Refusal as refused:
        raise CannotPublish(
            _("A table can’t be released. Nothing was printed."), [Problem(_("Figures"), str(refused))]
        ) from refused


def printed(brief: Brief, document: Document, by: Worker, at: datetime) -> Edition:
    """An edition typeset in both languages, not saved yet."""
    content = to_bytes(document)
    edition = Edition(
        brief=brief,
        agency_id=brief.agency_id,
        slug=brief.slug,
        number=document.number,
        audience=brief.audience,
        title=brief.title,
        on=date.fromisoformat(document.on),
        document=content,
        checksum=checksum(content),
        quotes=queries.quotes_in(brief),
        published_by_id=by.pk,
        published_at=at,
    )
    for language in LANGUAGES:
        setattr(edition, f"html_{language}", html.compose(document, language))
        setattr(edition, f"pdf_{language}", typeset(document, language).pdf)
        setattr(edition, f"csv_{language}", tables.csv_of(document, language))
    return edition


@transaction.atomic
def publish(*, brief: Brief, by: Worker, at: datetime) -> Edition:
    """Publish what was signed.

    Every quote still stands, every table is released in the same transaction, both languages are typeset. Or
    nothing happens.

    :raises rules.CannotPublish: with what stands in the way
    """
    brief = locked(brief)
    standing = queries.standing(brief)
    rules.check_can_publish(by, brief, standing.signatures if standing else [], [])
    if standing is None or brief.proof_on is None:
        raise rules.CannotPublish(_("There is no proof."))
    base = standing.document.address.rpartition("/briefs/")[0]
    made = queries.assembled(by, brief, on=brief.proof_on, base=base)
    problems = list(made.problems)
    problems += queries.gone_quotes(by, brief, clock.day(at))
    if not problems and to_bytes(made.document) != queries.proof_content(standing.proof):
        problems.append(
            rules.Problem(
                "",
                _(
                    "What would be printed now is not what was signed. Take it back, and put it in proof "
                    "again."
                ),
            )
        )
    rules.check_can_publish(by, brief, standing.signatures, queries.led(brief, problems))
    edition = printed(brief, standing.document, by, at)
    publish_tables(made.releases, signatures=standing.signatures, by=by, at=at)
    edition.save(force_insert=True)
    move_to(brief, State.PUBLISHED, by, at)
    Proof.objects.filter(brief=brief).delete()
    note("briefs.published", item_id=edition.pk, item_kind="edition", count=edition.number)
    return edition
