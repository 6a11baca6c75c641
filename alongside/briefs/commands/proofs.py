"""Answering the questions, putting a brief in proof, signing it, and taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.briefs import queries, rules
from alongside.briefs.commands.briefs import locked, move_to
from alongside.briefs.edition.document import LANGUAGES, to_bytes
from alongside.briefs.edition.pdf import typeset
from alongside.briefs.models import Check, Proof, Signature, State
from alongside.kernel import clock, installation_key
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.models import Brief


@transaction.atomic
def answer(*, brief: Brief, question: str, answer: str, words: str, by: Worker, at: datetime) -> Check:
    """Answer one of the questions before signing; anything but what one hopes for is explained.

    :raises rules.CannotWrite: if the brief isn't being written, or the reason is missing
    """
    brief = locked(brief)
    rules.check_can_write(by, brief)
    if question not in rules.QUESTIONS or answer not in (possible := rules.answers_to(question)):
        raise rules.CannotWrite(_("This is none of the questions."))
    if answer != possible[0] and not words.strip():
        raise rules.CannotWrite(_("Say in a sentence how it stands. Whoever signs reads it."))
    told = {"answer": answer, "note": words.strip(), "answered_by_id": by.pk, "answered_at": at}
    check, _new = Check.objects.update_or_create(
        brief=brief, agency_id=brief.agency_id, question=question, defaults=told
    )
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
    brief = locked(brief)
    rules.check_can_write(by, brief)
    rules.check_can_move(brief, State.PROOF)
    on = clock.day(at)
    made = queries.assembled(by, brief, on=on, base=base)
    pages = (
        {language: typeset(made.document, language).pages for language in LANGUAGES}
        if not made.problems
        else {}
    )
    problems = queries.led(brief, [*made.problems, *queries.too_long(pages)])
    if problems:
        raise rules.CannotPublish(_("This is missing before it can be put in proof."), problems)
    content = to_bytes(made.document)
    sealed = installation_key.seal(content, purpose=queries.SEALED_FOR, about=str(brief.pk))
    proof = Proof.objects.create(
        brief=brief,
        agency_id=brief.agency_id,
        body=sealed,
        checksum=rules.checksum_of(content),
        pages=pages,
        made_by_id=by.pk,
        made_at=at,
    )
    brief.proof_on = on
    move_to(brief, State.PROOF, by, at)
    note("briefs.put_in_proof", item_id=brief.pk, item_kind="brief")
    return proof


@transaction.atomic
def take_back(*, brief: Brief, by: Worker, at: datetime) -> Brief:
    """Take a brief back to be written, or begin its next edition. What was signed counts no longer.

    :raises rules.CannotMove: if it is being written already
    """
    brief = locked(brief)
    if not rules.may_write(by) or by.agency_id != brief.agency_id:
        raise rules.CannotMove(_("Evidence editors take a brief back."))
    rules.check_can_move(brief, State.DRAFTING)
    Proof.objects.filter(brief=brief).delete()
    move_to(brief, State.DRAFTING, by, at)
    note("briefs.taken_back", item_id=brief.pk, item_kind="brief")
    return brief


@transaction.atomic
def sign(*, brief: Brief, checksum: str, by: Worker, at: datetime) -> Signature:
    """Sign exactly the proof that was on the page.

    With the last signature that was missing, the brief is signed.

    :raises rules.CannotSign: if this worker may not, or the proof is another by now
    """
    brief = locked(brief) if by.agency_id == brief.agency_id else queries.get_brief(by, brief.pk)
    standing = queries.standing(brief)
    rules.check_can_sign(by, brief, standing.signatures if standing else [])
    if standing is None or standing.proof.checksum != checksum:
        raise rules.CannotSign(_("This proof is no longer the one that stands. Read the new one first."))
    signature = Signature(
        brief=brief, agency_id=by.agency_id, checksum=checksum, role=by.role, signed_by_id=by.pk, signed_at=at
    )
    signature.save(force_insert=True)
    if by.agency_id == brief.agency_id and not rules.missing_signatures(
        brief, [*standing.signatures, signature]
    ):
        rules.check_can_move(brief, State.SIGNED)
        move_to(brief, State.SIGNED, by, at)
    note("briefs.signed", item_id=brief.pk, item_kind="brief", other_agency_id=brief.agency_id)
    return signature
