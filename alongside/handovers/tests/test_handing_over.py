"""Handing a shift over: one screen, by code name, taken with one press; walls hold on both sides."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from lxml import html

from alongside.consent import commands as consent
from alongside.handovers.models import A_CAPABILITY
from alongside.kernel import clock, ctx
from alongside.kernel.capabilities import said_in
from alongside.plans import commands as plans
from alongside.plans.tests import cast
from tests.browsing import fits, press
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db

NOTE = "they come by at nine"


@pytest.fixture
@frozen
def there():
    """Maya promised something for today in two files; Priya and Sam are on, Noor is not."""
    here = cast.agency("Riverside")
    there = SimpleNamespace(
        **{
            name: cast.worker(here, name.title(), on=name != "noor")
            for name in ("maya", "priya", "sam", "noor")
        }
    )
    there.files = [cast.file(there.maya, "Jo"), cast.file(there.maya, "Kit")]
    for file in there.files:
        with ctx.as_worker(there.maya.pk):
            plans.add_step(
                file_id=file.id,
                priority_id=None,
                words="Ring the school",
                worker_id=there.maya.pk,
                due_on=clock.today(),
                by=there.maya,
                at=clock.now(),
            )
    return there


def hand_over(there, to=None, note=NOTE):
    sends = {"to": str(to.pk) if to else "", str(there.files[0].id): note, "looked": "on"}
    return cast.sign_in(Client(), there.maya).post("/handovers/new", sends)


def board(who):
    """The page of what was handed over to somebody, if their day leads to one."""
    client = cast.sign_in(Client(), who)
    links = html.fromstring(client.get("/day").content).xpath("//main//a/@href")
    found = [link for link in links if link.startswith("/handovers/0")]
    return (client, found[0], client.get(found[0]).content.decode()) if found else None


def test_what_is_due_is_handed_over_by_code_name_and_taken_with_one_press(there, superuser):
    assert hand_over(there, there.priya).status_code == 302
    client, address, page = board(there.priya)

    for file in there.files:
        assert file.handle in page
    read = cast.words(client.get(address))
    for said in ("Ring the school", NOTE, "Jo", "Kit"):
        assert said not in read, "words open with the file"
    assert client.post(address)["Location"] == "/day"

    day = client.get("/day").content.decode()
    assert all("You took over" in day and file.handle in day for file in there.files)
    assert NOTE in client.get(f"/files/{there.files[0].id}").content.decode()
    noted = superuser.execute(
        "select action, worker_id, count(*) from trail_entry where action like 'handovers.%' group by 1, 2"
    ).fetchall()
    assert set(noted) == {
        ("handovers.given", there.maya.pk, 2),
        ("handovers.taken", there.priya.pk, 2),
    }


def test_a_colleague_s_hand_over_is_theirs_for_an_hour_and_then_everybody_s_who_is_on(there):
    hand_over(there, there.priya)
    assert board(there.sam) is None

    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert "Nobody has taken it yet" in cast.sign_in(Client(), there.sam).get("/day").content.decode()


def test_whoever_is_on_takes_it_and_nobody_takes_it_twice(there):
    hand_over(there)
    assert board(there.noor) is None, "she is not on"
    client, address, _page = board(there.priya)
    other, _address, _page = board(there.sam)

    assert client.post(address).status_code == 302
    for late in (other.post(address), other.get(address)):
        assert late.status_code == 409
        assert "Priya has it already" in late.content.decode()
    assert client.post(address)["Location"] == "/day", "pressed twice"
    assert client.get(address)["Location"] == "/day"


def test_pressed_twice_it_is_handed_over_once(there, superuser):
    for note in (NOTE, NOTE, "at ten, they say"):
        assert hand_over(there, note=note).status_code == 302

    boards = superuser.execute("select count(distinct batch_id) from handovers_handover").fetchone()
    assert boards == (2,), "another note is another hand-over"


def test_two_who_take_it_at_once_are_not_both_told_that_it_is_theirs(there, superuser):
    hand_over(there)
    (priya, address, _page), (sam, _address, _page) = board(there.priya), board(there.sam)

    with ThreadPoolExecutor(2) as at_once:
        answers = list(at_once.map(lambda client: _and_close(client, address), (priya, sam)))

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert superuser.execute("select count(distinct taken_by) from handovers_handover").fetchone() == (1,)


def _and_close(client, address):
    """Press it on a connection of one's own, which is closed after it."""
    try:
        return client.post(address)
    finally:
        connection.close()


