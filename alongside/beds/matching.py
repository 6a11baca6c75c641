"""What fits somebody, what could be talked over, and why each other place does not: published rules against a need profile, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from alongside.agencies.queries import agencies_by_id
from alongside.beds import queries
from alongside.beds.models import Offering, Rule
from alongside.kernel import vocabulary

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker

SHOWN = 25  # of each kind on a page
LOOKED_AT = 400  # whose outlook is asked for, best first
SOONEST = {"likely": 0, "unlikely": 1, "unknown": 2, "none": 3}


@dataclass(frozen=True)
class Need:
    """What somebody needs of a place, as far as anybody said."""

    stay: str = "tonight"
    region: str = ""
    age: int | None = None
    gender: str = ""
    household: str = ""
    children: tuple[int, ...] = ()
    circumstances: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def who(self) -> list[str]:
        """Who comes, in words, as far as anybody said."""
        said = [vocabulary.label("households", self.household), vocabulary.label("genders", self.gender)]
        ages = [str(age) for age in (self.age, *self.children) if age is not None]
        return [word for word in [*said, *ages] if word]


@dataclass(frozen=True)
class Fit:
    """One place beside one need: what stands in the way for good, what can be talked over, what nobody has said."""

    offering: Offering
    agency: Agency
    outlook: queries.Outlook
    stops: list[str]
    talks: list[str]
    unsaid: list[str]
    rules: dict[str, Rule] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What a search gives back: what fits, what is negotiable, what does not fit and why; and how many of each there are."""

    fits: list[Fit]
    talks: list[Fit]
    stops: list[Fit]
    many: tuple[int, int, int]

    @property
    def in_the_way(self) -> list[str]:
        """What stood in the way over all that was found, for the gap; "full" where something fitted and had no space."""
        met = {code for fit in [*self.talks, *self.stops] for code in [*fit.stops, *fit.talks]}
        return sorted(met | ({"full"} if self.fits else set()))


def find(worker: Worker, need: Need, at: datetime) -> Found:
    """Look through every open programme of other agencies; works with no file at all. Four statements, however many there are."""
    ranked = _ranked(worker, need)
    many = _how_many(ranked)
    best = list(ranked.filter(kind=0)[:LOOKED_AT])
    rest = [*ranked.filter(kind=1)[:SHOWN], *ranked.filter(kind=2)[:SHOWN]] if many[1] + many[2] else []
    outlooks = queries.outlooks([o.pk for o in [*best, *rest]], at)
    best = sorted(best, key=lambda o: SOONEST[outlooks[o.pk].code])[:SHOWN]
    shown = [*best, *rest]
    agencies = agencies_by_id({o.agency_id for o in shown})
    said = queries.rules_of([o.pk for o in shown])
    fits = [beside(o, need, agencies[o.agency_id], outlooks[o.pk], said[o.pk]) for o in shown]
    fit_, talk, stop = ([f for f, o in zip(fits, shown, strict=True) if o.kind == kind] for kind in range(3))
    return Found(fit_, talk, stop, many)


def beside(offering: Offering, need: Need, agency: Agency, outlook: queries.Outlook, said: dict[str, Rule]) -> Fit:
    """Set one place beside one need."""
    stops = [code for code, hit in _people(offering, need).items() if hit] + [c for c in need.circumstances if c in offering.stops]
    talks = [c for c in need.circumstances if c in offering.talks]
    unsaid = [c for c in need.circumstances if c not in {*offering.stops, *offering.talks, *offering.clears}]
    mine = {code: rule for code, rule in said.items() if code in need.circumstances or code in stops}
    return Fit(offering, agency, outlook, stops, talks, unsaid, mine)


def _people(offering: Offering, need: Need) -> dict[str, bool]:
    young, old = offering.minimum_age, offering.maximum_age
    household = need.household or ("children" if need.children else "")
    return {
        "age": need.age is not None and ((young is not None and need.age < young) or (old is not None and need.age > old)),
        "gender": bool(need.gender and offering.genders and need.gender not in offering.genders),
        "children": bool(household and offering.households and household not in offering.households),
        "language": bool(need.languages and offering.languages and not set(need.languages) & set(offering.languages)),
    }


def _ranked(worker: Worker, need: Need) -> QuerySet[Any]:
    open_ones = Offering.objects.filter(closed_at=None, stay=need.stay).exclude(agency_id=worker.agency_id)
    if need.region:
        open_ones = open_ones.filter(region=need.region)
    return (
        open_ones.annotate(
            kind=Case(When(_stops(need), then=Value(2)), When(_talks(need), then=Value(1)), default=Value(0), output_field=IntegerField())
        )
        .annotate(known=_known(need))
        .order_by("kind", F("known").desc(), "name", "id")
    )


def _stops(need: Need) -> Q:
    out = Q(stops__overlap=list(need.circumstances)) if need.circumstances else Q(pk=None)
    if need.age is not None:
        out |= Q(minimum_age__gt=need.age) | Q(maximum_age__lt=need.age)
    if need.gender:
        out |= ~Q(genders=[]) & ~Q(genders__contains=[need.gender])
    household = need.household or ("children" if need.children else "")
    if household:
        out |= ~Q(households=[]) & ~Q(households__contains=[household])
    if need.languages:
        out |= ~Q(languages=[]) & ~Q(languages__overlap=list(need.languages))
    return out


def _talks(need: Need) -> Q:
    return Q(talks__overlap=list(need.circumstances)) if need.circumstances else Q(pk=None)


def _known(need: Need) -> Cast | Value:
    """Whether a place has said that all of it is fine: such come before those of which nobody knows."""
    if not need.circumstances:
        return Value(True)
    return Cast(Q(clears__contains=list(need.circumstances)), BooleanField())  # type: ignore[arg-type]


def _how_many(ranked: QuerySet[Any]) -> tuple[int, int, int]:
    counted = dict(ranked.order_by().values_list("kind").annotate(n=Count("pk")))
    return counted.get(0, 0), counted.get(1, 0), counted.get(2, 0)


def region_board(worker: Worker, region: str, stay: str, at: datetime) -> list[Fit]:
    """Every open programme of a region, coarsely."""
    found = list(Offering.objects.filter(closed_at=None, region=region, stay=stay).order_by("name")[:200])
    outlooks = queries.outlooks([o.pk for o in found], at)
    agencies = agencies_by_id({o.agency_id for o in found})
    return sorted((Fit(o, agencies[o.agency_id], outlooks[o.pk], [], [], []) for o in found), key=lambda fit: SOONEST[fit.outlook.code])


def ids(fits: list[Fit]) -> list[UUID]:
    """Return the programmes of these."""
    return [fit.offering.pk for fit in fits]
