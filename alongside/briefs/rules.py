"""What a brief has to be before anybody signs it, who may sign, and when it may be printed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.agencies.queries import Role, roles_with
from alongside.briefs.edition.document import checksum
from alongside.briefs.models import MOVES, Check, Kind, State
from alongside.kernel.punctuation import labelled
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.models import Brief, Signature

SIGNING = roles_with("sign-briefs")
SIGNERS: dict[str, Promise] = {
    Role.EDITOR: _("evidence editor"),
    Role.LEADER: _("leader"),
    Role.PRIVACY_OFFICER: _("privacy officer"),
    Role.DATA_STEWARD: _("Indigenous data steward"),
}
ONCE = (Kind.SUMMARY, Kind.CONTEXT, Kind.METHOD, Kind.PLEA)
CODES = (*(f"R{number}" for number in range(1, 10)), "F")

RECOGNISE = "recognise"
# What is asked before a policy brief is signed, after the SUPPORT tools for evidence-informed policymaking
# (Lavis and others, 2009), in our own words.
QUESTIONS: dict[str, Promise] = {
    "issue": _("Is it about something that matters now, and does it say where and for whom?"),
    "options": _(
        "Does it say what the problem is, what could be done about it, what that would cost and bring, and "
        "what it takes to do it?"
    ),
    "methods": _(
        "Does it say how what it tells was found, chosen and weighed, so that somebody else could do it "
        "again?"
    ),
    "fairness": _("Does it say how sure it is, whether it holds here, and who could be left worse off?"),
    "grades": _("Can it be read on one page, on three, and whole, and does each say the same?"),
    "review": _("Has somebody who knows the research and somebody who knows the services read it?"),
    RECOGNISE: _("Would the person who hurt them recognise anybody in it?"),
}
UNANSWERED = _("This question is not answered yet.")
RECOGNISABLE = _(
    "Only with a no is it published. Change or take out what somebody would be recognised by, then answer "
    "this question again."
)


class CannotWrite(Refusal):
    """The brief can't be written on now, or not by this worker."""


class CannotMove(Refusal):
    """The brief can't go there from where it stands."""


class CannotSign(Refusal):
    """This worker's signature doesn't count here."""


