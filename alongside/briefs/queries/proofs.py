"""What would be printed today, what was frozen to be signed, and who signed exactly that."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.agencies import queries as agencies
from alongside.briefs import rules
from alongside.briefs.edition import font_coverage, html
from alongside.briefs.edition.document import LANGUAGES, Document, from_bytes, strings
from alongside.briefs.edition.pdf import typeset
from alongside.briefs.models import Brief, Edition, Proof, SectionQuote, Signature, State
from alongside.briefs.queries import assembly, completeness, places
from alongside.briefs.queries.briefs import answers
from alongside.briefs.rules import Problem
from alongside.kernel import clock, installation_key
from alongside.kernel.refusal import Refusal
from alongside.quotes import queries as quotes

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.models import Section
    from alongside.briefs.queries.assembly import Assembled


SEALED_FOR = "proof of a brief"


@dataclass(frozen=True)
class Standing:
    """A proof as it stands: what would be printed, who signed exactly that, whose signature is missing."""

    proof: Proof
    document: Document
    signatures: list[Signature]
    missing: list[str] = field(default_factory=list)


def assembled(viewer: Worker, brief: Brief, *, on: date, base: str) -> Assembled:
    """The brief as it would be printed on this day, with what still keeps it from being signed."""
    number = next_number(brief)
    made = assembly.assemble(
        viewer, brief, number=number, on=on, address=address_of(base, brief.slug, number)
    )
    made.problems += open_questions(brief)
    return made


def open_questions(brief: Brief) -> list[Problem]:
    """Return the questions that keep a brief from being signed, which are answered on a page of their own."""
    at = reverse("briefs:checks", args=[brief.pk])
    return [replace(problem, mended_at=at) for problem in rules.open_questions(answers(brief))]


def contradictions(
    brief: Brief, document: Document, *, leads: bool, of: Section | None = None
) -> list[Problem]:
    """Return what a document says otherwise than what is counted, in the reader's language.

    :param leads: whether the reader writes this brief, and is led to where it is mended
    :param of: only of this part
    """
    sections, language = places.sections_of(brief), get_language() or "en"
    return [
        Problem(
            completeness.place_of(document, found.place),
            found.words.of(language),
            found.place,
            places.address_of(brief, sections, found.place) if leads else "",
        )
        for found in document.contradictions
        if of is None or places.section_at(sections, found.place) == of
    ]


def contradictions_of(viewer: Worker, section: Section, base: str) -> list[Problem]:
    """Return what one part says otherwise than what is counted, while it is being written."""
    if section.brief.state != State.DRAFTING:
        return []
    document = assembled(viewer, section.brief, on=clock.today(), base=base).document
    return contradictions(section.brief, document, leads=False, of=section)


def address_of(base: str, slug: str, number: int) -> str:
    """The address an edition is cited by."""
    return f"{base.rstrip('/')}/briefs/{slug}/{number}"


def next_number(brief: Brief) -> int:
    """The number the next edition will have."""
    last = Edition.objects.filter(brief=brief).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def standing(brief: Brief) -> Standing | None:
    """The proof of a brief with the signatures that count for it, or nothing while it is being written."""
    proof = Proof.objects.filter(brief=brief).first()
    if proof is None:
        return None
    signed = signatures(brief, proof.checksum)
    missing = [str(missing_signature) for missing_signature in rules.missing_signatures(brief, signed)]
    return Standing(proof, from_bytes(proof_content(proof)), signed, missing)


def has_signed(viewer: Worker, brief: Brief) -> bool:
    """Whether the viewer signed the proof of a brief as it stands."""
    proof = Proof.objects.filter(brief=brief).values("checksum")
    return Signature.objects.filter(brief=brief, checksum__in=proof, signed_by=viewer).exists()


def proof_content(proof: Proof) -> bytes:
    """The frozen document of a proof.

    :raises InvalidTag: if it was altered, or moved here from another brief
    """
    content = installation_key.unseal(bytes(proof.body), purpose=SEALED_FOR, about=str(proof.brief_id))
    if rules.checksum_of(content) != proof.checksum:
        raise InvalidTag
    return content


def signatures(brief: Brief, checksum: str) -> list[Signature]:
    """The signatures under exactly this proof, in the order they were given."""
    return list(Signature.objects.filter(brief=brief, checksum=checksum).order_by("signed_at"))


def signers(viewer: Worker, signed: list[Signature]) -> list[tuple[Signature, str, str, str]]:
    """Each signature with who gave it and in which agency.

    Somebody of another agency has no name here (practice.md, trap 18).
    """
    names = agencies.names_of(viewer, {signature.signed_by_id for signature in signed})
    houses = agencies.agencies_by_id([signature.agency_id for signature in signed])
    return [
        (
            signature,
            names.get(signature.signed_by_id, ""),
            str(houses[signature.agency_id]),
            str(rules.SIGNERS.get(signature.role, signature.role)),
        )
        for signature in signed
    ]


def proof_shown(viewer: Worker, brief: Brief, at: str, language: str) -> dict[str, Any]:
    """Return what the page of a proof shows.

    What would be printed, what keeps it from being signed, who signed, and whether one may sign oneself.
    """
    stands = standing(brief)
    if stands is None and not (rules.may_write(viewer) and brief.agency_id == viewer.agency_id):
        raise Brief.DoesNotExist
    editor = rules.may_write(viewer) and brief.agency_id == viewer.agency_id
    if stands:
        document = stands.document
        problems = [*gone_quotes(viewer, brief, clock.today()), *open_questions(brief)] if editor else []
    else:
        made = assembled(viewer, brief, on=clock.today(), base=at)
        document, problems = made.document, made.problems
    unshown = sorted(
        {letter for words in strings(document, language) for letter in font_coverage.unshown(words)}
    )
    return {
        "brief": brief,
        "standing": stands,
        "problems": problems,
        "contradictions": contradictions(brief, document, leads=editor),
        "unshown": unshown,
        "language": language,
        "article": html.article_of(html.compose(document, language)),
        "name": document.title.of(get_language() or "en") or brief.slug,
        "signed": signers(viewer, stands.signatures) if stands else [],
        "sign_refusal": _refusal(viewer, brief, stands),
        "editor": editor,
        "checks": _answered(brief),
    }


def _refusal(viewer: Worker, brief: Brief, standing: Standing | None) -> str:
    """Say why the viewer may not sign, in the rule's own words; nothing, if they may."""
    try:
        rules.check_can_sign(viewer, brief, standing.signatures if standing else [])
    except Refusal as refused:
        return str(refused)
    return ""


