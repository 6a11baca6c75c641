"""Looking through the open programmes of others: published rules against a need profile, nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from alongside.agencies.queries import agencies_by_id
from alongside.beds.matching import SOONEST, Fit, Found, Need, beside
from alongside.beds.models import Offering
from alongside.beds.queries import programmes

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

SHOWN, OTHERS = 25, 10  # of those that fit, of each other kind
LOOKED_AT = 400  # whose outlook is asked for, best first
LOOKED_AT_FIRST = 100
Ranked = list[tuple[UUID, int]]
PEOPLE = ("age", "gender", "children", "language")
COMPARED = (
    "agency_id",
    "name",
    "name_fr",
    "face",
    "face_fr",
    "region",
    "genders",
    "minimum_age",
    "maximum_age",
    "households",
    "languages",
    "stops",
    "talks",
    "clears",
    "exceptions_contact",
    "exceptions_phone",
)
# Of which kind a place is: 0 has said that all of it is fine, 1 has said nothing against it, 2 can be talked
# over with, 3 does not fit.
FIRST = """
    with near (id, name, kind) as materialized ({near}),
    many as (select kind, count(*) as n from near group by kind),
    first as (
        (select id, name, kind from near where kind <= 1 order by kind, name, id limit %s)
        union all (select id, name, kind from near where kind = 2 order by name, id limit %s)
        union all (select id, name, kind from near where kind = 3 order by name, id limit %s))
    select id, kind, n from first join many using (kind) order by kind, name, id
"""


def find(worker: Worker, need: Need, at: datetime, others: int = OTHERS) -> Found:
    """Look through every open programme of other agencies; works with no file at all.

    Five statements, however many there are.
    """
    best, rest, many = _first(worker, need, others)
    best, outlooks = _soonest(best, rest, at)
    kinds = dict(best + rest)
    offerings = Offering.objects.only(*COMPARED).in_bulk(kinds)
    agencies = agencies_by_id({o.agency_id for o in offerings.values()})
    said = programmes.rules_of(list(kinds), [*need.circumstances, *PEOPLE])
    fits = [
        beside(o, need, agencies[o.agency_id], outlooks[o.pk], said[o.pk])
        for o in map(offerings.__getitem__, kinds)
    ]
    fit_, talk, stop = ([f for f in fits if kinds[f.offering.pk] in kind] for kind in ((0, 1), (2,), (3,)))
    return Found(fit_, talk, stop, many)


def how_many_fit(worker: Worker, need: Need) -> int:
    """How many open programmes of other agencies have said nothing against this need."""
    return _near(worker, need).filter(kind__lte=1).count()


def _first(worker: Worker, need: Need, others: int) -> tuple[Ranked, Ranked, tuple[int, int, int]]:
    """Return the best that fit, the first of the others, and how many of each there are.

    Every rule is compared once.
    """
    near, told = _near(worker, need).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(FIRST.format(near=near), [*told, LOOKED_AT, others, others])
        rows = cursor.fetchall()
    many = {kind: n for _, kind, n in rows}
    best, rest = ([(pk, kind) for pk, kind, _ in rows if (kind <= 1) is fits] for fits in (True, False))
    return best, rest, (many.get(0, 0) + many.get(1, 0), many.get(2, 0), many.get(3, 0))


def _soonest(best: Ranked, rest: Ranked, at: datetime) -> tuple[Ranked, dict[UUID, programmes.Outlook]]:
    """Return those to show, likely ones first, and everybody's outlook.

    Once enough are likely, the others that fit can't come before them.
    """
    first, later = best[:LOOKED_AT_FIRST], best[LOOKED_AT_FIRST:]
    outlooks = programmes.outlooks([pk for pk, _ in [*first, *rest]], at)
    if later and sum(outlooks[pk].code == "likely" for pk, _ in first) < SHOWN:
        outlooks |= programmes.outlooks([pk for pk, _ in later], at)
        first = best
    return sorted(first, key=lambda ranked: SOONEST[outlooks[ranked[0]].code])[:SHOWN], outlooks


def _near(worker: Worker, need: Need) -> QuerySet[Any, tuple[Any, ...]]:
    """The open programmes of others where they look, and of which kind each is."""
    open_ones = Offering.objects.filter(closed_at=None, stay=need.stay).exclude(agency_id=worker.agency_id)
    if need.region:
        open_ones = open_ones.filter(region=need.region)
    whens = [When(_stops(need), then=Value(3)), When(_talks(need), then=Value(2))]
    if need.circumstances:
        whens.append(When(clears__contains=list(need.circumstances), then=Value(0)))
    kind = Case(*whens, default=Value(1), output_field=IntegerField())
    return open_ones.annotate(kind=kind).order_by().values_list("pk", "name", "kind")


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


def region_board(worker: Worker, region: str, stay: str, at: datetime) -> list[Fit]:
    """Every open programme of a region, coarsely."""
    found = list(Offering.objects.filter(closed_at=None, region=region, stay=stay).order_by("name")[:200])
    outlooks = programmes.outlooks([o.pk for o in found], at)
    agencies = agencies_by_id({o.agency_id for o in found})
    return sorted(
        (Fit(o, agencies[o.agency_id], outlooks[o.pk], [], [], []) for o in found),
        key=lambda fit: SOONEST[fit.outlook.code],
    )