class CannotPublish(Refusal):
    """The edition can't be printed; `problems` says what stands in the way, place by place."""

    def __init__(self, message: str | Promise, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = list(problems)


@dataclass(frozen=True)
class Problem:
    """Something that keeps a brief from being signed: where, and what to do.

    `at` is the place in the document, and `mended_at` the address of the page where it is mended.
    """

    place: str
    words: str
    at: tuple[str, ...] = ()
    mended_at: str = ""

    def __str__(self) -> str:
        return labelled(self.place, self.words) if self.place else self.words


def answers_to(question: str) -> tuple[Check.Answer, ...]:
    """What may be answered to a question. The first is what one hopes for; only that needs no reason."""
    said = Check.Answer
    if question == RECOGNISE:
        return said.NO, said.YES, said.UNSURE
    return said.YES, said.PARTLY, said.NOT_HERE


def open_questions(answered: Mapping[str, Check]) -> list[Problem]:
    """Return the questions that keep a brief from being signed and published.

    Those without an answer; and whether somebody is recognised in it, until that is a no (practice.md, 6).
    """
    told = [Problem(str(QUESTIONS[code]), str(UNANSWERED)) for code in QUESTIONS if code not in answered]
    if RECOGNISE in answered and answered[RECOGNISE].answer != Check.Answer.NO:
        told.append(Problem(str(QUESTIONS[RECOGNISE]), str(RECOGNISABLE)))
    return told


def checksum_of(content: bytes) -> str:
    """Return the SHA-256 of what is frozen or printed."""
    return checksum(content)


def may_look(worker: Worker) -> bool:
    """Say whether this role sees its own agency's briefs at all."""
    return worker.may("read-briefs")


def may_write(worker: Worker) -> bool:
    """Say whether this role writes briefs."""
    return worker.may("edit-evidence")


def check_can_write(worker: Worker, brief: Brief | None = None) -> None:
    """Briefs are written by evidence editors, in their own agency, while they are being written.

    :raises CannotWrite: otherwise
    """
    if not may_write(worker):
        raise CannotWrite(_("Evidence editors write briefs. Ask one of them."))
    if brief is not None and (brief.agency_id != worker.agency_id or brief.state != State.DRAFTING):
        raise CannotWrite(
            _(
                "What is in proof is not changed. Take it back to be written first; its signatures no longer "
                "count then."
            )
        )


def check_can_move(brief: Brief, to: State) -> None:
    """A brief goes where `MOVES` says.

    :raises CannotMove: otherwise
    """
    if to not in MOVES[State(brief.state)]:
        raise CannotMove(
            _("That can’t follow from where this brief stands now. Look at it once more: it may have moved.")
        )


def missing_signatures(brief: Brief, signatures: Iterable[Signature]) -> list[Any]:
    """Return whose signatures a proof still lacks, in words: two people of the agency, an editor among them.

    And the data steward it names.
    """
    signed = list(signatures)
    own = {
        signature.signed_by_id: signature.role
        for signature in signed
        if signature.agency_id == brief.agency_id and signature.role in SIGNING
    }
    missing = []
    if Role.EDITOR not in own.values():
        missing.append(_("an evidence editor"))
    if len(own) < 2:
        missing.append(_("a second person: another editor, a leader or a privacy officer"))
    if brief.concerns_indigenous and not _steward_signed(brief, signed):
        missing.append(_("the Indigenous data steward"))
    return missing


def _steward_signed(brief: Brief, signed: list[Signature]) -> bool:
    return any(
        signature.role == Role.DATA_STEWARD and signature.agency_id == brief.steward_agency_id
        for signature in signed
    )


def check_can_sign(worker: Worker, brief: Brief, signatures: Iterable[Signature]) -> None:
    """Two different people of the agency sign, and the steward of whom it concerns before the second.

    So practice.md 2.8 has it.

    :raises CannotSign: if it is not in proof, this worker's role doesn't sign it, or they have signed already
    """
    signed = list(signatures)
    if brief.state != State.PROOF:
        raise CannotSign(_("Only a proof is signed. Put the brief in proof first."))
    if any(signature.signed_by_id == worker.pk for signature in signed):
        raise CannotSign(_("You have signed this proof. Somebody else signs next. Ask them to."))
    if (
        brief.concerns_indigenous
        and worker.may("steward-data")
        and worker.agency_id == brief.steward_agency_id
    ):
        return
    if worker.agency_id != brief.agency_id or not worker.may("sign-briefs"):
        raise CannotSign(_("An editor, a leader or a privacy officer of the agency signs. Ask one of them."))
    own = [
        signature
        for signature in signed
        if signature.agency_id == brief.agency_id and signature.role in SIGNING
    ]
    if own and brief.concerns_indigenous and not _steward_signed(brief, signed):
        raise CannotSign(_("The Indigenous data steward signs before the second signature. Ask them first."))
    if (
        own
        and not worker.may("edit-evidence")
        and not any(signature.role == Role.EDITOR for signature in own)
    ):
        raise CannotSign(_("One of the two is an evidence editor. Ask one to sign."))


def check_can_publish(
    worker: Worker, brief: Brief, signatures: Iterable[Signature], problems: Iterable[Problem]
) -> None:
    """Only what is signed by all, and still exactly what was signed, is printed.

    :raises CannotPublish: with the places
    """
    if not may_write(worker) or worker.agency_id != brief.agency_id:
        raise CannotPublish(_("Evidence editors publish briefs. Ask one of them."))
    if brief.state != State.SIGNED or missing_signatures(brief, signatures):
        raise CannotPublish(_("It is not signed by everybody who has to. Ask whoever is missing."))
    found = list(problems)
    if found:
        raise CannotPublish(_("It can’t be published as it is. Nothing was printed."), found)
