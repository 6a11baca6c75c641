"""What somebody agrees that several agencies at the hub may see until midnight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.agencies.queries import agencies_by_id
from alongside.consent import queries as consents
from alongside.hub import rules
from alongside.hub.queries.day import Seat
from alongside.referrals import queries as referrals

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker
    from alongside.consent.models import Release
    from alongside.referrals.models import Referral


@dataclass(frozen=True)
class Agreed:
    """One agency and what it is to see, as it is read back."""

    referral: Referral
    release: Release
    agency: Agency
    items: list[dict[str, Any]]
    version: str  # of the text that is read back


def beside_the_person(worker: Worker, file_id: UUID, seats: list[Seat]) -> list[Agency]:
    """Return the agencies that can be told tonight: others who sit there now, but whom the person kept out.

    None that passes on what it hears: it is asked on a page of its own (practice.md 1.3).
    """
    return [
        seat.agency
        for seat in seats
        if seat.people
        and seat.agency.pk != worker.agency_id
        and not seat.agency.must_pass_on
        and not consents.is_blocked(file_id, seat.agency.pk)
    ]


def items_of(worker: Worker, file_id: UUID) -> list[tuple[str, str]]:
    """Return what could be agreed to be shared, each by its number and its words."""
    items = referrals.agreement.shareable_of_file(worker, file_id)
    colon = _(": ")
    return [(str(item["id"]), f"{item['label']}{colon}{item['spoken']}"[:200]) for item in items]


def last_said(worker: Worker, file_id: UUID) -> str:
    """Return the introduction that the person approved last, if it stands."""
    words, stands = referrals.introduction_before(worker, file_id)
    return words if stands else ""


def agreed(worker: Worker, file_id: UUID, at: datetime) -> list[Agreed]:
    """Return what was ticked for tonight and waits to be read back, by agency."""
    drafts = [each for each in referrals.of_file(worker, file_id) if each.state == "draft"]
    agencies = agencies_by_id({draft.to_agency_id for draft in drafts})
    found = []
    for draft in drafts:
        release = consents.get_release(worker, file_id, draft.release_id)
        if release.until == rules.midnight(at) and release.given_at is None:
            items = referrals.agreement.named(worker, draft, release)
            version = referrals.paper(worker, draft, release).version
            found.append(Agreed(draft, release, agencies[draft.to_agency_id], items, version))
    return sorted(found, key=lambda each: str(each.agency))
