"""Two taps at the open desk, and what may follow: taken back, timed, written into a file if they want it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from alongside.files.models import File
from alongside.files.tests import cast
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.kernel.punctuation import within
from alongside.visits import commands, hints, queries
from alongside.visits.models import Topic, Visit
from tests.browsing import fits, press
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def there(live):
    """Maya and Priya at one desk, Noor at another; Jo has a file."""
    here, elsewhere = cast.agency("Riverside"), cast.agency("Hillcrest")
    maya = cast.worker(here, passphrase=cast.PASSPHRASE)
    return SimpleNamespace(
        maya=maya,
        priya=cast.worker(here, "Priya"),
        noor=cast.worker(elsewhere, "Noor"),
        file=cast.file(maya, "Jo"),
    )


def counted(who, topic="housing"):
    with ctx.as_worker(who.pk):
        return commands.record(visit_id=uuid7(), topic=topic, by=who, at=clock.now())


def counts(who):
    with ctx.as_worker(who.pk):
        return [visit.topic for visit in queries.came_today(who, clock.now())]


def the_form(client):
    """The page's own form: its address, and the number it made for this one visit."""
    return next(f for f in html.fromstring(client.get("/visits/").content).forms if "id" in f.fields)


@pytest.mark.parametrize("topic", Topic.values)
def test_two_taps_count_somebody_and_keep_nothing_else(there, topic, superuser):
    client = cast.sign_in(Client(), there.maya)
    before = superuser.execute("select count(*) from trail_entry").fetchone()

    kept = client.post("/visits/", {"id": the_form(client).fields["id"], "topic": topic}, follow=True)

    assert f"somebody, {within(Topic(topic).label)}. Nothing else" in cast.words(kept)
    assert counts(there.maya) == [topic]
    assert superuser.execute("select count(*) from files_file").fetchone() == (1,), "no file was opened"
    assert superuser.execute("select count(*) from trail_entry").fetchone() == before


def test_pressed_twice_it_is_counted_once_and_two_in_a_minute_are_two(there):
    client = cast.sign_in(Client(), there.maya)
    sends = {"id": the_form(client).fields["id"], "topic": "food"}

    assert client.post("/visits/", sends)["Location"] == client.post("/visits/", sends)["Location"]
    assert counts(there.maya) == ["food"]
    client.post("/visits/", sends | {"id": the_form(client).fields["id"]})
    assert counts(there.maya) == ["food", "food"]


def test_a_number_of_somebody_else_s_or_none_is_counted_under_its_own(there):
    theirs = counted(there.noor)
    client = cast.sign_in(Client(), there.maya)

    for sent in (str(theirs.id), "", "one"):
        assert str(theirs.id) not in client.post("/visits/", {"id": sent, "topic": "law"})["Location"]

    assert counts(there.maya) == ["law"] * 3
    assert counts(there.noor) == ["housing"]


@pytest.mark.parametrize("topic", ["", "jo", "housing "])
def test_what_is_no_topic_counts_nobody(there, topic):
    client = cast.sign_in(Client(), there.maya)

    answer = client.post("/visits/", {"id": the_form(client).fields["id"], "topic": topic})

    assert answer.status_code == 200
    assert counts(there.maya) == []


def test_it_is_taken_back_within_ten_minutes_by_whoever_counted(there):
    visit = counted(there.maya)
    assert cast.sign_in(Client(), there.priya).post(f"/visits/{visit.id}/undo").status_code == 404

    client = cast.sign_in(Client(), there.maya)
    assert "Undo" in cast.words(client.get(f"/visits/{visit.id}"))
    assert client.post(f"/visits/{visit.id}/undo")["Location"] == "/visits/"
    assert counts(there.maya) == []

    late = counted(there.maya)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        client = cast.sign_in(Client(), there.maya)
        assert "Undo" not in cast.words(client.get(f"/visits/{late.id}"))
        assert client.post(f"/visits/{late.id}/undo").status_code == 409


def write(there, visit, **said):
    with ctx.as_worker(there.maya.pk):
        told = {"done": "Rang the landlord.", "next_step": "", "said": ""} | said
        return commands.write(visit=visit, file_id=there.file.id, **told, by=there.maya, at=clock.now())


def test_what_stands_in_a_file_stays_counted(there):
    visit = counted(there.maya)
    write(there, visit)

    assert cast.sign_in(Client(), there.maya).post(f"/visits/{visit.id}/undo").status_code == 409
    assert counts(there.maya) == ["housing"]


