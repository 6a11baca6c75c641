"""Who sits at the hub today, who sees who waits, and that nothing of it is left."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from lxml import html

from alongside.agencies.tests import cast as who
from alongside.gaps.models import Gap
from alongside.hub import commands, queries
from alongside.hub.models import Waiting
from alongside.hub.tests import cast
from alongside.hub.tests.cast import sits, sitting_seen, waits, words_seen
from alongside.hub.words import ENGLISH, FRENCH
from alongside.kernel import clock, ctx
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def there(live):
    """Maya and Priya of a desk, Noor of a clinic, Ray a lawyer, Ana of child protection; Zoe elsewhere."""
    return cast.people()


def signed(worker):
    return who.sign_in(Client(), worker)


def sent(client, path):
    """What the form of a page would send as it stands, but for its buttons."""
    forms = html.fromstring(client.get(path).content).xpath("//main//form")
    return {name: value for name, value in forms[-1].form_values()}  # noqa: C416


def test_who_sits_there_is_seen_by_every_agency_of_the_hub_and_nobody_else(there):
    client = signed(there.maya)
    client.post(f"/hub/{there.hub.id}/sitting", {"until": "23:59", "called": "Maya, at the desk"})

    for worker in (there.maya, there.noor, there.ray, there.ana):
        assert "Maya, at the desk" in who.words(signed(worker).get(f"/hub/{there.hub.id}"))
    assert signed(there.zoe).get(f"/hub/{there.hub.id}").status_code == 404
    assert sitting_seen(there.zoe) == []
    assert "shares no place" in who.words(signed(there.zoe).get("/hub/"))


@pytest.mark.parametrize("nothing", ["", " ", "\u200b", "\u00ad\u2060", "\u3164", "\r\n"])
def test_whoever_sits_is_called_something_that_can_be_read_in_one_line(there, nothing):
    client, address = signed(there.maya), f"/hub/{there.hub.id}/sitting"

    assert client.post(address, {"until": "23:59", "called": nothing}).status_code == 422
    assert client.post(address, {"until": "23:59", "called": "The\r\nnurse"}).status_code == 302
    assert sitting_seen(there.maya) == ["The nurse"]


@pytest.mark.parametrize("language", [ENGLISH, FRENCH])
def test_no_word_of_the_queue_stands_on_its_pages(there, language):
    sits(there.maya, there.hub)
    code = "en" if language is ENGLISH else "fr"
    waiting = waits(there.maya, there.hub, not_while="Sam", language=code)
    client = signed(there.maya)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    pages = f"/{waiting.id}/later", "/new", ""
    client.post(f"/hub/{there.hub.id}/waiting")

    for page in reversed(pages):
        told = who.words(client.get(f"/hub/{there.hub.id}/waiting{page}")).casefold()
        assert not set(re.findall(r"\w+", told)) & (set(language) - {waiting.word}), page


@pytest.mark.parametrize("day", ["2020-01-01", "0001-01-01", "9999-12-31", "today", "a year and a day"])
def test_the_next_day_is_one_that_the_others_see(there, day):
    days = {"today": clock.today(), "a year and a day": clock.today() + timedelta(days=366)}

    answer = signed(there.noor).post(f"/hub/{there.hub.id}/next", {"next_on": str(days.get(day, day))})

    assert answer.status_code == 422
    assert "Choose a day after today, within a year." in who.words(answer)


@pytest.mark.parametrize("until", ["", "soon", "00:00", "25:10"])
def test_nobody_sits_in_the_past_and_what_was_typed_stays(there, until):
    answer = signed(there.maya).post(f"/hub/{there.hub.id}/sitting", {"until": until, "called": "Maya"})

    assert answer.status_code == 422
    assert html.fromstring(answer.content).xpath("//input[@name='called']/@value") == ["Maya"]
    assert sitting_seen(there.maya) == []


def test_free_and_with_somebody_is_one_tap(there):
    sits(there.noor, there.hub)
    client = signed(there.noor)

    client.post(f"/hub/{there.hub.id}/busy", {"minutes": "20"})
    assert "free at" in who.words(signed(there.maya).get(f"/hub/{there.hub.id}"))
    client.post(f"/hub/{there.hub.id}/busy", {"minutes": "0"})
    assert "free at" not in who.words(signed(there.maya).get(f"/hub/{there.hub.id}"))


def test_an_empty_seat_says_when_somebody_is_there_next(there):
    on = clock.today() + timedelta(days=3)
    signed(there.noor).post(
        f"/hub/{there.hub.id}/next", {"next_on": on.isoformat(), "next_for": "identification"}
    )

    page = html.fromstring(signed(there.maya).get(f"/hub/{there.hub.id}").content)
    (seat,) = page.xpath("//li[contains(@class, 'nobody') and contains(., 'Mill Street')]")
    assert "ID papers and a health card" in seat.text_content()


def test_whoever_signs_out_or_leaves_sits_there_no_more(there):
    sits(there.noor, there.hub)
    client = signed(there.noor)
    client.get("/hub/")

    client.post("/account/session")

    assert sitting_seen(there.maya) == []


def test_only_who_sits_there_and_keeps_files_sees_who_waits(there):
    for worker in (there.maya, there.noor, there.ray, there.ana):
        sits(worker, there.hub)
    word = waits(there.maya, there.hub).word

    assert words_seen(there.maya) == words_seen(there.noor) == [word]
    for worker in (there.priya, there.ray, there.ana, there.zoe):
        assert words_seen(worker) == [], worker.name


def test_a_lawyer_and_child_protection_are_offered_no_queue(there):
    for worker in (there.ray, there.ana):
        sits(worker, there.hub)
        client = signed(worker)
        assert "Who waits" not in who.words(client.get(f"/hub/{there.hub.id}"))
        assert client.post(f"/hub/{there.hub.id}/waiting").status_code in (404, 409)
        assert client.get(f"/hub/{there.hub.id}/waiting/new").status_code in (404, 409)


def test_the_queue_opens_with_a_tap_and_is_shut_when_it_is_looked_at_again(there):
    sits(there.maya, there.hub)
    word = waits(there.maya, there.hub).word
    client, path = signed(there.maya), f"/hub/{there.hub.id}/waiting"

    assert client.get(path)["Location"] == f"/hub/{there.hub.id}"
    opened = client.post(path, follow=True)
    assert word.capitalize() in who.words(opened)
    assert client.get(path)["Location"] == f"/hub/{there.hub.id}"
    assert word.capitalize() not in who.words(client.get(f"/hub/{there.hub.id}"))


def test_somebody_waits_under_a_word_of_the_page_s_language_and_once(there):
    sits(there.maya, there.hub)
    client, path = signed(there.maya), f"/hub/{there.hub.id}/waiting/new"
    sends = sent(client, path) | {"topic": "health", "first": str(there.noor.agency_id)}

    for _pressed in range(2):
        told = client.post(path, sends, follow=True)

    (word,) = words_seen(there.maya)
    assert word in ENGLISH
    assert word in who.words(told)
    client.cookies["django_language"] = "fr"
    with ctx.as_worker(there.maya.pk):
        assert commands.wait(
            hub=there.hub, waiting_id=uuid4(), topic="", services=[], kept_out=[], not_while="",
            language="fr", by=there.maya, at=clock.now(),
        ).word in FRENCH  # fmt: skip


def test_no_two_have_one_word_and_more_than_words_is_refused(there, monkeypatch):
    sits(there.maya, there.hub)
    drawn = [waits(there.maya, there.hub).word for _ in range(60)]

    assert len(set(drawn)) == 60
    answer = signed(there.maya).post(f"/hub/{there.hub.id}/waiting/new", {"id": str(uuid4()), "topic": ""})
    assert answer.status_code == 409
    assert "by a word" in who.words(answer)


def test_not_while_is_read_by_whoever_takes_the_desk_and_by_nobody_else(there, superuser):
    for worker in (there.maya, there.noor):
        sits(worker, there.hub)
    waits(there.maya, there.hub, not_while="Not while Kevin from the shelter is here")
    desk, other = signed(there.maya), signed(there.noor)
    path = f"/hub/{there.hub.id}/waiting"

    assert "Kevin" not in who.words(desk.post(path, follow=True))
    desk.post(f"/hub/{there.hub.id}/desk")
    assert "Kevin" in who.words(desk.post(path, follow=True))
    assert "Kevin" not in who.words(other.post(path, follow=True))
    assert b"Kevin" not in bytes(superuser.execute("select words from hub_notwhile").fetchone()[0])
    desk.post(f"/hub/{there.hub.id}/desk", {"leave": "1"})
    assert "Kevin" not in who.words(desk.post(path, follow=True))


@pytest.mark.parametrize("whom", ["agency", "worker"])
def test_who_is_kept_out_sees_nothing_of_them(there, whom):
    for worker in (there.maya, there.noor):
        sits(worker, there.hub)
    against = {"agency": there.noor.agency_id, "worker": there.noor.pk}[whom]
    client, path = signed(there.maya), f"/hub/{there.hub.id}/waiting/new"
    client.post(path, sent(client, path) | {"kept_out": f"{whom}:{against}", "not_while": "Noor"})
    with ctx.as_worker(there.maya.pk):
        waiting = Waiting.objects.get()

    assert words_seen(there.noor) == []
    other = signed(there.noor)
    other.post(f"/hub/{there.hub.id}/desk")
    assert "Nobody waits." in who.words(other.post(f"/hub/{there.hub.id}/waiting", follow=True))
    for act in ("gone", "later"):
        forbidden, absent = (
            other.post(f"/hub/{there.hub.id}/waiting/{number}/{act}", {"on": "2090-01-01"})
            for number in (waiting.id, uuid4())
        )
        assert forbidden["Location"] == absent["Location"] == f"/hub/{there.hub.id}/waiting"
    assert words_seen(there.maya) == [waiting.word]


def test_nothing_of_who_waited_is_left_once_they_went_not_on_the_trail_either(there, superuser):
    sits(there.maya, there.hub)
    before = superuser.execute("select count(*) from trail_entry").fetchone()
    waiting = waits(there.maya, there.hub, not_while="Kevin")

    client = signed(there.maya)
    for _pressed in range(2):
        assert client.post(f"/hub/{there.hub.id}/waiting/{waiting.id}/gone").status_code == 302

    for table in ("hub_waiting", "hub_notwhile"):
        assert superuser.execute(f"select count(*) from {table}").fetchone() == (0,)
    assert superuser.execute("select count(*) from trail_entry").fetchone() == before


@pytest.mark.parametrize("how", ["job", "look"])
def test_the_day_s_rows_are_gone_with_the_day(there, superuser, how):
    sits(there.maya, there.hub)
    waits(there.maya, there.hub, not_while="Kevin")
    for table, column in (("hub_waiting", "waits_on"), ("hub_sitting", "sits_on")):
        superuser.execute(f"update {table} set {column} = {column} - 1")

    assert words_seen(there.maya) == []
    assert sitting_seen(there.noor) == []
    if how == "job":
        commands.close_at_night()
    else:
        signed(there.noor).get(f"/hub/{there.hub.id}")

    for table in ("hub_waiting", "hub_notwhile", "hub_sitting"):
        assert superuser.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_not_today_without_a_file_is_a_gap(there):
    sits(there.maya, there.hub)
    waiting = waits(there.maya, there.hub, services=[there.noor.agency_id])
    on = clock.today() + timedelta(days=2)

    told = signed(there.maya).post(
        f"/hub/{there.hub.id}/waiting/{waiting.id}/later", {"on": on.isoformat(), "file": "none"}, follow=True
    )

    assert "counted" in who.words(told)
    with ctx.as_worker(there.maya.pk):
        gap = Gap.objects.get()
        assert (gap.need, gap.reason, gap.wait_band) == ("health_care", "waitlist", "days")
    assert words_seen(there.maya) == []


@pytest.mark.parametrize("on", ["", "yesterday", "0"])
def test_not_today_needs_a_day_after_today(there, on):
    sits(there.maya, there.hub)
    waiting = waits(there.maya, there.hub)
    day = clock.today().isoformat() if on == "0" else on

    answer = signed(there.maya).post(f"/hub/{there.hub.id}/waiting/{waiting.id}/later", {"on": day})

    assert answer.status_code == 422
    assert words_seen(there.maya) == [waiting.word]


@pytest.mark.parametrize(
    "attempt",
    [
        "insert into hub_sitting (id, hub_id, agency_id, worker_id, called, sits_on, until)"
        " values (gen_random_uuid(), %(hub)s, %(agency)s, %(other)s, 'x', now(), now() + interval '1 hour')",
        "insert into hub_sitting (id, hub_id, agency_id, worker_id, called, sits_on, until)"
        " values (gen_random_uuid(), %(hub)s, gen_random_uuid(), %(me)s, 'x', now(), now() + interval '1h')",
        "insert into hub_waiting (id, hub_id, agency_id, word, topic, services, kept_out, waits_on, came_at)"
        " values (gen_random_uuid(), %(hub)s, %(agency)s, 'maple', '', '{}', '{}', now(), now())",
        "insert into hub_member (id, hub_id, agency_id) values (gen_random_uuid(), %(hub)s, %(agency)s)",
        "insert into hub_hub (id, name) values (gen_random_uuid(), 'x')",
        "update hub_waiting set word = 'maple'",
        "update hub_waiting set kept_out = '{}'",
        "update hub_notwhile set words = '\\x01'",
    ],
)
def test_by_sql_nobody_sits_for_another_lets_wait_from_outside_or_rewrites(there, attempt):
    ids = {"hub": there.hub.id, "agency": there.priya.agency_id, "me": there.priya.pk, "other": there.maya.pk}

    with acting(there.priya.pk) as app, pytest.raises(psycopg.Error):
        app.execute(attempt, ids)


def test_the_operator_says_which_agencies_share_a_place(there):
    slugs = [there.zoe.agency.slug, there.maya.agency.slug]

    call_command("hub_add", *slugs, name="Mill Lane", stdout=StringIO())
    with pytest.raises(CommandError, match="no agency nowhere"):
        call_command("hub_add", "nowhere", name="X")

    assert "Mill Lane" in who.words(signed(there.zoe).get("/hub/", follow=True))
    assert "Station Street" in who.words(signed(there.maya).get("/hub/"))


def test_an_agency_that_left_sees_nobody_there_and_is_seen_by_nobody(there):
    sits(there.noor, there.hub, "The nurse")
    sits(there.maya, there.hub, "Maya")
    waits(there.maya, there.hub)

    call_command("hub_leave", there.noor.agency.slug, name="Station Street", stdout=StringIO())

    for path in (f"/hub/{there.hub.id}", f"/hub/{there.hub.id}/waiting"):
        assert signed(there.noor).get(path).status_code == 404
    assert words_seen(there.noor) == []
    page = signed(there.maya).get(f"/hub/{there.hub.id}")
    assert "The nurse" not in who.words(page)
    with ctx.as_worker(there.maya.pk):
        assert queries.how_many_free(there.hub, clock.now()) == 1


@pytest.mark.parametrize(("agency", "said"), [("nowhere", "no agency nowhere"), ("", "has no part in")])
def test_who_is_not_there_can_not_leave(there, agency, said):
    with pytest.raises(CommandError, match=said):
        call_command("hub_leave", agency or there.zoe.agency.slug, name="Station Street")


def test_what_was_said_for_the_desk_is_not_kept_for_a_session_that_ended_either(there, superuser):
    sits(there.maya, there.hub)
    client, path = signed(there.maya), f"/hub/{there.hub.id}/waiting/new"
    sends = sent(client, path) | {"topic": "health", "not_while": "Not while Kevin is here"}
    superuser.execute("update ctx.session set seen_at = seen_at - interval '16 minutes'")

    client.post(path, sends, headers={"Referer": f"http://testserver{path}"})

    again = signed(there.maya)
    page = html.fromstring(again.get(path).content)
    assert "Kevin" not in page.text_content()
    assert page.xpath("//textarea[@name='not_while']")[0].text_content().strip() == ""
