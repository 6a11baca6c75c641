"""What the two sides may do, what rises when nobody answers, and a "not a fit" that never tells why."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from alongside.agencies.tests import cast
from alongside.beds import jobs, queries, rules
from alongside.beds.models import Request
from alongside.beds.tests.conftest import asked, count, do, draft, offering, rule
from alongside.gaps.models import Gap
from alongside.kernel import clock, ctx

pytestmark = pytest.mark.django_db
TAPS = [
    "holding",
    "talking",
    "yes",
    "way",
    "otherwise",
    "letting_go",
    "arrival",
    "missing",
    "extension",
    "unanswered",
]
PEOPLE = ["maya", "ruth", "coordinator", "noor", "police"]


def at(request, verb=""):
    return f"/beds/requests/{request.pk}" + (f"/{verb}" if verb else "")


def test_each_side_reads_where_it_stands_in_its_own_words(house):
    request = asked(house.offering, house.maya)

    def read(who):
        return cast.sign_in(Client(), who).get(at(request)).content.decode()

    assert "Asked, not yet answered" in read(house.maya)
    assert "Asks us, not yet answered" in read(house.ruth)


@pytest.mark.parametrize(
    ("verb", "let_in"),
    [
        ("holding", {"ruth", "coordinator"}),
        ("letting_go", {"maya"}),
        ("talking", set()),
        ("arrival", set()),
        ("missing", set()),
        ("extension", set()),
        ("unanswered", set()),
    ],
)
def test_who_may_move_a_request_just_asked(house, verb, let_in):
    for name in PEOPLE:
        request = asked(house.offering, house.maya)
        answer = cast.sign_in(Client(), getattr(house, name)).post(at(request, verb))
        absent = cast.sign_in(Client(), getattr(house, name)).post(f"/beds/requests/{uuid.uuid4()}/{verb}")

        expected = 302 if name in let_in else 404 if name in ("noor", "police") else 409
        assert answer.status_code == expected, f"{name}: {verb}"
        assert absent.status_code == 404
        do("release", request, house.maya) if name not in let_in or verb == "holding" else None


@pytest.mark.parametrize("name", PEOPLE)
def test_who_may_read_a_request(house, name):
    request, begun = asked(house.offering, house.maya), draft(house.offering, house.maya)
    client = cast.sign_in(Client(), getattr(house, name))

    assert client.get(at(request)).status_code == (200 if name in ("maya", "ruth", "coordinator") else 404)
    assert client.get(at(begun, "check")).status_code == (200 if name == "maya" else 404)
    assert client.get(at(request, "refusal")).status_code == (200 if name in ("ruth", "coordinator") else 404)


def test_the_shelter_reads_what_is_needed_and_no_name(house):
    request = asked(house.offering, house.maya, circumstances=["pets"], age=19, gender="woman", children=[3])
    page = cast.sign_in(Client(), house.ruth).get(at(request)).content.decode()

    assert "A dog, a cat or another animal" in page
    assert "19 years old" in page
    assert request.handle in page
    assert "Maya" not in page


def test_names_to_keep_apart_are_seen_by_the_shelter_asked_alone_and_gone_with_its_answer(house, superuser):
    request = asked(house.offering, house.maya, keep_apart="Rick Somebody")

    assert "Rick Somebody" in cast.sign_in(Client(), house.ruth).get(at(request)).content.decode()
    assert "Rick Somebody" not in cast.sign_in(Client(), house.maya).get(at(request)).content.decode()
    do("not_offer", request, house.ruth, answer="not-a-fit", barriers=["co_location"])
    assert superuser.execute(
        "select keep_apart from beds_request where id = %s", [request.pk]
    ).fetchone() == (None,)


@pytest.mark.parametrize("how", ["release", "unanswered"])
def test_names_to_keep_apart_are_gone_when_the_request_is_let_go(house, superuser, how):
    with time_machine.travel(clock.now() - timedelta(hours=5), tick=False):
        request = asked(house.offering, house.maya, keep_apart="Rick Somebody")
    do(how, request, house.maya)

    assert superuser.execute(
        "select keep_apart from beds_request where id = %s", [request.pk]
    ).fetchone() == (None,)


def test_names_to_keep_apart_are_gone_after_two_days_although_nobody_came_back(house, superuser):
    with time_machine.travel(clock.now() - timedelta(hours=49), tick=False):
        old = asked(house.offering, house.maya, keep_apart="Rick Somebody")
    new = asked(house.offering, house.maya, keep_apart="Rick Somebody")

    jobs.sweep_names(0)

    kept = dict(superuser.execute("select id, keep_apart is not null from beds_request").fetchall())
    assert kept == {old.pk: False, new.pk: True}


def test_only_who_holds_the_server_secret_sweeps(house):
    with time_machine.travel(clock.now() - timedelta(hours=49), tick=False):
        asked(house.offering, house.maya, keep_apart="Rick Somebody")
    with connection.cursor() as cursor:
        cursor.execute("select ctx.sweep_names('not the key')")
        assert cursor.fetchone() == (0,)


def test_what_was_held_at_once_was_answered(house):
    at_once = offering(house.ruth, name="Open nights", holds_at_once=True)
    count(at_once, house.ruth, actual=1)
    with time_machine.travel(clock.now() - timedelta(hours=5), tick=False):
        request = asked(at_once, house.maya, at_once=True)

    assert cast.sign_in(Client(), house.maya).post(at(request, "unanswered")).status_code == 409


def test_a_conflict_in_the_house_cannot_be_told_from_any_other_not_a_fit(house, superuser):
    """Words, code, number of statements, rows that the asker may read: all the same."""
    rule(house.offering, house.ruth, pets="stops")
    client = cast.sign_in(Client(), house.maya)
    told = []
    for barriers, names in (
        (["co_location"], "Rick"),
        (["pets"], ""),
        ([], "Rick"),
        (["pets", "co_location"], ""),
    ):
        with ctx.as_worker(house.maya.pk):
            before = Gap.objects.count()
        request = asked(
            house.offering, house.maya, circumstances=["pets", "identification"], keep_apart=names
        )
        do("not_offer", request, house.ruth, answer="not-a-fit", barriers=barriers)
        page = client.get(at(request)).content.decode()
        with ctx.as_worker(house.maya.pk):
            gaps = [*Gap.objects.values_list("reason", "barriers", "need", "wait_band", "workaround")]
            row = Request.objects.filter(pk=request.pk).values("state", "answer", "circumstances").get()
        told.append(
            (
                re.sub(r'[0-9a-f-]{36}|value="\w{64}"|\w+ \w+(?=</p>)', "", page),
                row,
                gaps[before:],
                len(gaps) - before,
            )
        )

    assert told[0] == told[1] == told[2] == told[3]


def test_an_unanswered_request_rises_after_one_two_three_and_a_half_and_four_hours(house):
    levels = {0: 0, 59: 0, 60: 1, 119: 1, 120: 2, 209: 2, 210: 3, 239: 3, 240: 4}
    request = asked(house.offering, house.maya)

    assert {
        m: rules.rising(request.asked_at, request.asked_at + timedelta(minutes=m)).value for m in levels
    } == levels


def test_what_waited_longest_stands_first_and_the_number_is_shown_when_it_is_time_to_call(house):
    with ctx.as_worker(house.ruth.pk):
        type(house.offering).objects.filter(pk=house.offering.pk).update(urgent_phone="705-555-0199")
    with time_machine.travel(clock.now() - timedelta(hours=3, minutes=40), tick=False):
        late = asked(house.offering, house.maya)
    fresh = asked(house.offering, house.noor)

    with ctx.as_worker(house.ruth.pk):
        assert [row.request for row in queries.asked_of_us(house.ruth, clock.now())] == [late, fresh]
    client = cast.sign_in(Client(), house.maya)
    assert "705-555-0199" in client.get(at(late)).content.decode()
    assert "705-555-0199" not in cast.sign_in(Client(), house.noor).get(at(fresh)).content.decode()


def test_nobody_answered_is_a_gap_after_four_hours_and_not_before(house):
    with time_machine.travel(clock.now() - timedelta(hours=4, minutes=1), tick=False):
        late = asked(house.offering, house.maya)
    fresh = asked(house.offering, house.maya)
    client = cast.sign_in(Client(), house.maya)

    assert client.post(at(fresh, "unanswered")).status_code == 409
    assert client.post(at(late, "unanswered")).status_code == 302
    with ctx.as_worker(house.maya.pk):
        assert list(Gap.objects.values_list("reason", flat=True)) == ["no-answer"]


def test_a_hold_runs_out_by_itself_when_it_is_read(house):
    request = asked(house.offering, house.maya)
    do("hold", request, house.ruth, hours=2)
    client = cast.sign_in(Client(), house.maya)
    assert b"At the door" in client.get(at(request)).content

    with time_machine.travel(clock.now() + timedelta(hours=2, seconds=1), tick=False):
        cast.sign_in(client, house.maya)
        page = client.get(at(request)).content

    assert b"the bed is free again" in page
    assert b"At the door" not in page


def test_who_came_after_all_is_let_in_when_a_bed_is_free_and_not_otherwise(house):
    request = asked(house.offering, house.maya)
    do("hold", request, house.ruth, hours=2)
    later = clock.now() + timedelta(hours=3)
    client = cast.sign_in(Client(), house.ruth)
    with time_machine.travel(later, tick=False):
        cast.sign_in(client, house.ruth)
        count(house.offering, house.ruth, actual=4, occupied=4)
        assert client.post(at(request, "arrival")).status_code == 409
        count(house.offering, house.ruth, actual=4, occupied=3)
        assert client.post(at(request, "arrival")).status_code == 302


def test_a_no_without_its_word_keeps_what_was_ticked_and_says_what_is_missing(house):
    request = asked(house.offering, house.maya)
    answer = cast.sign_in(Client(), house.ruth).post(at(request, "refusal"), {"barriers": ["pets"]})

    assert answer.status_code == 422
    assert re.search(r'value="pets"[^>]*checked', answer.content.decode())
    assert b"no space, or not a fit" in answer.content


def test_one_s_own_house_and_a_closed_one_cannot_be_asked(house):
    client = cast.sign_in(Client(), house.ruth)
    assert client.post("/beds/new", {"offering": str(house.offering.pk)}).status_code == 409
    closed = offering(house.ruth, name="Closed", closed_at=clock.now())

    assert (
        cast.sign_in(Client(), house.maya).post("/beds/new", {"offering": str(closed.pk)}).status_code == 404
    )


@pytest.mark.parametrize(
    "typed",
    [
        {"children": "two"},
        {"age": "-1"},
        {"age": "x"},
        {"gender": "nobody"},
        {"them": "nothing"},
        {"stay": "never"},
    ],
)
def test_bad_input_is_said_at_the_field_and_never_breaks(house, typed):
    answer = cast.sign_in(Client(), house.maya).get("/beds/", typed)

    assert answer.status_code == 422
    assert b'role="alert"' in answer.content