def test_how_long_it_took_is_said_in_three_steps(there):
    visit, client = counted(there.maya), cast.sign_in(Client(), there.maya)

    client.post(f"/visits/{visit.id}/length", {"length": "half-an-hour"})
    client.post(f"/visits/{visit.id}/length", {"length": "all day"})

    with ctx.as_worker(there.maya.pk):
        assert Visit.objects.get(id=visit.id).length == "half-an-hour"


def onward(client, address, sends):
    """Where one is led once a file was chosen."""
    return client.post(address, sends)["Location"]


def test_a_note_is_sealed_opens_with_its_file_and_says_no_more_than_was_typed(there, superuser):
    visit, client = counted(there.maya), cast.sign_in(Client(), there.maya)
    found = client.post(f"/visits/{visit.id}/file?tool=visits", {"words": "Jo"})
    (button,) = html.fromstring(found.content).xpath("//section[@aria-labelledby='found']//button/@value")
    address = onward(client, f"/visits/{visit.id}/file?tool=visits", {"file": button})

    client.post(address, {"done": "Rang the landlord.", "next_step": "Go along on Friday."})
    client.post(address, {"done": "Rang the landlord.", "next_step": "Go along on Friday."})

    page = cast.words(client.get(f"/files/{there.file.id}"))
    assert "Rang the landlord." in page
    assert "Go along on Friday." in page
    (words,) = superuser.execute("select words from visits_visitnote").fetchone()
    assert b"landlord" not in bytes(words)
    with ctx.as_worker(there.noor.pk):
        assert queries.notes_of(there.noor, there.file.id) == []
    assert cast.sign_in(Client(), there.noor).get(address).status_code == 404


def test_a_new_file_is_opened_for_it_with_one_press(there):
    visit, client = counted(there.maya), cast.sign_in(Client(), there.maya)

    address = onward(client, f"/visits/{visit.id}/file?tool=visits", {"new": "1"})

    client.post(address, {"done": "Looked for a room."})
    with ctx.as_worker(there.maya.pk):
        (new,) = File.objects.exclude(id=there.file.id)
        assert [note.done for note in queries.notes_of(there.maya, new.id)] == ["Looked for a room."]


@pytest.mark.parametrize(
    ("done", "hinted"),
    [
        ("Rang the landlord. Two rooms to see on Friday.", False),
        ("Claims that he took her papers.", "Claims"),
        ("Elle prétend avoir appelé.", "prétend"),
        ("Dit avoir appelé, mais ment.", "ment"),
        ("Spoke to Kevin Whitcombe about it.", "Kevin Whitcombe"),
        ("Ring 705-555-0142 after six.", "705-555-0142"),
        ("We talked. " * 40, "It is long"),
    ],
)
def test_a_story_an_opinion_and_somebody_else_are_hinted_at_once_and_kept_if_meant(there, done, hinted):
    visit, client = counted(there.maya), cast.sign_in(Client(), there.maya)
    address = f"/visits/{visit.id}/of/{there.file.id}"

    first = client.post(address, {"done": done})

    assert (first.status_code == 422) == bool(hinted)
    if hinted:
        page = cast.words(first)
        assert hinted in page
        assert "yours to decide" in page
        assert done.strip()[:20] in html.fromstring(first.content).xpath("string(//textarea[@name='done'])")
        assert client.post(address, {"done": done, "meant": "1"})["Location"] == f"/files/{there.file.id}"
    with ctx.as_worker(there.maya.pk):
        assert [note.done for note in queries.notes_of(there.maya, there.file.id)] == [done.strip()]


def test_that_they_came_stands_in_the_file_without_a_word_and_words_come_later_once(there, superuser):
    visit, client = counted(there.maya), cast.sign_in(Client(), there.maya)
    address = f"/visits/{visit.id}/of/{there.file.id}"

    client.post(f"{address}/attached")
    client.post(f"{address}/attached")

    assert superuser.execute("select words from visits_visitnote").fetchall() == [(None,)]
    assert "Came by. Nothing else was written down." in cast.words(client.get(f"/files/{there.file.id}"))
    assert client.post(f"/visits/{visit.id}/undo").status_code == 409
    client.post(address, {"done": "Rang the landlord."})
    client.post(address, {"done": "Rang somebody else."})
    page = cast.words(client.get(f"/files/{there.file.id}"))
    assert "Rang the landlord." in page
    assert "somebody else" not in page


def test_what_everybody_is_told_counts_a_day_and_keeps_no_answer(there, superuser):
    client = cast.sign_in(Client(), there.maya)
    page = client.get("/visits/told")
    form = next(f for f in html.fromstring(page.content).forms if "id" in f.fields)

    for _pressed in range(2):
        client.post("/visits/told", {"id": form.fields["id"], "answer": "yes", "words": "Jo said yes"})

    assert "no answer is written down" in cast.words(page)
    columns = superuser.execute("select * from visits_told").fetchall()
    assert [row[1:] for row in columns] == [(there.maya.agency_id, clock.today())]


