"""Reading what shelters offer: one’s own board to the bed, everybody else’s coarsely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.beds import rules
from alongside.beds.models import Count, Hold, Offering, Rule, Whereabouts
from alongside.kernel import installation_key

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

OUTLOOKS = {  # how each is shown, and its words
    "likely": ("yes", _("A bed is likely")),
    "unlikely": ("wait", _("A bed is unlikely")),
    "unknown": ("wait", _("Not known")),
    "none": ("no", _("No bed")),
}


@dataclass(frozen=True)
class Outlook:
    """What anybody outside may know: `likely`, `unlikely`, `none` or `unknown`, and as of when."""

    code: str
    as_of: datetime | None

    @property
    def tone(self) -> str:
        """How it is shown."""
        return OUTLOOKS[self.code][0]

    @property
    def words(self) -> str:
        """What it says, in the reader's language."""
        return str(OUTLOOKS[self.code][1])


@dataclass(frozen=True)
class Tonight:
    """One programme on its own shelter's board."""

    offering: Offering
    count: Count | None
    held: int
    expected: int

    @property
    def free(self) -> int:
        """What is left, derived now."""
        return rules.available(self.count.actual, self.count.occupied, self.held) if self.count else 0


def own_offerings(worker: Worker) -> QuerySet[Offering]:
    """What the asker's own agency offers, closed programmes included."""
    return Offering.objects.filter(agency_id=worker.agency_id)


def unverified_since(worker: Worker, day: date) -> list[Offering]:
    """The agency's open programmes of which nobody has said since that day that it is all still so."""
    return list(
        own_offerings(worker).filter(Q(verified_on=None) | Q(verified_on__lt=day), closed_at=None)[:20]
    )


def get_offering(worker: Worker, offering_id: UUID) -> Offering:
    """Return one programme of one's own, or an open one of somebody else's.

    :raises Offering.DoesNotExist: if there is none for this worker
    """
    return Offering.objects.filter(Q(agency_id=worker.agency_id) | Q(closed_at=None)).get(pk=offering_id)


def own_offering(worker: Worker, offering_id: UUID) -> Offering:
    """Return one programme of the worker's own agency.

    :raises Offering.DoesNotExist: if it is not theirs
    """
    return own_offerings(worker).get(pk=offering_id)


def rules_of(offerings: list[UUID], barriers: list[str] | None = None) -> dict[UUID, dict[str, Rule]]:
    """Return what stands in the way at these programmes and what doesn't.

    With `barriers`, only what of these does: `offering: {barrier: rule}`.
    """
    found: dict[UUID, dict[str, Rule]] = {pk: {} for pk in offerings}
    said = Rule.objects.filter(offering_id__in=offerings)
    for rule in said if barriers is None else said.filter(barrier__in=barriers, stands=True).order_by():
        found[rule.offering_id][rule.barrier] = rule
    return found


def whereabouts(worker: Worker, offering: Offering) -> str:
    """Return where a programme of one's own is, unsealed; nothing for anybody else."""
    kept = Whereabouts.objects.filter(offering=offering, agency_id=worker.agency_id).first()
    if kept is None or kept.words is None:
        return ""
    return installation_key.unseal(
        bytes(kept.words), purpose="beds whereabouts", about=str(offering.pk)
    ).decode()


def last_count(offering: Offering) -> Count | None:
    """Return what was counted last."""
    return Count.objects.filter(offering=offering).order_by("-number").first()


def history(offering: Offering) -> QuerySet[Count]:
    """Everything that was ever counted there, newest first."""
    return Count.objects.filter(offering=offering).order_by("-number")


def live_holds(at: datetime) -> QuerySet[Hold]:
    """The holds that keep a bed at this moment, of those the asker may see."""
    return Hold.objects.filter(held_at__lte=at, until__gt=at, ended_at=None)


def held(offering: Offering, at: datetime) -> int:
    """How many are held there at a moment."""
    return live_holds(at).filter(offering=offering).count()


def outlooks(offerings: list[UUID], at: datetime) -> dict[UUID, Outlook]:
    """Return what anybody outside may know of these programmes, as it stood at the last full half hour."""
    if not offerings:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select * from ctx.bed_outlook(%s, %s)", [offerings, at])
        return {offering: Outlook(code, as_of) for offering, code, as_of in cursor.fetchall()}


def board(worker: Worker, at: datetime) -> list[Tonight]:
    """Every open programme of one's own as it stands now: counted, held, expected, free."""
    offerings = list(own_offerings(worker).filter(closed_at=None).order_by("stay", "name"))
    counts = {
        c.offering_id: c
        for c in Count.objects.filter(offering__in=offerings)
        .order_by("offering_id", "-number")
        .distinct("offering_id")
    }
    holds: dict[UUID, int] = {}
    coming: dict[UUID, int] = {}
    for offering_id, state in (
        live_holds(at).filter(offering__in=offerings).values_list("offering_id", "request__state")
    ):
        holds[offering_id] = holds.get(offering_id, 0) + 1
        coming[offering_id] = coming.get(offering_id, 0) + (state in rules.EXPECTED)
    return [Tonight(o, counts.get(o.pk), holds.get(o.pk, 0), coming.get(o.pk, 0)) for o in offerings]


def keeps_any(worker: Worker) -> bool:
    """Whether the worker's agency offers anything."""
    return own_offerings(worker).exists()
