"""Agencies that contribute, and a half-year of gaps between them."""

import random
from uuid import UUID, uuid4

import pytest

from alongside.agencies.tests import cast
from alongside.indicators import commands
from alongside.kernel import clock, ctx
from tests import databases
from tests.frozen import frozen

HALF = "2026-H1"
REGIONS = {"central": "3520", "east": "3506", "west": "3539"}


def contributes(agency):
    leader = cast.worker(agency, "Lou", "leader")
    with ctx.as_worker(leader.pk):
        commands.contribute(by=leader, at=clock.now())
    return leader


def gaps(
    superuser,
    agencies,
    many,
    *,
    seed=1,
    quarter="2026-Q1",
    needs=("shelter_tonight", "housing", "counselling", "dental"),
    region="",
):
    """Write down that many gaps of these agencies, drawn.

    Some with a cause that only the asked agency knows.
    """
    draw = random.Random(seed)  # noqa: S311 - the same ones every time
    rows = []
    for number in range(many):
        asking, asked = draw.sample(agencies, 2)
        barriers = sorted(draw.sample(["full", "pets", "age", "cost", "far"], draw.choice([0, 1, 1, 2])))
        where = region or list(REGIONS)[agencies.index(asking) % len(REGIONS)]
        need = draw.choices(needs, [1 / (1 + place) for place in range(len(needs))])[0]
        rows.append(
            (
                uuid4(),
                asking.pk,
                asked.pk,
                quarter if number % 2 else quarter[:5] + "Q2",
                where,
                need,
                barriers,
            )
        )
    with superuser.cursor() as cursor:
        cursor.executemany(
            "insert into gaps_gap (id, asking_agency_id, asked_agency_id, quarter, region, need, barriers, "
            "recommendation, reason, wait_band, workaround,"
            " staff_hours_band) values (%s, %s, %s, %s, %s, %s, %s, '', 'no-capacity', '', '', '')",
            rows,
        )
    return rows


def requests(superuser, agencies, many, *, seed=1):
    """Write down that many requests between these agencies in the half-year, drawn; as counts know them."""
    draw = random.Random(seed)  # noqa: S311 - the same ones every time
    sectors = ("community", "community", "healthcare", "criminal-legal", "healthcare", "community")
    for place, agency in enumerate(agencies):
        where = list(REGIONS.values())[place % 2]
        facts = "update agencies_agency set sector = %s, division = %s where id = %s"
        superuser.execute(facts, [sectors[place % len(sectors)], where, agency.pk])
    with databases.without_triggers() as bare:
        for place in range(many):
            asking, asked = draw.sample(agencies, 2)
            need = draw.choices(("shelter_tonight", "housing", "counselling", "dental"), (8, 4, 2, 1))[0]
            days = draw.choices((None, 0, 2, 6, 20), (3, 4, 4, 2, 1))[0]
            state = "requested" if days is None else "accepted"
            band = draw.choice(("", "days-0-3", "days-4-7", "later")) if days is not None else ""
            said = draw.choice(("", "worked", "worked", "chose-otherwise")) if days is not None else ""
            bare.execute(
                "with t as (select timestamptz '2026-03-01' + %s * interval '1 minute' as t, %s::uuid as id)"
                " insert into referrals_referral (file_id, id, agency_id, to_agency_id, to_role, handle,"
                " need, release_id, written_by, written_at, state, requested_at, answered_at,"
                " appointment_band, outcome)"
                " select id, gen_random_uuid(), %s, %s, '', 'Otter', %s, id, id, t, %s, t,"
                " t + %s * interval '1 day', %s, %s from t",
                [
                    *(place, UUID(int=draw.randrange(many)), asking.pk, asked.pk, need, state),
                    *(days, band, said),
                ],
            )


@pytest.fixture
@frozen
def pool(superuser):
    """Six agencies that contribute, one that doesn't, an editor and everybody who looks at numbers."""
    agencies = [cast.agency(f"Agency {place}", division="3520") for place in range(6)]
    leaders = [contributes(agency) for agency in agencies]
    rows = gaps(superuser, agencies, 400)
    home = agencies[0]
    people = {
        role: cast.worker(home, role, role)
        for role in (
            "editor",
            "data-steward",
            "privacy-officer",
            "caseworker",
            "coordinator",
            "administrator",
        )
    }
    return {"agencies": agencies, "leader": leaders[0], "rows": rows, **people}
