"""Reading requests, from either side, as far as an agreement reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from alongside.agencies.queries import agencies_by_id, names_of_present
from alongside.consent import queries as consents
from alongside.files import queries as files
from alongside.kernel import clock, seal
from alongside.kernel.batches import Reading, both, reads
from alongside.kernel.prepared import prepared
from alongside.referrals import rules
from alongside.referrals.models import (
    DeclinedReferral,
    Outcome,
    Reason,
    Referral,
    ReferralIntake,
    State,
)
from alongside.referrals.queries.messages import asked_back
from alongside.trail.queries import colleagues_who_looked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alongside.agencies.models import Agency, Worker
    from alongside.consent.models import Release, ReleasedItem

OUTCOMES = Outcome.choices
REASONS = [(code, words) for code, words in Reason.choices if code != Reason.MORE_NEEDED]  # ask instead
UNANSWERED_FIRST = F("answered_at").asc(nulls_first=True)
SAYS_SO = 30  # days that a no is still told, on both sides


@dataclass(frozen=True)
class CircleMember:
    """One agency around a file: what was agreed, what was asked of it, and how that stands."""

    agency: Agency
    release: Release | None
    items: list[ReleasedItem]
    referrals: list[Referral]


def get_referral(worker: Worker, referral_id: UUID) -> Referral:
    """Return a request that this worker may see, from the asking or the asked side.

    :raises Referral.DoesNotExist: if there is none, or no live agreement shows it any more: there is no
        difference
    """
    return Referral.objects.get(id=referral_id)


def outcomes_after(referral: Referral) -> list[tuple[str, Any]]:
    """What the person's last word can be: after a no it can't be that it worked."""
    return [(code, label) for code, label in OUTCOMES if rules.is_possible_outcome(referral, code)]


def get_draft(worker: Worker, referral_id: UUID) -> Referral:
    """Return a request of the worker's own agency that has not been sent.

    :raises Referral.DoesNotExist: if there is none, or it was sent
    """
    return Referral.objects.get(id=referral_id, agency_id=worker.agency_id, state=State.DRAFT)


def was_sent(worker: Worker, referral_id: UUID) -> bool:
    """Whether a request of the worker's own agency has left: then the button was pressed twice."""
    found = Referral.objects.filter(id=referral_id, agency_id=worker.agency_id)
    return found.exclude(requested_at=None).exists()


def introduction(worker: Worker, referral: Referral) -> str:
    """Open the introduction, if the asker's agency wrote it or was agreed to see it."""
    return str(seal.unseal(referral, "introduction", agency_id=worker.agency_id) or "")


def introduction_before(worker: Worker, file_id: UUID) -> tuple[str, bool]:
    """The introduction of this file that the person approved last: it is written once and adapted.

    And whether it still counts as approved: not if they took something back since. One that they want nobody
    else to see is none.
    """
    before = Referral.objects.filter(file_id=file_id, agency_id=worker.agency_id)
    last = before.exclude(introduction_approved_at=None).order_by("-introduction_approved_at", "-id").first()
    if last is None or last.introduction_approved_at is None or last.id in consents.withheld_items(file_id):
        return "", False
    stands = not consents.took_back_since(file_id, last.introduction_approved_at)
    return introduction(worker, last), stands


def asked_of_us(worker: Worker) -> QuerySet[Referral]:
    """What other agencies ask of the worker's agency and it may see, the unanswered and oldest first."""
    still_seen = [*rules.OPEN, State.REJECTED]  # after a no as it was agreed beforehand
    found = Referral.objects.filter(to_agency_id=worker.agency_id, state__in=still_seen)
    return found.order_by(UNANSWERED_FIRST, "requested_at")[:100]


def declined(worker: Worker, at: datetime) -> QuerySet[DeclinedReferral]:
    """The agency's own lines about what it said no to in the last 30 days and does not see any more."""
    hidden = Referral.objects.filter(to_agency_id=worker.agency_id).values("id")
    found = DeclinedReferral.objects.filter(
        agency_id=worker.agency_id, declined_at__gte=at - timedelta(days=SAYS_SO)
    )
    return found.exclude(referral_id__in=hidden).order_by("-declined_at", "-id")[:20]


def declined_lines(worker: Worker, at: datetime) -> list[tuple[DeclinedReferral, Agency]]:
    """What `declined` says, each line with the agency that had asked."""
    lines = list(declined(worker, at))
    agencies = agencies_by_id({line.from_agency_id for line in lines})
    return [(line, agencies[line.from_agency_id]) for line in lines]


