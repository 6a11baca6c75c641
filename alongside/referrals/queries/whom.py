"""Whom to ask for one thing: first the agencies that can be asked here, with how soon they answered us."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.agencies.queries import agencies_by_id, agencies_named, other_agencies
from alongside.directory import queries as directory
from alongside.kernel import clock
from alongside.kernel.transliteration import folded
from alongside.plans import queries as plans
from alongside.referrals import rules
from alongside.referrals.models import Referral, State
from alongside.referrals.queries.measures import speeds

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker
    from alongside.directory.models import Entry
    from alongside.files.models import File


@dataclass
class Offer:
    """An agency that can be asked here, what it offers for this, and what we know of asking it."""

    agency: Agency
    entries: list[Entry] = field(default_factory=list)
    is_open: bool = False
    facts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Whom:
    """Who can be asked here for one thing, and who of the person's own circle does it already."""

    offers: list[Offer]
    already: list[tuple[Referral, Agency]]


def whom_to_ask(
    worker: Worker,
    file: File,
    need: str,
    priority_id: UUID | None,
    words: str = "",
    language: str = "",
    outside_interpreter: bool = False,
) -> Whom:
    """Return whom to ask: who is named first if words were typed, else who offers what is needed.

    :param language: only who says of a service that it is given in this language
    :param outside_interpreter: only who says that an interpreter from outside the region comes with it; in a
        small place an interpreter may know the person, or whoever looks for them (practice.md 8)

    Indigenous-led services stand first for whoever said that they want one, and for nobody else.
    """
    entries = directory.offered("" if words else need)
    if language:
        entries = entries.filter(languages__contains=[language])
    if outside_interpreter:
        entries = entries.filter(flags__contains=["outside_interpreter"])
    offers: dict[UUID, Offer] = {}
    agencies = {agency.id: agency for agency in other_agencies(worker)}
    named = agencies_named(words) if words else set()
    for entry in entries:
        agency = agencies.get(entry.offered_by_id) if entry.offered_by_id else None
        if agency and (not words or agency.id in named or folded(words) in folded(entry.shown_name)):
            offer = offers.setdefault(agency.id, Offer(agency))
            offer.entries.append(entry)
    for agency_id in named & agencies.keys() if not (language or outside_interpreter) else ():
        offers.setdefault(agency_id, Offer(agencies[agency_id]))
    open_now = directory.open_among([entry.id for each in offers.values() for entry in each.entries])
    asked, speed = _asked(worker, file), speeds(offers)
    for offer in offers.values():
        offer.is_open = any(entry.id in open_now for entry in offer.entries)
        said = speed.get(offer.agency.id)
        offer.facts = [*([said] if said else []), *_declined(asked[offer.agency.id], need, priority_id)]
    wants_indigenous_led = plans.wants(worker, file.id, "indigenous_led")
    ordered = sorted(
        offers.values(),
        key=lambda offer: (
            not (wants_indigenous_led and offer.agency.is_indigenous_led),
            not offer.is_open,
            str(offer.agency).casefold(),
        ),
    )
    return Whom(ordered, _already(asked, need, priority_id))


def _asked(worker: Worker, file: File) -> defaultdict[UUID, list[Referral]]:
    """What was asked for this file, by whom it asked."""
    found = Referral.objects.filter(agency_id=worker.agency_id, file_id=file.id).exclude(state=State.DRAFT)
    by_agency: defaultdict[UUID, list[Referral]] = defaultdict(list)
    for referral in found:
        by_agency[referral.to_agency_id].append(referral)
    return by_agency


def _declined(asked: list[Referral], need: str, priority_id: UUID | None) -> list[str]:
    """When they said no to this."""
    facts = []
    for referral in asked:
        if _is_same(referral, need, priority_id) and referral.answered_at:
            day = date_format(clock.day(referral.answered_at), "MONTH_DAY_FORMAT")
            if referral.state == State.REJECTED:
                facts.append(_("said no to this on %(day)s") % {"day": day})
    return facts


def _already(
    asked: defaultdict[UUID, list[Referral]], need: str, priority_id: UUID | None
) -> list[tuple[Referral, Agency]]:
    doing = [
        referral
        for referrals in asked.values()
        for referral in referrals
        if referral.state in rules.OPEN and _is_same(referral, need, priority_id)
    ]
    agencies = agencies_by_id({referral.to_agency_id for referral in doing})
    return [(referral, agencies[referral.to_agency_id]) for referral in doing]


def _is_same(referral: Referral, need: str, priority_id: UUID | None) -> bool:
    return bool(need and referral.need == need) or bool(priority_id and referral.priority_id == priority_id)
