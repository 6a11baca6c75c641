"""Writing a brief, putting it in proof, signing it and publishing an edition: one way through, and nothing half done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.briefs import checking, queries, releasing, rules
from alongside.briefs.edition.document import LANGUAGES, to_bytes
from alongside.briefs.edition.typesetting import typeset
from alongside.briefs.models import Brief, Check, Edition, Kind, Proof, Section, SectionFigure, SectionQuote, Signature, State
from alongside.kernel import house_key
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

ABOUT = (
    "study_id",
    "slug",
    "title",
    "contributors",
    "audience",
    "half",
    "cut_off_on",
    "concerns_indigenous",
    "steward_agency_id",
    "balance_reason",
)
WORDS = ("code", "heading", "body", "impact", "cost", "parent_id")


@transaction.atomic
def begin(*, facts: dict[str, Any], by: Worker, at: datetime) -> Brief:
    """Begin a brief: its title and address, the study it prints, who may read it.

    :raises rules.CannotWrite: if the worker's role doesn't write briefs
    """
    rules.check_can_write(by)
    brief = Brief(agency_id=by.agency_id, begun_by_id=by.pk, begun_at=at, **{name: facts[name] for name in ABOUT if name in facts})
    _keep(brief, new=True)
    note("briefs.begun", item_id=brief.pk, item_kind="brief")
    return brief


@transaction.atomic
def describe(*, brief: Brief, facts: dict[str, Any], by: Worker, at: datetime) -> Brief:
    """Change what a brief says about itself. Its address stays once an edition was published under it.

    :raises rules.CannotWrite: if it isn't being written
    """
    brief = _locked(brief)
    rules.check_can_write(by, brief)
    kept = {"slug", "audience"} if queries.editions(brief).exists() else set()
    for name in ABOUT:
        if name in facts and name not in kept:
            setattr(brief, name, facts[name])
    _keep(brief)
    note("briefs.written", item_id=brief.pk, item_kind="brief")
    return brief


@transaction.atomic
def write(*, brief: Brief, kind: str, facts: dict[str, Any], by: Worker, at: datetime, section_id: UUID | None = None) -> Section:
    """Write a section in both languages, or in one for now; a new one stands last among its kind.

    :raises rules.CannotWrite: if the brief isn't being written
    """
    brief = _locked(brief)
    rules.check_can_write(by, brief)
    if section_id is None and kind in rules.ONCE:
        section_id = Section.objects.filter(brief=brief, kind=kind).values_list("pk", flat=True).first()
    section = Section.objects.get(brief=brief, pk=section_id) if section_id else _new_section(brief, kind)
    for name in WORDS:
        if name in facts:
            setattr(section, name, facts[name])
    section.written_by_id, section.written_at = by.pk, at
    section.save()
    note("briefs.written", item_id=brief.pk, item_kind="brief")
    return section


@transaction.atomic
def remove(*, section: Section, by: Worker, at: datetime) -> None:
    """Take a section out, with what stands under it.

    :raises rules.CannotWrite: if the brief isn't being written
    """
    brief = _locked(section.brief)
    rules.check_can_write(by, brief)
    for one in [*Section.objects.filter(parent=section), section]:
        SectionQuote.objects.filter(section=one).delete()
        SectionFigure.objects.filter(section=one).delete()
        one.delete()
    note("briefs.written", item_id=brief.pk, item_kind="brief")


@transaction.atomic
def move(*, section: Section, up: bool, by: Worker, at: datetime) -> None:
    """Put a section one place earlier or later among those of its kind.

    :raises rules.CannotWrite: if the brief isn't being written
    """
    brief = _locked(section.brief)
    rules.check_can_write(by, brief)
    among = list(Section.objects.filter(brief=brief, kind=section.kind, parent_id=section.parent_id).order_by("order", "id"))
    place = next(number for number, one in enumerate(among) if one.pk == section.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(among):
        among[place], among[other] = among[other], among[place]
    for number, one in enumerate(among):
        if one.order != number:
            one.order = number
            one.save(update_fields=["order"])


@transaction.atomic
def choose_quotes(*, section: Section, quote_ids: list[UUID], by: Worker, at: datetime) -> None:
    """Let these quotes, and no others, stand in a section, in this order; only what may be printed can be chosen.

    :raises rules.CannotWrite: if the brief isn't being written, or a quote may not be printed
    """
    brief = _locked(section.brief)
    rules.check_can_write(by, brief)
    may = releasing.standing_quotes(by, brief, quote_ids, timezone.localdate(at))
    if set(quote_ids) - may:
        raise rules.CannotWrite(_("One of these quotes may not be printed. Choose again from those that may."))
    SectionQuote.objects.filter(section=section).delete()
    for order, quote_id in enumerate(dict.fromkeys(quote_ids)):
        SectionQuote.objects.create(brief=brief, agency_id=brief.agency_id, section=section, quote_id=quote_id, order=order)
    note("briefs.written", item_id=brief.pk, item_kind="brief")


@transaction.atomic
def choose_figures(*, section: Section, figures: list[tuple[UUID, dict[str, str]]], by: Worker, at: datetime) -> None:
    """Let these released tables, and no others, stand in a section, each with its finding in both languages.

    :raises rules.CannotWrite: if the brief isn't being written
    """
    brief = _locked(section.brief)
    rules.check_can_write(by, brief)
    SectionFigure.objects.filter(section=section).delete()
    for order, (release_id, finding) in enumerate(figures):
        SectionFigure.objects.create(
            brief=brief, agency_id=brief.agency_id, section=section, release_id=release_id, finding=finding, order=order
        )
    note("briefs.written", item_id=brief.pk, item_kind="brief")


@transaction.atomic
def answer(*, brief: Brief, question: str, answer: str, words: str, by: Worker, at: datetime) -> Check:
    """Answer one of the questions before signing; anything but a plain yes is explained.

    :raises rules.CannotWrite: if the brief isn't being written, or the reason is missing
    """
    brief = _locked(brief)
    rules.check_can_write(by, brief)
    if question not in rules.QUESTIONS or answer not in Check.Answer.values:
        raise rules.CannotWrite(_("This is none of the questions."))
    if answer != Check.Answer.YES and not words.strip():
        raise rules.CannotWrite(_("Say in a sentence how it stands. Whoever signs reads it."))
    told = {"answer": answer, "note": words.strip(), "answered_by_id": by.pk, "answered_at": at}
    check, _new = Check.objects.update_or_create(brief=brief, agency_id=brief.agency_id, question=question, defaults=told)
    return check


@transaction.atomic
def answer_all(*, brief: Brief, answers: dict[str, tuple[str, str]], by: Worker, at: datetime) -> None:
    """Answer as many of the questions as were answered.

    :raises rules.CannotWrite: if the brief isn't being written, or a reason is missing
    """
    for question, (said, words) in answers.items():
        answer(brief=brief, question=question, answer=said, words=words, by=by, at=at)


@transaction.atomic
def prove(*, brief: Brief, base: str, by: Worker, at: datetime) -> Proof:
    """Freeze what would be printed today, so that it can be read and signed.

    :raises rules.CannotPublish: with every place that is missing, in either language
    """
    brief = _locked(brief)
    rules.check_can_write(by, brief)
    rules.check_can_move(brief, State.PROOF)
    on = timezone.localdate(at)
    made = queries.assembled(by, brief, on=on, base=base)
    pages = {language: typeset(made.document, language).pages for language in LANGUAGES} if not made.problems else {}
    problems = [*made.problems, *checking.too_long(pages)]
    if problems:
        raise rules.CannotPublish(_("This is missing before it can be put in proof."), problems)
    content = to_bytes(made.document)
    sealed = house_key.seal(content, purpose=queries.SEALED_FOR, about=str(brief.pk))
    proof = Proof.objects.create(
        brief=brief, agency_id=brief.agency_id, body=sealed, checksum=rules.checksum_of(content), pages=pages, made_by_id=by.pk, made_at=at
    )
    brief.proof_on = on
    _move(brief, State.PROOF, by, at)
    note("briefs.put_in_proof", item_id=brief.pk, item_kind="brief")
    return proof


@transaction.atomic
def take_back(*, brief: Brief, by: Worker, at: datetime) -> Brief:
    """Take a brief back to be written, or begin its next edition. What was signed counts no longer.

    :raises rules.CannotMove: if it is being written already
    """
    brief = _locked(brief)
    if not rules.may_write(by) or by.agency_id != brief.agency_id:
        raise rules.CannotMove(_("Evidence editors take a brief back."))
    rules.check_can_move(brief, State.DRAFTING)
    Proof.objects.filter(brief=brief).delete()
    _move(brief, State.DRAFTING, by, at)
    note("briefs.taken_back", item_id=brief.pk, item_kind="brief")
    return brief


@transaction.atomic
def sign(*, brief: Brief, checksum: str, by: Worker, at: datetime) -> Signature:
    """Sign exactly the proof that was on the page. With the last signature that was missing, the brief is signed.

    :raises rules.CannotSign: if this worker may not, or the proof is another by now
    """
    brief = _locked(brief) if by.agency_id == brief.agency_id else queries.get_brief(by, brief.pk)
    standing = queries.standing(brief)
    rules.check_can_sign(by, brief, standing.signatures if standing else [])
    if standing is None or standing.proof.checksum != checksum:
        raise rules.CannotSign(_("This proof is no longer the one that stands. Read the new one first."))
    signature = Signature(brief=brief, agency_id=by.agency_id, checksum=checksum, role=by.role, signed_by_id=by.pk, signed_at=at)
    signature.save(force_insert=True)
    if by.agency_id == brief.agency_id and not rules.missing_signatures(brief, [*standing.signatures, signature]):
        rules.check_can_move(brief, State.SIGNED)
        _move(brief, State.SIGNED, by, at)
    note("briefs.signed", item_id=brief.pk, item_kind="brief", other_agency_id=brief.agency_id)
    return signature


@transaction.atomic
def publish(*, brief: Brief, by: Worker, at: datetime) -> Edition:
    """Publish what was signed: every quote still stands, every table is released in the same transaction, both languages are typeset. Or nothing happens.

    :raises rules.CannotPublish: with what stands in the way
    """
    brief = _locked(brief)
    standing = queries.standing(brief)
    rules.check_can_publish(by, brief, standing.signatures if standing else [], [])
    if standing is None or brief.proof_on is None:
        raise rules.CannotPublish(_("There is no proof."))
    base = standing.document.address.rpartition("/briefs/")[0]
    made = queries.assembled(by, brief, on=brief.proof_on, base=base)
    problems = list(made.problems)
    problems += releasing.gone_quotes(by, brief, made.document, timezone.localdate(at))
    if not problems and to_bytes(made.document) != queries.proof_content(standing.proof):
        problems.append(rules.Problem("", _("What would be printed now is not what was signed. Take it back, and put it in proof again.")))
    rules.check_can_publish(by, brief, standing.signatures, problems)
    edition = releasing.printed(brief, standing.document, by, at)
    releasing.publish_tables(made.releases, signatures=standing.signatures, by=by, at=at)
    edition.save(force_insert=True)
    _move(brief, State.PUBLISHED, by, at)
    Proof.objects.filter(brief=brief).delete()
    note("briefs.published", item_id=edition.pk, item_kind="edition", count=edition.number)
    return edition


def _locked(brief: Brief) -> Brief:
    """The brief, held until the transaction is over."""
    found: Brief = Brief.objects.select_for_update(of=("self",)).select_related("agency").get(pk=brief.pk)
    return found


def _keep(brief: Brief, *, new: bool = False) -> None:
    try:
        with transaction.atomic():
            brief.save(force_insert=new)
    except IntegrityError as taken:
        raise rules.CannotWrite(_("This address is taken. Choose another one.")) from taken


def _move(brief: Brief, to: State, by: Worker, at: datetime) -> None:
    brief.state, brief.moved_by_id, brief.moved_at = to, by.pk, at
    brief.save()


def _new_section(brief: Brief, kind: str) -> Section:
    if kind not in Kind.values:
        raise rules.CannotWrite(_("There is no such part of a brief."))
    last = Section.objects.filter(brief=brief, kind=kind).aggregate(last=Max("order"))["last"]
    return Section(brief=brief, agency_id=brief.agency_id, kind=kind, order=0 if last is None else last + 1)
