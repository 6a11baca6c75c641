"""What it would cost.

A range that is honest about rounding and about what is withheld, from a table anybody may look behind.
"""

from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.agencies.tests import cast
from alongside.indicators import estimate, queries
from alongside.indicators.commands import parameters
from alongside.indicators.estimate import Line, Span
from alongside.indicators.models import Parameter
from alongside.kernel import clock, ctx
from tests.frozen import frozen

TOLD = {
    "kind": "service",
    "need": "shelter_tonight",
    "unit": "One night in a room of one’s own",
    "unit_fr": "Une nuit dans une chambre à soi",
    "units_low": "1",
    "units_base": "5",
    "units_high": "14",
    "cost_low": "95",
    "cost_base": "130",
    "cost_high": "180",
    "year": "2026",
    "source": "Invented for this test.",
    "owner": "Finance lead of the shelter network",
}


def span(*values):
    return Span(*map(Decimal, values))


def line(need="shelter_tonight", kind="service", units=(1, 2, 3), cost=(10, 20, 30), key=""):
    return Line(key or f"{need} {kind}", kind, need, span(*units), span(*cost))


def test_so_many_requests_at_so_many_units_at_so_many_dollars():
    found = estimate.cost_of({"shelter_tonight": 100, "*": 100}, 1, [line()])

    assert found.total == span(1000, 4000, 9000)
    assert found.left_over == span(0, 0, 0)


def test_a_rounded_number_may_have_been_two_less_or_two_more():
    found = estimate.cost_of({"shelter_tonight": 100, "*": 100}, 5, [line(units=(1, 1, 1), cost=(1, 1, 1))])

    assert found.total == span(98, 100, 102)


def test_what_is_withheld_is_as_cheap_as_the_cheapest_and_as_dear_as_the_dearest():
    counts = {"shelter_tonight": 60, "housing": None, "dental": None, "*": 100}
    lines = [
        line("shelter_tonight", units=(1, 1, 1), cost=(1, 1, 1)),
        line("housing", units=(1, 1, 1), cost=(100, 100, 100)),
    ]

    found = estimate.cost_of(counts, 1, [*lines, line("dental", units=(1, 1, 1), cost=(10, 10, 10))])

    assert found.left_over == span(40, 40, 40)
    assert found.total == span(60 + 400, 60 + 40 * 55, 60 + 4000)


def test_a_withheld_need_nobody_priced_makes_the_low_end_nothing():
    found = estimate.cost_of(
        {"housing": None, "dental": None, "*": 40},
        1,
        [line("housing", units=(1, 1, 1), cost=(100, 100, 100))],
    )

    assert (found.total.low, found.total.high) == (0, 4000)


def test_nothing_is_made_up_where_the_total_is_withheld_too():
    found = estimate.cost_of(
        {"housing": None, "dental": 50, "*": None},
        1,
        [line("housing"), line("dental", units=(1, 1, 1), cost=(1, 1, 1))],
    )

    assert found.total == span(50, 50, 50)


def test_what_might_be_avoided_is_taken_off_nothing_and_what_is_funded_stands_beside():
    lines = [
        line(),
        line(kind="avoided", cost=(1000, 1000, 1000)),
        line(need="", kind="funded", units=(1, 1, 1), cost=(500, 500, 500)),
    ]

    found = estimate.cost_of({"shelter_tonight": 100, "*": 100}, 1, lines)

    assert found.total == span(1000, 4000, 9000)
    assert found.avoided.base == 200_000
    assert found.funded == span(500, 500, 500)


def test_what_moves_the_middle_most_comes_first():
    lines = [
        line(key="narrow", units=(2, 2, 2), cost=(19, 20, 21)),
        line(key="wide", kind="travel", cost=(1, 20, 900)),
    ]

    found = estimate.cost_of({"shelter_tonight": 10, "*": 10}, 1, lines)

    assert [swing.key for swing in found.swings] == ["wide", "narrow"]


def test_a_need_without_a_price_is_named():
    assert estimate.cost_of({"housing": 30, "*": 30}, 1, [line()]).unpriced == ("housing",)


COUNTS = st.lists(st.integers(0, 400), min_size=1, max_size=6)
ENDS = st.tuples(*[st.integers(0, 1000)] * 3).map(sorted)


