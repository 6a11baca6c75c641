"""Reading briefs: for the agency that writes one, for whoever signs its proof, and its editions for anybody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db.models import QuerySet
from django.utils.translation import get_language

from alongside.agencies import queries as agencies
from alongside.briefs import assembling, figures, rules
from alongside.briefs.edition import comparing, composing
from alongside.briefs.edition.document import Document, Text, from_bytes
from alongside.briefs.models import (
    FILES,
    Audience,
    Brief,
    Check,
    Edition,
    Kind,
    Proof,
    Section,
    SectionFigure,
    SectionQuote,
    Signature,
    State,
)
from alongside.briefs.rules import may_look, may_write
from alongside.disclosure import queries as disclosure
from alongside.evidence import queries as evidence
from alongside.kernel import clock, house_key
from alongside.quotes import queries as quotes

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.assembling import Assembled
    from alongside.quotes.queries import Quotable

__all__ = ["Audience", "Kind", "State", "may_look", "may_write"]
ANSWERS = Check.Answer.choices
SEALED_FOR = "proof of a brief"


@dataclass(frozen=True)
class Standing:
    """A proof as it stands: what would be printed, who signed exactly that, whose signature is missing."""

    proof: Proof
    document: Document
    signatures: list[Signature]
    missing: list[str] = field(default_factory=list)


def briefs(viewer: Worker) -> QuerySet[Brief]:
    """The briefs the viewer may see: those of their agency, and for a data steward those whose proof names them."""
    return Brief.objects.select_related("agency").order_by("-begun_at") if may_look(viewer) else Brief.objects.none()


def get_brief(viewer: Worker, brief_id: UUID) -> Brief:
    """Return one brief.

    :raises Brief.DoesNotExist: if there is none for this viewer
    """
    found: Brief = briefs(viewer).get(pk=brief_id)
    return found


def sections(brief: Brief) -> list[Section]:
    """Every section of a brief, in the order it was given within its kind."""
    return list(Section.objects.filter(brief=brief).order_by("order", "id"))


def groups(brief: Brief) -> list[tuple[str, str]]:
    """The groups a recommendation can stand in: ids and titles."""
    found = Section.objects.filter(brief=brief, kind=Kind.GROUP).order_by("order", "id")
    return [(str(one.pk), one.heading.get(get_language() or "en") or one.heading.get("en") or one.heading.get("fr", "")) for one in found]


def get_section(viewer: Worker, brief_id: UUID, section_id: UUID) -> Section:
    """Return one section of a brief.

    :raises Section.DoesNotExist: if there is none for this viewer
    """
    found: Section = Section.objects.select_related("brief", "brief__agency").get(brief=get_brief(viewer, brief_id), pk=section_id)
    return found


def quotes_of(section: Section) -> list[UUID]:
    """The quotes chosen for a section, in order."""
    return list(SectionQuote.objects.filter(section=section).order_by("order", "id").values_list("quote_id", flat=True))


def figures_of(section: Section) -> list[SectionFigure]:
    """The tables chosen for a section, in order."""
    return list(SectionFigure.objects.filter(section=section).order_by("order", "id"))


def chosen(brief: Brief) -> tuple[Counter[UUID], Counter[UUID]]:
    """How many quotes and how many tables stand in each section of a brief."""
    return tuple(Counter(table.objects.filter(brief=brief).values_list("section_id", flat=True)) for table in (SectionQuote, SectionFigure))  # type: ignore[return-value]


def chosen_elsewhere(section: Section) -> set[UUID]:
    """The quotes that stand in other sections of the brief."""
    return set(SectionQuote.objects.filter(brief_id=section.brief_id).exclude(section=section).values_list("quote_id", flat=True))


def answers(brief: Brief) -> dict[str, Check]:
    """What was answered to the questions before signing, by question."""
    return {one.question: one for one in Check.objects.filter(brief=brief)}


def assembled(viewer: Worker, brief: Brief, *, on: date, base: str) -> Assembled:
    """The brief as it would be printed on this day, with what still keeps it from being signed."""
    number = next_number(brief)
    made = assembling.assemble(viewer, brief, number=number, on=on, address=address_of(base, brief.slug, number))
    answered = answers(brief)
    open_questions = [question for code, question in rules.QUESTIONS.items() if code not in answered]
    made.problems += [rules.Problem(str(question), str(rules.UNANSWERED)) for question in open_questions]
    return made


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
    missing = [str(one) for one in rules.missing_signatures(brief, signed)]
    return Standing(proof, from_bytes(proof_content(proof)), signed, missing)


def proof_content(proof: Proof) -> bytes:
    """The frozen document of a proof.

    :raises InvalidTag: if it was altered, or moved here from another brief
    """
    content = house_key.unseal(bytes(proof.body), purpose=SEALED_FOR, about=str(proof.brief_id))
    if rules.checksum_of(content) != proof.checksum:
        raise InvalidTag
    return content


def signatures(brief: Brief, checksum: str) -> list[Signature]:
    """The signatures under exactly this proof, in the order they were given."""
    return list(Signature.objects.filter(brief=brief, checksum=checksum).order_by("signed_at"))


def signers(viewer: Worker, signed: list[Signature]) -> list[tuple[Signature, str, str, str]]:
    """Each signature with who gave it and in which agency; somebody of another agency has no name here (practice.md, trap 18)."""
    names = agencies.names_of(viewer, {one.signed_by_id for one in signed})
    houses = agencies.agencies_by_id([one.agency_id for one in signed])
    return [
        (one, names.get(one.signed_by_id, ""), str(houses[one.agency_id]), str(rules.SIGNERS.get(one.role, one.role))) for one in signed
    ]


def studies(viewer: Worker) -> list[tuple[str, str]]:
    """The studies a brief can print: ids and titles."""
    return [(str(one.pk), one.now.title) for one in evidence.studies(viewer)]


def halves(today: date | None = None) -> list[tuple[str, str]]:
    """The last six half-years, newest first: codes and words."""
    day = today or clock.today()
    last = day.year * 2 + (day.month > 6)
    codes = [f"{number // 2}-H{number % 2 + 1}" for number in range(last, last - 6, -1)]
    return [(code, disclosure.half_said(code)) for code in codes]


def is_taken(slug: str) -> bool:
    """Whether a brief or an edition that the asker can see has this address; another agency's is refused by the database."""
    return Brief.objects.filter(slug=slug).exists() or Edition.objects.filter(slug=slug).exists()


