"""Who may come through which door of the waiting lists and the pathways.

Agency asked, agency asking, everybody else.
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.beds import commands, queries, rules
from alongside.beds.models import Hold, Step, Waiting, WaitingState
from alongside.beds.tests.conftest import count, offering
from alongside.kernel import clock, ctx
from tests import databases
from tests.frozen import frozen

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
WHO = ("maya", "ruth", "coordinator", "noor", "police", "leader", "housed")


@pytest.fixture
@frozen
def line(house):
    """A line in which maya's person waits before noor's."""
    house.leader = cast.worker(house.maya.agency, "Lea", "leader")
    house.housed = cast.worker(house.ruth.agency, "Hana", "leader")
    house.months = offering(
        house.ruth, name="Cedar rooms", stay="months", monthly_cost=600, covers={"ontario_works": 390}
    )
    count(house.months, house.ruth, actual=1)
    house.one = join(house, house.maya)
    house.other = join(house, house.noor)
    with ctx.as_worker(house.maya.pk):
        house.step = Step.objects.get(waiting=house.one)
    return house


def join(house, by, **profile):
    with ctx.as_worker(by.pk):
        return commands.waitlist.join(offering=house.months, profile=profile, by=by, at=clock.now())


def do(verb, waiting, by, **more):
    with ctx.as_worker(by.pk):
        return getattr(commands.waitlist, verb)(waiting=waiting, by=by, at=clock.now(), **more)


def address(house, name):
    ids = {
        "join": [house.months.pk],
        "waits": [],
        "pathways": [],
        "pathway": [house.step.pathway_id],
        "pathway_home": [house.step.pathway_id],
        "pathway_file": [house.step.pathway_id],
        "pathway_missing": [house.step.pathway_id, house.step.pk],
        "pathway_departure": [house.step.pathway_id, house.step.pk],
    }
    return reverse(f"beds:{name}", args=ids.get(name, [house.one.pk]))


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("join", (200, 200, 200, 200, 404, 404, 404)),
        ("waits", (200, 200, 200, 200, 404, 404, 404)),
        ("wait", (200, 200, 200, 404, 404, 404, 404)),
        ("wait_offer", (404, 200, 200, 404, 404, 404, 404)),
        ("wait_refusal", (404, 200, 200, 404, 404, 404, 404)),
        ("pathways", (200, 200, 404, 200, 404, 404, 404)),
        ("pathway", (200, 404, 404, 404, 404, 404, 404)),
        ("pathway_file", (200, 404, 404, 404, 404, 404, 404)),
        ("pathway_missing", (200, 404, 404, 404, 404, 404, 404)),
    ],
)
def test_who_may_look(client, line, name, statuses):
    found = tuple(
        cast.sign_in(client, getattr(line, who)).get(address(line, name)).status_code for who in WHO
    )

    assert found == statuses


@pytest.mark.parametrize(
    ("name", "before", "statuses", "state"),
    [
        ("wait_yes", "offered", (302, 409, 409, 404, 404, 404, 404), "accepted"),
        ("wait_otherwise", "offered", (302, 409, 409, 404, 404, 404, 404), "waiting"),
        ("wait_leaving", "", (302, 409, 409, 404, 404, 404, 404), "left"),
        ("wait_back", "rests", (302, 409, 409, 404, 404, 404, 404), "waiting"),
        ("wait_offer", "", (404, 302, 302, 404, 404, 404, 404), "offered"),
        ("wait_moved_in", "accepted", (404, 302, 302, 404, 404, 404, 404), "moved-in"),
        ("wait_taking_back", "offered", (404, 302, 302, 404, 404, 404, 404), "waiting"),
        ("wait_time", "offered", (302, 302, 302, 404, 404, 404, 404), "offered"),
    ],
)
def test_who_may_move_a_wait(client, line, superuser, name, before, statuses, state):
    for who, status in zip(WHO, statuses, strict=True):
        superuser.execute("delete from beds_hold; delete from beds_count")
        with databases.without_triggers():
            superuser.execute("update beds_waiting set state = 'waiting' where id = %s", [line.one.pk])
        count(line.months, line.ruth, actual=1)
        if before:
            do("offer_place", line.one, line.ruth)
        if before == "rests":
            do("decline", line.one, line.maya, stays=False)
        if before == "accepted":
            do("accept", line.one, line.maya)
        stood = superuser.execute("select state from beds_waiting where id = %s", [line.one.pk]).fetchone()[0]

        assert cast.sign_in(client, getattr(line, who)).post(address(line, name)).status_code == status, who
        after = superuser.execute("select state from beds_waiting where id = %s", [line.one.pk]).fetchone()[0]
        assert after == (state if status == 302 else stood), who


def test_joining_from_a_search_carries_what_was_said(client, line):
    page = cast.sign_in(client, line.maya).get(
        address(line, "join"), {"them": "pets", "age": "31", "stay": "months", "region": "north"}
    )
    posted = client.post(address(line, "join"), {"them": ["pets"], "age": "31", "thread": "", "file": ""})

    assert (page.context["form"].initial["them"], page.context["form"].initial["age"]) == (["pets"], "31")
    with ctx.as_worker(line.maya.pk):
        waiting = Waiting.objects.order_by("-joined_at").first()
    assert posted.url == reverse("beds:wait", args=[waiting.pk])
    assert (waiting.circumstances, waiting.age) == (["pets"], 31)


def test_a_form_error_keeps_what_was_typed(client, line):
    page = cast.sign_in(client, line.maya).post(address(line, "join"), {"children": "many", "age": "31"})

    assert page.status_code == 422
    assert "many" in page.content.decode()


def test_nobody_is_written_down_twice_on_one_list(client, line):
    page = cast.sign_in(client, line.maya).post(address(line, "join"), {"thread": str(line.step.pathway_id)})
    assert page.status_code == 422
    with ctx.as_worker(line.maya.pk), pytest.raises(Exception, match="on this list already"):
        commands.waitlist.join(
            offering=line.months, profile={}, by=line.maya, at=clock.now(), pathway_id=line.step.pathway_id
        )


def test_out_of_turn_asks_for_one_tap_more(client, line):
    second = reverse("beds:wait_offer", args=[line.other.pk])
    without = cast.sign_in(client, line.ruth).post(second)
    with_a_reason = client.post(second, {"reason": "not-reached", "hours": "48"})

    assert (without.status_code, with_a_reason.status_code) == (422, 302)
    with ctx.as_worker(line.ruth.pk):
        held = Hold.objects.get(waiting=line.other)
    assert held.until - held.held_at == timedelta(hours=48)


@pytest.mark.parametrize("who", ["maya", "noor"])
def test_the_pages_of_who_waits_name_nobody_else_in_line(client, line, who):
    do("offer_place", line.other, line.ruth, reason="suited")
    mine, theirs = (line.one, line.other) if who == "maya" else (line.other, line.one)
    cast.sign_in(client, getattr(line, who))
    pages = [
        client.get(reverse(f"beds:{name}", args=args)).content.decode()
        for name, args in (("wait", [mine.pk]), ("waits", []), ("pathways", []))
    ]

    assert all(
        theirs.handle not in page and str(theirs.pk) not in page and "suited" not in page for page in pages
    )


def test_what_is_read_out_says_the_two_numbers_and_when(client, line):
    do("offer_place", line.one, line.ruth)
    page = cast.sign_in(client, line.noor).get(reverse("beds:wait", args=[line.other.pk])).content.decode()

    assert "1 person is before you." in page
    assert "In the last six months 1 person was offered a place." in page
    assert "Ontario Works pays $390; $210 is left to pay." in page
    assert "As of" in page


def test_refusing_takes_two_taps(client, line):
    page = cast.sign_in(client, line.ruth).post(
        address(line, "wait_refusal"), {"answer": "not-a-fit", "barriers": ["co_location"]}
    )

    assert page.status_code == 302
    with ctx.as_worker(line.maya.pk):
        assert (
            Waiting.objects.get(pk=line.one.pk).answer,
            queries.pathways.step_seen(line.maya, line.step, clock.now()).counted,
        ) == (
            "not-a-fit",
            True,
        )


def test_every_reason_and_state_has_words():
    assert [str(words) for _code, words in rules.waitlist.REASONS]
    assert {str(state.label) for state in WaitingState}
    assert queries.waitlist.SHOWN