def was_declined(worker: Worker, referral_id: UUID) -> bool:
    """Whether the worker's agency has said no to this request already."""
    return DeclinedReferral.objects.filter(agency_id=worker.agency_id, referral_id=referral_id).exists()


def asked_by_us(worker: Worker) -> QuerySet[Referral]:
    """What the worker's agency asks of others and is not ended; unanswered past its term first."""
    found = Referral.objects.filter(agency_id=worker.agency_id, state__in=[*rules.OPEN, State.DRAFT])
    return found.order_by(UNANSWERED_FIRST, "answer_by")[:100]


@prepared
def overdue(worker: Worker, at: datetime) -> QuerySet[Referral]:
    """Requests that concern the worker and nobody answered within their term, the longest waiting first."""
    return Referral.objects.filter(
        _possible_by(at),
        _concerns(worker),
        agency_id=worker.agency_id,
        state=State.REQUESTED,
        answer_by__lte=at,
    ).order_by("answer_by")[:20]


@prepared
def heard_unanswered(worker: Worker) -> QuerySet[Referral]:
    """Unanswered requests that concern the worker and about which something was said, the oldest first."""
    asked = Referral.objects.filter(_concerns(worker), agency_id=worker.agency_id, state=State.REQUESTED)
    return asked.exclude(heard_from_at=None).order_by("heard_from_at", "id")[:100]


@reads
def to_answer(heard: QuerySet[Referral]) -> Reading[list[Referral]]:
    """Those of these requests that wait for our answer to a question."""
    yield [heard]
    wait = yield from asked_back.reading(heard)
    return [referral for referral in heard if referral.id in wait]


@prepared
def waiting(worker: Worker) -> QuerySet[Referral]:
    """What waits for an answer from the worker's agency, and is not put off to a later day."""
    return Referral.objects.filter(
        _possible_by(clock.now()), to_agency_id=worker.agency_id, state=State.REQUESTED
    ).order_by("requested_at")[:20]


@prepared
def answers(worker: Worker, at: datetime) -> QuerySet[Referral]:
    """Answers, questions and messages that concern the worker and nobody has noted yet."""
    lately = Greatest("answered_at", "heard_from_at")
    return (
        Referral.objects.filter(_concerns(worker), agency_id=worker.agency_id)
        .exclude(state__in=[State.CANCELLED, State.ENTERED_IN_ERROR])
        .annotate(lately=lately)
        .filter(Q(noted_at=None) | Q(lately__gt=F("noted_at")), lately__gte=at - timedelta(days=30))
        .order_by("-lately", "-id")[:20]
    )


@reads
def seen_of(worker: Worker, *asked: QuerySet[Referral]) -> Reading[dict[UUID, list[str]]]:
    """What `seen_by` says of all of these requests."""
    yield asked
    return (yield from seen_by.reading(worker, [referral for some in asked for referral in some]))


@reads
def seen_by(worker: Worker, referrals: Iterable[Referral]) -> Reading[dict[UUID, list[str]]]:
    """Who of the team looked into the file since the other side was last heard, or its term ended.

    The team is the lead, the backup and whoever is on. Two statements, however many requests.

    :return: their names, by request
    """
    heard = [(referral, at) for referral in referrals if (at := heard_at(referral))]
    if not heard:
        return {}
    ids = {referral.file_id for referral, _at in heard}
    looked, teams = yield from both(
        colleagues_who_looked.reading(worker.agency_id, ids, min(at for _referral, at in heard)),
        files.teams.reading(worker, ids),
    )
    names = yield from names_of_present.reading(worker, {each for some in looked.values() for each in some})
    return {
        referral.id: sorted(
            names[each]
            for each, last in looked.get(referral.file_id, {}).items()
            if last >= at and each in teams.get(referral.file_id, ()) and each in names
        )
        for referral, at in heard
    }


def heard_at(referral: Referral) -> datetime | None:
    """When the other side was last heard, or when its time to answer ended."""
    lapsed = referral.answer_by if referral.state == State.REQUESTED else None
    return referral.last_heard_at or lapsed


def _possible_by(at: datetime) -> Q:
    """Return the condition on requests that were not put off, or only to a day that has come."""
    return Q(possible_from=None) | Q(possible_from__lte=clock.day(at))


@prepared
def unheard(worker: Worker) -> QuerySet[Referral]:
    """Ended requests that concern the worker, on which the person has not had a word yet."""
    done = [State.COMPLETED, State.FAILED]
    return Referral.objects.filter(
        _concerns(worker), agency_id=worker.agency_id, state__in=done, outcome=""
    ).order_by("moved_at")[:10]