def _answered(brief: Brief) -> list[tuple[Any, Any]]:
    kept = answers(brief)
    return [(question, kept[code]) for code, question in rules.QUESTIONS.items() if code in kept]


def pdf_of_proof(viewer: Worker, brief: Brief, at: str, language: str) -> bytes:
    """Return the proof typeset; while it is being written, what would be printed today."""
    stands = standing(brief)
    if language not in LANGUAGES:
        raise Brief.DoesNotExist
    if stands:
        return typeset(stands.document, language).pdf
    if not rules.may_write(viewer) or brief.agency_id != viewer.agency_id:
        raise Brief.DoesNotExist
    return typeset(assembled(viewer, brief, on=clock.today(), base=at).document, language).pdf


def standing_quotes(viewer: Worker, brief: Brief, ids: Collection[UUID], on: date) -> set[UUID]:
    """Return which of these quotes may be printed in this brief on this day."""
    return quotes.standing(viewer, ids, audience=brief.audience, on=on)


def quotes_in(brief: Brief) -> list[UUID]:
    """Return which quotes stand in a brief: what is printed does not name them."""
    return list(dict.fromkeys(SectionQuote.objects.filter(brief=brief).values_list("quote_id", flat=True)))


def gone_quotes(viewer: Worker, brief: Brief, on: date) -> list[Problem]:
    """Return a problem for each quote that may no longer be printed today, whatever was signed."""
    ids = set(quotes_in(brief))
    lost = ids - standing_quotes(viewer, brief, ids, on)
    return [
        Problem(
            _("Quotes"),
            _("A quote was taken back, or is over. It is printed in no edition any more."),
            mended_at=reverse("briefs:brief", args=[brief.pk]),
        )
        for _one in lost
    ]