@given(
    COUNTS,
    st.tuples(*[st.booleans()] * 6),
    st.tuples(*[st.tuples(ENDS, ENDS)] * 6),
    st.sampled_from([1, 5]),
)
def test_the_truth_lies_inside_the_range_whatever_is_rounded_or_withheld(true, hidden, prices, rounding):
    needs = [f"need {n}" for n in range(len(true))]
    lines = [line(need, units=units, cost=cost) for need, (units, cost) in zip(needs, prices, strict=False)]
    rounded = {need: round(Decimal(n) / rounding) * rounding for need, n in zip(needs, true, strict=True)}
    shown = {need: None if hide else rounded[need] for need, hide in zip(needs, hidden, strict=False)}
    shown["*"] = round(Decimal(sum(true)) / rounding) * rounding

    found = estimate.cost_of(shown, rounding, lines).total

    least, most = (
        sum(n * getattr(line.a_request, end) for n, line in zip(true, lines, strict=False))
        for end in ("low", "high")
    )
    assert found.low <= least <= most <= found.high
    assert found.low <= found.base <= found.high


@pytest.fixture
@frozen
def house(db):
    agency = cast.agency("Riverside")
    return {
        role: cast.worker(agency, role, role)
        for role in ("editor", "data-steward", "leader", "privacy-officer", "caseworker", "administrator")
    }


def posted(client, line=None, **changed):
    where = f"/numbers/costs/parameters/{line}" if line else "/numbers/costs/parameters/new"
    return client.post(where, TOLD | changed)


@pytest.mark.django_db
def test_a_line_is_written_and_written_anew_and_what_it_said_stays(house):
    client = cast.sign_in(Client(), house["editor"])

    assert posted(client).status_code == 302
    with ctx.as_worker(house["editor"].pk):
        line = Parameter.objects.get().line
    assert posted(client, line, cost_high="210").status_code == 302

    with ctx.as_worker(house["editor"].pk):
        assert [
            (version.version, version.cost_high) for version in queries.versions(house["editor"], line)
        ] == [(2, 210), (1, 180)]
        assert [line.version for line in queries.lines(house["editor"])] == [2]


@pytest.mark.django_db
def test_a_line_taken_out_counts_no_more_and_can_be_read(house):
    client = cast.sign_in(Client(), house["editor"])
    posted(client)
    with ctx.as_worker(house["editor"].pk):
        line = Parameter.objects.get().line

    assert client.post(f"/numbers/costs/parameters/{line}/removal").status_code == 302

    with ctx.as_worker(house["editor"].pk):
        assert queries.lines(house["editor"]) == []
        assert len(queries.versions(house["editor"], line)) == 2
    assert posted(client, line).status_code == 409


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"cost_base": "90"}, "cost_base"),
        ({"units_high": "4"}, "units_high"),
        ({"need": ""}, "need"),
        ({"source": ""}, "source"),
        ({"year": "26"}, "year"),
    ],
)
def test_a_wrong_line_is_told_at_its_field_and_keeps_what_was_typed(house, changed, field):
    answer = posted(cast.sign_in(Client(), house["editor"]), **changed)

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert "Finance lead of the shelter network" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["caseworker", "administrator"])
def test_who_doesnt_look_at_numbers_finds_no_such_page(house, role):
    client = cast.sign_in(Client(), house[role])
    for path in ("costs", "costs/parameters/new", "outside", "outside/calls.csv"):
        assert client.get(f"/numbers/{path}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["data-steward", "leader", "privacy-officer"])
def test_who_looks_sees_the_table_and_writes_nothing(house, role):
    posted(cast.sign_in(Client(), house["editor"]))
    client = cast.sign_in(Client(), house[role])

    page = client.get("/numbers/costs").content.decode()

    assert "Finance lead of the shelter network" in page
    assert posted(client).status_code == 404
    assert "/parameters/" not in page


@pytest.mark.django_db
def test_the_database_keeps_another_agency_out_and_every_version_as_it_was(house, superuser):
    posted(cast.sign_in(Client(), house["editor"]))
    other = cast.worker(cast.agency("North Shore"), "Ed", "editor")

    with ctx.as_worker(other.pk):
        assert not Parameter.objects.exists()
    with ctx.as_worker(house["leader"].pk), pytest.raises(Exception, match="permission denied"):
        Parameter.objects.update(cost_low=0)
    with ctx.as_worker(house["leader"].pk), pytest.raises(Exception, match="row-level security"):
        parameters._write(None, TOLD | {"year": 2026}, house["leader"], clock.now(), stands=True)
