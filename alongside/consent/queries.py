"""Reading agreements, from either side."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.consent import rules
from alongside.consent.models import (
    AfterNo,
    Block,
    Capacity,
    Manner,
    Method,
    Notice,
    Others,
    Purpose,
    Release,
    ReleasedItem,
    State,
)
from alongside.files.queries import caseload
from alongside.kernel import seal
from alongside.kernel.batches import Reading, reads
from alongside.kernel.prepared import prepared

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


PURPOSES, AFTER_NO, MANNERS, METHODS = (
    Purpose.choices,
    AfterNo.choices,
    Manner.choices,
    Method.choices,
)  # what the pages of agreeing offer
last_day = rules.last_day  # how far off the longest agreement there is may end
CAPACITIES, OTHERS, THEN_ALONE = Capacity.choices, Others.choices, Others.THEN_ALONE
KINDS = {
    "called": _("What to call them"),
    "languages": _("Languages"),
    "contact": _("How to reach them safely"),
    "priority": _("What they want"),
    "introduction": _("The introduction"),
}


def get_release(worker: Worker, file_id: UUID, release_id: UUID) -> Release:
    """Return an agreement the asker may see.

    Its custodian's, or one that lets the asker's agency see something now.

    :raises Release.DoesNotExist: if there is none
    """
    return Release.objects.get(file_id=file_id, id=release_id)


def items_of(release: Release) -> list[ReleasedItem]:
    """The items one agreement names."""
    return list(
        ReleasedItem.objects.filter(file_id=release.file_id, release_id=release.id).order_by("kind", "id")
    )


def live(file_id: UUID, at: datetime) -> QuerySet[Release]:
    """The agreements of a file under which somebody sees something now."""
    return Release.objects.filter(
        file_id=file_id,
        state=State.GIVEN,
        given_at__isnull=False,
        ended_at=None,
        starts_at__lte=at,
        until__gt=at,
    ).order_by("given_at")


def undecided(worker: Worker) -> QuerySet[Release]:
    """What the worker talked about with a person and is neither agreed to nor declined for good."""
    return Release.objects.filter(
        agency_id=worker.agency_id, offered_by=worker.pk, state__in=(State.OFFERED, State.DEFERRED)
    )


def to_ask_alone(worker: Worker) -> QuerySet[Release]:
    """What the worker talked about while somebody else was there, and is not agreed to."""
    return undecided(worker).filter(others_present=Others.OTHER)


def items_by_release(file_id: UUID, releases: list[Release]) -> dict[UUID, list[ReleasedItem]]:
    """What each of these agreements names, in one statement."""
    found: dict[UUID, list[ReleasedItem]] = {release.id: [] for release in releases}
    for item in ReleasedItem.objects.filter(file_id=file_id, release_id__in=found).order_by("kind", "id"):
        found[item.release_id].append(item)
    return found


def lets_see(worker: Worker, file_id: UUID) -> list[ReleasedItem]:
    """What live agreements let the asker's agency see of another agency's file."""
    return list(
        ReleasedItem.objects.filter(file_id=file_id, to_agency_id=worker.agency_id).order_by("kind", "id")
    )


def blocks(file_id: UUID) -> QuerySet[Block]:
    """The "not them"s of a file that hold now."""
    return Block.objects.filter(file_id=file_id, lifted_at=None).order_by("set_at")


def recusals(worker: Worker) -> QuerySet[Block]:
    """Who said "not me" of which file of the agency, and it holds now; for the privacy officer."""
    return Block.objects.filter(agency_id=worker.agency_id, lifted_at=None).order_by("-set_at", "-id")


def name_in(worker: Worker, block: Block) -> str:
    """Open the name that somebody was blocked by, if it was a name."""
    return str(seal.unseal(block, "words", agency_id=worker.agency_id) or "")


def get_block(file_id: UUID, block_id: UUID) -> Block:
    """Return one "not them".

    :raises Block.DoesNotExist: if there is none
    """
    return Block.objects.get(file_id=file_id, id=block_id)


def is_blocked(file_id: UUID, agency_id: UUID) -> bool:
    """Whether the person said "not them" of this agency."""
    return Block.objects.filter(
        file_id=file_id, against=f"agency:{agency_id}", item_id=None, lifted_at=None
    ).exists()


@reads
def blocked_agencies(file_ids: set[UUID]) -> Reading[set[tuple[UUID, UUID]]]:
    """Of which agencies the person said "not them", as file and agency."""
    found = Block.objects.filter(
        file_id__in=file_ids, against__startswith="agency:", item_id=None, lifted_at=None
    )
    yield [found]
    return {(block.file_id, UUID(block.against.removeprefix("agency:"))) for block in found}


@reads
def over(release_ids: set[UUID], at: datetime) -> Reading[set[UUID]]:
    """Which of these agreements were given and have ended, or ran out."""
    given = Release.objects.filter(id__in=release_ids, given_at__isnull=False)
    ended = given.filter(until__lte=at) | given.filter(ended_at__isnull=False)
    ids = ended.values_list("id", flat=True)
    yield [ids]
    return set(ids)


def withheld_items(file_id: UUID) -> set[UUID]:
    """The items the person wants nobody else to see."""
    found = Block.objects.filter(file_id=file_id, against="", lifted_at=None).values_list(
        "item_id", flat=True
    )
    return {item_id for item_id in found if item_id}


def took_back_since(file_id: UUID, at: datetime) -> bool:
    """Whether the person took something back since then: kept a thing to us, or ended an agreement."""
    kept = Block.objects.filter(file_id=file_id, against="", set_at__gt=at)
    ended = Release.objects.filter(
        file_id=file_id, ended_because__in=("said-so", "not-them"), ended_at__gt=at
    )
    return kept.exists() or ended.exists()


@reads
def unread_notices(worker: Worker) -> Reading[list[date]]:
    """On which days something shared with the asker's agency ended, of which nobody there took notice yet."""
    days = _unread(worker)
    yield [days]
    return list(days)


@prepared
def _unread(worker: Worker) -> QuerySet[Notice, date]:
    unread = Notice.objects.filter(agency_id=worker.agency_id, read_at=None)
    return unread.order_by("on").values_list("on", flat=True)


@prepared
def ending_soon(worker: Worker, until: datetime, at: datetime) -> QuerySet[Release]:
    """Agreements of the files that a worker leads or backs up that end by themselves before `until`."""
    files = caseload(worker, mine=True)
    return Release.objects.filter(
        file_id__in=files.values("id"), state=State.GIVEN, ended_at=None, until__gt=at, until__lte=until
    ).order_by("until")


def labels(items: list[ReleasedItem]) -> str:
    """Return what an agreement names, in a few words, for the circle."""
    counted: dict[str, int] = {}
    for item in items:
        counted[item.kind] = counted.get(item.kind, 0) + 1
    return ", ".join(str(KINDS[kind]) + (f" ({n})" if n > 1 else "") for kind, n in counted.items())