def quotable(viewer: Worker, section: Section) -> list[Quotable]:
    """The quotes that may stand in a section of this brief today."""
    brief = section.brief
    return quotes.publishable(viewer, brief.study_id, audience=brief.audience, on=clock.today()) if brief.study_id else []


def themes(viewer: Worker, brief: Brief) -> dict[UUID, str]:
    """What the themes of a brief's study are called."""
    return {one.pk: one.name for one in evidence.themes(viewer, brief.study_id)} if brief.study_id else {}


def offered(viewer: Worker, section: Section) -> list[tuple[str, str]]:
    """The tables that may stand in a section of this brief: ids and what each is of."""
    return [(str(one.pk), figures.title_of(one)) for one in figures.offered(viewer, section.brief)]


def first_findings(viewer: Worker, section: Section) -> dict[str, Text]:
    """What each table that may stand in a section says most of all, in both languages."""
    return {str(one.pk): figures.finding_of(one) for one in figures.offered(viewer, section.brief)}


def stewards(viewer: Worker) -> list[tuple[str, str]]:
    """The agencies whose data steward can be asked to sign: ids and names."""
    return [(str(one.pk), str(one)) for one in (viewer.agency, *agencies.other_agencies(viewer))]


def editions(brief: Brief) -> QuerySet[Edition]:
    """The editions of a brief, newest first, without what is in them."""
    return Edition.objects.filter(brief=brief).defer("document", *FILES)


def published() -> QuerySet[Edition]:
    """Every edition for everybody, the newest of each brief first."""
    return Edition.objects.filter(audience=Audience.PUBLIC).defer("document", *FILES).order_by("slug", "-number")


def get_edition(slug: str, number: int) -> Edition:
    """Return an edition, as far as whoever asks may read it.

    :raises Edition.DoesNotExist: if there is none for them
    """
    found: Edition = Edition.objects.get(slug=slug, number=number)
    return found


def earlier(edition: Edition) -> list[int]:
    """The numbers of the editions before and after this one that whoever asks may read."""
    return list(
        Edition.objects.filter(slug=edition.slug).exclude(number=edition.number).order_by("-number").values_list("number", flat=True)
    )


def document_of(edition: Edition) -> Document:
    """The frozen document of an edition."""
    return from_bytes(bytes(edition.document))


def article_of(edition: Edition, language: str) -> str:
    """The edition as it was published, to be shown inside a page."""
    return composing.article_of(bytes(getattr(edition, f"html_{language}")))


def changes(before: Edition, after: Edition, language: str) -> list[comparing.Change]:
    """What changed from one edition to another."""
    return comparing.changes(document_of(before), document_of(after), language)


def files_of(edition: Edition) -> dict[str, bytes]:
    """Everything that was published, by the name of its file, checksums included."""
    told = {f"{name[-2:]}.{name[:-3]}": bytes(getattr(edition, name)) for name in FILES}
    told["document.json"] = bytes(edition.document)
    told["checksums.txt"] = "".join(f"{rules.checksum_of(content)}  {name}\n" for name, content in sorted(told.items())).encode()
    return told
