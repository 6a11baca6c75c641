"""The pooled counts.

Whose they are, that they add up, that each gap is counted once, and that nobody but an editor gets any.
"""

from collections import Counter

import pytest

from alongside.agencies.tests import cast
from alongside.indicators import commands
from alongside.indicators.queries import cubes
from alongside.indicators.tests.conftest import HALF, contributes, gaps
from alongside.kernel import clock, ctx

pytestmark = pytest.mark.django_db


def cube(who, name="gaps", half=HALF):
    with ctx.as_worker(who.pk):
        return cubes.cube_of(name, half)


def test_every_number_is_that_of_the_gaps_worked_out_by_hand(pool):
    expected, agencies = Counter(), {}
    for _id, asking, _asked, _quarter, region, need, barriers in pool["rows"]:
        for node in {("requests", n, r) for n in (need, "*") for r in (region, "*")}:
            expected[node] += 1
            agencies.setdefault(node, set()).add(asking)
        for barrier in barriers or ["not-said"]:
            for node in {
                ("mentions", n, r, b) for n in (need, "*") for r in (region, "*") for b in (barrier, "*")
            }:
                expected[node] += 1
                agencies.setdefault(node, set()).add(asking)

    found = cube(pool["editor"])

    assert {node: count.value for node, count in found.counts.items()} == dict(expected)
    assert {node: count.agencies for node, count in found.counts.items()} == {
        node: len(of) for node, of in agencies.items()
    }


@pytest.mark.parametrize(
    "role", ["leader", "data-steward", "privacy-officer", "caseworker", "coordinator", "administrator"]
)
def test_nobody_but_an_editor_gets_any(pool, role):
    assert cube(pool[role]).counts == {}


def test_an_agency_that_does_not_contribute_is_in_no_number(pool, superuser):
    silent = [cast.agency("Silent"), cast.agency("Quiet")]
    gaps(superuser, silent, 50, seed=2)
    before = cube(pool["editor"])

    contributes(silent[0])

    assert before[("requests", "*", "*")].value == 400
    assert 400 < cube(pool["editor"])[("requests", "*", "*")].value < 450


def test_whoever_ends_it_is_in_no_number_taken_after(pool):
    leader = pool["leader"]
    before = cube(pool["editor"])[("requests", "*", "*")]

    with ctx.as_worker(leader.pk):
        commands.end_contribution(by=leader, at=clock.now())

    after = cube(pool["editor"])[("requests", "*", "*")]
    assert (before.agencies, after.agencies) == (6, 5)
    assert after.value < before.value


def test_what_the_asked_agency_knows_counts_only_if_it_contributes(pool, superuser):
    gap, _asking, asked, *_rest = next(row for row in pool["rows"] if row[6] == ["pets"])
    superuser.execute(
        "insert into gaps_cause (gap_id, agency_id, barriers) values (%s, %s, %s)",
        [gap, asked, ["prior_ban"]],
    )
    counted = cube(pool["editor"])[("mentions", "*", "*", "prior_ban")].value

    superuser.execute(
        "update indicators_contribution set ended_at = now(), ended_by = given_by where agency_id = %s",
        [asked],
    )

    assert counted == 1
    assert cube(pool["editor"])[("mentions", "*", "*", "prior_ban")].value == 0


def test_another_half_year_is_another_cube(pool):
    assert cube(pool["editor"], half="2025-H2").counts == {}


def test_half_years_are_said_and_found(pool):
    from datetime import UTC, datetime

    at = datetime(2026, 11, 23, tzinfo=UTC)

    assert cubes.halves_until(at, 3) == ["2026-H1", "2025-H2", "2025-H1"]
    assert cubes.is_over("2026-H1", at)
    assert not cubes.is_over("2026-H2", at)
    assert cubes.quarters_of("2025-H2") == ["2025-Q3", "2025-Q4"]
