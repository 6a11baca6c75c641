"""Where a house is stays with those who work there.

No page, export, log, trail or column of anybody else holds it.
"""

import logging

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alongside.agencies.tests import cast
from alongside.beds import queries
from alongside.beds.models import Step
from alongside.beds.tests.conftest import asked, draft, offering
from alongside.kernel import ctx
from tests.lanes import often

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]

STREETS = st.builds(
    "{} {} Street, door {}".format,
    st.integers(100, 9999),
    st.text("abcdefghijklmnopqrstuvwxyzéèô", min_size=8, max_size=16),
    st.integers(10, 99),
)


def every_get(**ids):
    """Every address of the beds, with real ids where it asks for one."""
    for pattern in get_resolver("alongside.beds.urls").url_patterns:
        wanted = pattern.pattern.converters
        if set(wanted) <= set(ids):
            yield reverse(f"beds:{pattern.name}", kwargs={name: ids[name] for name in wanted})


def columns_that_hold(superuser, address):
    """Every table with a row in which these words stand, as text or as bytes."""
    tables = superuser.execute(
        "select table_schema, table_name from information_schema.tables "
        "where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')"
    ).fetchall()
    needles = [f"%{address}%", f"%{address.encode().hex()}%"]
    return [
        table
        for schema, table in tables
        if superuser.execute(
            f'select 1 from "{schema}"."{table}" t where t::text ilike any(%s) limit 1', [needles]
        ).fetchone()
    ]


@pytest.mark.costly("looks for the address on every page and in every column")
@settings(
    max_examples=often(quick=1, thorough=3),
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(address=STREETS)
def test_a_planted_address_is_read_by_its_own_house_only(house, superuser, caplog, address):
    caplog.set_level(logging.DEBUG)
    place = reverse("beds:offering_place", args=[house.offering.pk])
    ruth = cast.sign_in(Client(), house.ruth)
    assert ruth.post(place, {"words": address}).status_code == 302
    assert address in ruth.get(place).content.decode()

    others = [
        house.maya,
        house.noor,
        cast.worker(house.ruth.agency, "Priya", "privacy-officer"),
        house.police,
    ]
    for who in others:
        assert not [page for page in _answers(who, house) if address in page]
    assert columns_that_hold(superuser, address) == []
    assert address not in caplog.text
    for address_of_ours in ("board", "requests", "search"):
        assert address not in ruth.get(reverse(f"beds:{address_of_ours}")).content.decode()


def _answers(who, house):
    request = asked(house.offering, house.maya)
    with ctx.as_worker(house.maya.pk):
        step = Step.objects.get(request=draft(house.offering, house.maya))
    ids = {
        "offering_id": house.offering.pk,
        "request_id": request.pk,
        "pathway_id": step.pathway_id,
        "step_id": step.pk,
        "region": "central",
    }
    client = cast.sign_in(Client(), who)
    for address in [
        *every_get(**ids),
        *every_get(**(ids | {"request_id": step.request_id})),
        "/beds/?region=",
        "/account/agency",
        "/directory/?words=Cedar",
    ]:
        yield client.get(address, follow=True).content.decode()


def test_the_query_itself_gives_nobody_else_the_words(house):
    cast.sign_in(Client(), house.ruth).post(
        reverse("beds:offering_place", args=[house.offering.pk]), {"words": "12 Cedar Street"}
    )

    for who, words in ((house.ruth, "12 Cedar Street"), (house.maya, ""), (house.police, "")):
        with ctx.as_worker(who.pk):
            assert queries.whereabouts(who, house.offering) == words


def test_words_taken_away_are_gone(house, superuser):
    ruth, place = cast.sign_in(Client(), house.ruth), reverse("beds:offering_place", args=[house.offering.pk])
    for words in ("12 Cedar Street", ""):
        ruth.post(place, {"words": words})

    assert superuser.execute("select words from beds_whereabouts").fetchone() == (None,)
    assert "12 Cedar Street" not in ruth.get(place).content.decode()


def test_two_programmes_of_one_house_have_each_their_own(house):
    other = offering(house.ruth, name="Open nights")
    ruth = cast.sign_in(Client(), house.ruth)
    ruth.post(reverse("beds:offering_place", args=[house.offering.pk]), {"words": "12 Cedar Street"})

    assert "12 Cedar Street" not in ruth.get(reverse("beds:offering_place", args=[other.pk])).content.decode()