@prepared
def to_ask_alone(worker: Worker) -> QuerySet[Referral]:
    """Drafts of the worker's about which somebody else was there when it was talked about."""
    talked_about = consents.to_ask_alone(worker).values("id")
    found = Referral.objects.filter(release_id__in=talked_about, state=State.DRAFT)
    return found.order_by("written_at")[:10]


@prepared
def thrown_away(worker: Worker, at: datetime) -> QuerySet[Referral]:
    """Drafts that the worker threw away today: nothing of them has left, so they can be put back."""
    found = Referral.objects.filter(
        agency_id=worker.agency_id,
        written_by=worker.pk,
        state=State.CANCELLED,
        requested_at=None,
        moved_at__gte=clock.beginning_of(clock.day(at)),
    )
    undecided = consents.undecided(worker).values("id")
    return found.filter(release_id__in=undecided).order_by("-moved_at", "-id")[:10]


def _concerns(worker: Worker) -> Q:
    """Return the condition on requests that the worker made, or of a file whose news is theirs to hear."""
    return Q(requested_by=worker.pk) | Q(file_id__in=files.in_care_of(worker).values("id"))


def of_file(worker: Worker, file_id: UUID) -> list[Referral]:
    """Every request made from a file of the worker's own agency, newest first."""
    return list(
        Referral.objects.filter(file_id=file_id, agency_id=worker.agency_id)
        .exclude(state=State.ENTERED_IN_ERROR)
        .order_by("-id")
    )


def already_on(worker: Worker, referral: Referral) -> list[Referral]:
    """Who is already doing this, from the circle.

    Requests for the same need or the same priority that are not ended.
    """
    same = Q(need=referral.need) & ~Q(need="")
    if referral.priority_id:
        same |= Q(priority_id=referral.priority_id)
    found = Referral.objects.filter(
        same, file_id=referral.file_id, agency_id=worker.agency_id, state__in=rules.OPEN
    )
    return list(found.exclude(id=referral.id))


def circle(
    worker: Worker,
    file_id: UUID,
    at: datetime,
    every: list[Referral] | None = None,
    known: dict[UUID, Agency] | None = None,
) -> list[CircleMember]:
    """The agencies around a file of the worker's own.

    Everybody who sees something now, everybody who was asked, and for 30 days who said no.

    `every`: what `of_file` says, and `known`: agencies, where the caller has them already.
    """
    releases = list(consents.live(file_id, at).filter(agency_id=worker.agency_id))
    items = consents.items_by_release(file_id, releases)
    every = of_file(worker, file_id) if every is None else every
    asked = [r for r in every if r.standing.is_open or _says_no(r, at)]
    ids = [*dict.fromkeys([r.to_agency_id for r in releases] + [r.to_agency_id for r in asked])]
    agencies = agencies_by_id(ids, known)
    around: list[CircleMember] = []
    for agency_id in ids:
        theirs = [r for r in asked if r.to_agency_id == agency_id]
        agreed: list[Release | None] = [r for r in releases if r.to_agency_id == agency_id]
        for release in agreed or [None]:
            carried = [r for r in theirs if release is None or r.release_id == release.id]
            around.append(
                CircleMember(agencies[agency_id], release, items[release.id] if release else [], carried)
            )
    return around


def _says_no(referral: Referral, at: datetime) -> bool:
    lately = referral.moved_at is not None and referral.moved_at >= at - timedelta(days=SAYS_SO)
    return referral.standing.went_badly and lately


def received(worker: Worker, file_id: UUID) -> list[tuple[Agency, Referral]]:
    """The agencies whose requests brought this file about, as long as their agreements live."""
    intakes = list(ReferralIntake.objects.filter(file_id=file_id, agency_id=worker.agency_id))
    if not intakes:
        return []
    referrals = Referral.objects.filter(id__in=[r.referral_id for r in intakes])
    found = {r.id: r for r in referrals}
    agencies = agencies_by_id({r.agency_id for r in referrals})
    return [
        (agencies[found[r.referral_id].agency_id], found[r.referral_id])
        for r in intakes
        if r.referral_id in found
    ]


def own_file(worker: Worker, referral: Referral) -> UUID | None:
    """The file that the worker's agency opened when it said yes, if it did."""
    intake = ReferralIntake.objects.filter(referral_id=referral.id, agency_id=worker.agency_id).first()
    return intake.file_id if intake else None


def shareable_introduction(worker: Worker, referral: Referral) -> list[dict[str, Any]]:
    """The introduction as something that could be agreed to be shared, if one was written."""
    words = introduction(worker, referral)
    return (
        [{"kind": "introduction", "id": referral.id, "columns": "introduction", "words": words, "tags": []}]
        if words
        else []
    )
