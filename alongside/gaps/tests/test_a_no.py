"""Writing down a no that was heard elsewhere."""

import re

import pytest

from alongside.agencies.tests import cast
from alongside.gaps.models import Gap
from alongside.kernel import ctx
from alongside.kernel import data_inventory as inventory

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]


@pytest.mark.parametrize(
    ("sector", "role", "status"),
    [
        ("community", "caseworker", 200),
        ("community", "intake", 200),
        ("healthcare", "companion", 404),
        ("community", "leader", 404),
        ("community", "administrator", 404),
        ("criminal-legal", "intake", 404),
    ],
)
def test_whoever_asks_for_people_may_write_a_no_down(client, sector, role, status):
    asker = cast.worker(cast.agency(sector=sector), role=role)

    assert cast.sign_in(client, asker).get("/gaps/new").status_code == status


def test_two_taps_are_enough(client):
    maya = cast.worker(cast.agency())

    answer = cast.sign_in(client, maya).post("/gaps/new", {"need": "dental", "barriers": ["cost"]})

    assert answer["Location"] == "/gaps/"
    with ctx.as_worker(maya.pk):
        gap = Gap.objects.get()
    assert (gap.need, gap.barriers, gap.recommendation, gap.region, gap.reason) == (
        "dental",
        ["cost"],
        "R4",
        "north",
        "asked-outside",
    )


def test_the_need_comes_along_from_the_directory(client):
    body = cast.sign_in(client, cast.worker(cast.agency())).get("/gaps/new?need=dental").content.decode()

    assert '<option value="dental" selected>' in body


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"need": "gold"},
        {"barriers": ["moon"]},
        {"need": "dental", "wait_band": "soon"},
        {"workaround": "hotel"},
    ],
)
def test_what_says_nothing_or_isnt_known_is_answered_at_the_field(client, superuser, told):
    answer = cast.sign_in(client, cast.worker(cast.agency())).post("/gaps/new", told)

    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert superuser.execute("select count(*) from gaps_gap").fetchone() == (0,)


def test_a_role_that_may_not_look_goes_back_to_its_day(client):
    answer = cast.sign_in(client, cast.worker(cast.agency(), role="intake")).post(
        "/gaps/new", {"barriers": ["full"]}
    )

    assert answer["Location"] == "/day"


def test_nothing_on_the_trail_ties_a_gap_to_anybody(client, superuser):
    cast.sign_in(client, cast.worker(cast.agency())).post("/gaps/new", {"need": "dental"})

    assert superuser.execute("select count(*) from trail_entry").fetchone() == (0,)


def test_a_gap_holds_no_file_and_no_person(superuser):
    columns = {
        row[0]
        for row in superuser.execute(
            "select attname from pg_attribute where attrelid = 'gaps_gap'::regclass and attnum > 0"
        )
    }

    assert not {
        column
        for column in columns
        if "file" in column or "worker" in column or column.endswith(("_by", "_at"))
    }


def test_no_words_stand_in_a_gap():
    tables = {table: columns for table, columns in inventory.columns().items() if table.startswith("gaps_")}

    assert tables
    assert inventory.PLAIN not in {column.kept for columns in tables.values() for column in columns}


def test_pressed_twice_it_is_one_no(client, superuser):
    maya = cast.sign_in(client, cast.worker(cast.agency()))
    (id,) = re.findall(r'name="id" value="([^"]+)"', maya.get("/gaps/new").content.decode())

    for _ in range(2):
        assert maya.post("/gaps/new", {"id": id, "need": "dental"}).status_code == 302

    assert superuser.execute("select id::text from gaps_gap").fetchall() == [(id,)]