def test_the_month_counts_visits_and_time_of_the_agency_and_of_no_worker(there):
    for who, topic, length in ((there.maya, "housing", "longer"), (there.priya, "housing", "half-an-hour"),
                               (there.priya, "food", ""), (there.noor, "law", "longer")):  # fmt: skip
        with ctx.as_worker(who.pk):
            commands.tell_length(visit=counted(who, topic), length=length, by=who)

    page = cast.words(cast.sign_in(Client(), there.maya).get("/visits/figures"))

    assert "Somebody came by 3 times; it took at least 2 h." in page
    assert "Housing 0 1 1 0 2" in page
    assert "Law" not in page
    assert "Priya" not in page


def test_who_reads_no_gaps_gets_no_count_by_sql_either(there):
    counted(there.maya)
    intake = cast.worker(there.maya.agency, "Ines", "intake")

    for who, n in ((intake, 0), (there.noor, 0), (there.priya, 1)):
        with acting(who.pk) as app:
            found = app.execute("select * from ctx.visits_counted('2020-01-01', '2090-01-01')").fetchall()
            assert len(found) == n


@given(st.text(max_size=400))
def test_no_words_break_the_hints(words):
    for hint in hints.hints_in(words):
        assert str(hint.words)


def test_their_own_words_are_not_judged(there):
    visit, client = counted(there.maya), cast.sign_in(Client(), there.maya)

    said = {"done": "Wrote it down.", "said": "He claims I lied to Kevin Whitcombe."}

    assert client.post(f"/visits/{visit.id}/of/{there.file.id}", said).status_code == 302


@pytest.mark.parametrize(
    "attempt",
    [
        "insert into visits_visit (id, agency_id, topic, met_by, met_at)"
        " values (gen_random_uuid(), %(agency)s, 'food', %(other)s, now())",
        "insert into visits_visit (id, agency_id, topic, met_by, met_at)"
        " values (gen_random_uuid(), %(agency)s, 'food', %(me)s, now() + interval '1 hour')",
        "insert into visits_visit (id, agency_id, topic, met_by, met_at)"
        " values (gen_random_uuid(), %(agency)s, 'Jo, from Kenora', %(me)s, now())",
        "update visits_visit set topic = 'law'",
        "insert into visits_visit (id, agency_id, topic, met_by, met_at)"
        " values (gen_random_uuid(), gen_random_uuid(), 'food', %(me)s, now())",
        "insert into visits_visitnote (file_id, id, agency_id, visit_id, words, written_by, written_at)"
        " values (%(file)s, gen_random_uuid(), %(agency)s, gen_random_uuid(), '\\x01', %(other)s, now())",
        "update visits_visitnote set written_at = now()",
        "insert into visits_told values (gen_random_uuid(), gen_random_uuid(), now())",
        "insert into visits_told values (gen_random_uuid(), %(agency)s, '2020-01-01')",
        "delete from visits_visitnote",
    ],
)
def test_by_sql_nobody_counts_for_another_or_rewrites(there, attempt):
    write(there, counted(there.maya))
    who = {"agency": there.maya.agency_id, "me": there.maya.pk, "other": there.priya.pk}
    ids = who | {"file": there.file.id}

    with acting(there.maya.pk) as app, pytest.raises(psycopg.Error):
        app.execute(attempt, ids)


@pytest.mark.parametrize(
    "attempt",
    ["update visits_visit set length = 'longer'", "delete from visits_visit", "select id from visits_visit"],
)
def test_by_sql_another_desk_reaches_nothing_and_a_colleague_only_reads(there, attempt):
    counted(there.maya)

    for who, seen in ((there.priya, 1), (there.noor, 0)):
        with acting(who.pk) as app:
            reached = app.execute(attempt).rowcount
        assert reached == (seen if attempt.startswith("select") else 0)


@pytest.mark.parametrize(("locale", "topic"), [("en-CA", "Housing"), ("fr-CA", "Logement")])
def test_the_desk_in_two_taps_at_320_without_javascript(there, new_page, locale, topic):
    page = new_page(locale=locale, java_script_enabled=False, viewport={"width": 320, "height": 720})
    page.goto("/account/sign-in/")
    page.fill("[name=login]", there.maya.account.username)
    page.fill("[name=password]", cast.PASSPHRASE)
    page.press("[name=password]", "Enter")
    page.goto("/day")

    press(page, "main a[href='/visits/']")
    fits(page)
    press(page, page.get_by_role("button", name=topic))
    fits(page)

    assert topic.lower() in page.locator(".kept").inner_text()
    assert counts(there.maya) == ["housing"]