GIVEN = (
    "insert into handovers_handover (id, file_id, agency_id, blocked_principals, batch_id, given_by,"
    " given_at, subject) values (gen_random_uuid(), %s, %s, '{}', gen_random_uuid(), %s, now(), 'plans')"
)


def test_by_sql_nobody_hands_over_or_takes_in_the_name_of_another(there):
    file, maya, priya = there.files[0], there.maya, there.priya
    with acting(maya.pk) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(GIVEN, [file.id, maya.agency_id, priya.pk])
    with acting(maya.pk) as app:
        assert app.execute(GIVEN, [file.id, maya.agency_id, maya.pk]).rowcount == 1
        take = "update handovers_handover set taken_by = %s, taken_at = now() where file_id = %s"
        assert app.execute(take, [maya.pk, file.id]).rowcount == 1
    hand_over(there)
    with acting(priya.pk) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(take, [maya.pk, file.id])


@pytest.mark.parametrize(
    ("columns", "values"),
    [
        ("taken_by, taken_at", "'{priya}', now()"),
        ("taken_by, taken_at", "'{maya}', now()"),
        ("to_id", "'{stranger}'"),
        ("to_id", "gen_random_uuid()"),
        ("note", "convert_to(repeat('x',5000),'UTF8')"),
        ("given_at", "'2090-01-01'"),
        ("subject", "'she fears R'"),
        ("subject", "''"),
    ],
)
def test_by_sql_a_line_is_handed_to_a_colleague_now_and_taken_by_nobody_yet(there, columns, values):
    file, maya, stranger = there.files[0], there.maya, cast.worker(cast.agency("North Shore"), "Ines")
    line = {"given_at": "now()", "subject": "'plans'"} | dict(
        zip(columns.split(", "), values.split(", "), strict=True)
    )
    given = (
        f"insert into handovers_handover (id, file_id, agency_id, batch_id, given_by, {', '.join(line)})"
        f" values (gen_random_uuid(), %s, %s, gen_random_uuid(), %s, {', '.join(line.values())})"
    ).format(priya=there.priya.pk, maya=maya.pk, stranger=stranger.pk)

    with (
        acting(maya.pk) as app,
        pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation)),
    ):
        app.execute(given, [file.id, maya.agency_id, maya.pk])


def test_whatever_can_be_due_in_a_file_can_be_handed_over():
    says = {app.label for app in apps.get_app_configs() if hasattr(said_in(app, "worklist"), "ON_A_BOARD")}

    assert says
    assert [label for label in says if not re.search(A_CAPABILITY, label)] == []


def test_what_the_next_may_not_know_is_not_handed_to_them_and_falls_to_whoever_is_on(there):
    walled, open_to_all = there.files
    with ctx.as_worker(there.priya.pk):
        consent.recuse(file_id=walled.id, by=there.priya, at=clock.now())

    answer = hand_over(there, there.priya)
    client, address, page = board(there.priya)

    assert answer.status_code == 302
    assert open_to_all.handle in page
    assert walled.handle not in page
    client.post(address)
    assert walled.handle in board(there.sam)[2], "it is not lost"


def test_a_note_that_says_who_somebody_is_is_not_taken_and_stays_typed(there):
    answer = hand_over(there, note="Ring 705 555 0134")

    assert answer.status_code == 422
    assert "705 555 0134" in answer.content.decode()
    assert board(there.priya) is None


def test_with_nothing_due_there_is_a_way_on(there):
    page = cast.sign_in(Client(), there.sam).get("/handovers/new")

    assert page.status_code == 200
    assert "Back to my day" in page.content.decode()
    assert cast.sign_in(Client(), there.sam).post("/handovers/new", {"to": ""}).status_code == 409


@pytest.mark.costly("two people in a browser")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_shift_is_handed_over_in_two_taps_and_taken_in_two_without_javascript(there, signed_in, language):
    told = {
        "java_script_enabled": False,
        "viewport": {"width": 320, "height": 640},
        "locale": f"{language}-CA",
    }
    page = signed_in(there.maya, **told)
    page.goto("/day")
    press(page, "a[href='/handovers/new']")
    fits(page)
    press(page, "main form button.button")

    page = signed_in(there.priya, **told)
    page.goto("/day")
    press(page, "a[href^='/handovers/0']")
    press(page, "main form button.button")

    assert page.url.endswith("/day")
    assert there.files[0].handle in page.locator("main").inner_text()


def test_a_note_may_name_a_code_name_and_a_colleague(there):
    file = there.files[0]

    for note in (f"Ring {file.handle.split()[0]} back", "Priya knows more"):
        answer = cast.sign_in(Client(), there.maya).post("/handovers/new", {str(file.id): note})

        assert answer.status_code == 302
