"""While somebody is out much can change; that they are back, or in danger, is said and heard all the same."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.test import Client
from lxml import html

from alongside.accompaniment import commands as accompaniments
from alongside.accompaniment.commands import check_ins as commands
from alongside.accompaniment.tests.test_check_ins import (  # noqa: F401 - a fixture
    PLACE,
    check_in,
    check_out,
    kept,
    page,
    there,
    watch,
)
from alongside.consent import commands as consents
from alongside.files.tests import cast
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from tests import databases
from tests.ground import acting

pytestmark = pytest.mark.django_db
WORD = "marmalade"


def chooses_word(there):
    with ctx.as_worker(there.sol.pk):
        commands.keep_duress_word(word=WORD, by=there.sol, at=clock.now())


def shut(there):
    cast.shut(there.file, there.maya)


def another_goes(there):
    with ctx.as_worker(there.sol.pk):
        accompaniments.cannot_come(accompaniment=there.going, by=there.sol, at=clock.now())
    page(there.maya, f"/accompaniment/{there.going.id}/companion", {"who": str(there.kim.pk)})


def not_them(there):
    with ctx.as_worker(there.maya.pk):
        consents.block(
            file_id=there.file.id,
            against=f"worker:{there.sol.pk}",
            item_id=None,
            by=there.maya,
            at=clock.now(),
        )


def moved(there):
    databases.superuser().execute(
        "update accompaniment_accompaniment set from_at = from_at + interval '3 days',"
        " until_at = until_at + interval '3 days'"
    )


MEANWHILE = {"the file is shut": shut, "another goes": another_goes, "not them": not_them, "moved": moved}


@pytest.mark.parametrize("meanwhile", MEANWHILE)
@pytest.mark.parametrize("word", ["", WORD])
def test_whoever_is_out_finds_on_their_day_how_to_check_out_and_is_heard(there, meanwhile, word):
    chooses_word(there)
    row = check_in(there)
    MEANWHILE[meanwhile](there)
    day = html.fromstring(page(there.sol, "/day").content).xpath("//main//a/@href")
    going = next(link for link in day if link.endswith("/going"))
    (out,) = html.fromstring(page(there.sol, going).content).xpath("//form[contains(@action, 'check-out')]")

    answer = page(there.sol, out.get("action"), {"word": word})

    assert "You are checked out" in cast.words(answer)
    assert bool(kept(there.kim, row).duress_at) == bool(word)
    watched = page(there.kim, f"/accompaniment/watch/{row.id}").content.decode()
    assert (PLACE in watched) == bool(word)
    assert "checked in" not in cast.words(page(there.sol, "/day"))


def test_what_is_written_too_late_is_kept_nowhere_and_not_shown_again(there, superuser):
    chooses_word(there)
    check_in(there)
    going = f"/accompaniment/{there.going.id}"
    late = {
        f"{going}/check-out": ({"word": WORD}, f"{going}/going"),
        f"{going}/check-in": ({"where": PLACE, "until": "23:59"}, f"{going}/check-in"),
        "/accompaniment/watch/word": ({"word": "zanzibar"}, "/accompaniment/watch/word"),
    }
    for address, (sent, stands) in late.items():
        client = cast.sign_in(Client(), there.sol)
        superuser.execute("update ctx.session set seen_at = seen_at - interval '16 minutes'")
        client.post(address, sent, headers={"Referer": f"http://testserver{stands}"})
        cast.sign_in(client, there.sol)
        session = client.session
        session["unsent"] = True
        session.save()
        shown = client.get(stands).content.decode()
        if stands.endswith("check-in"):  # what stands there already is shown to whom it is of
            shown = shown.replace(PLACE, "", 1)
        assert "Not done" in shown
        assert not [said for said in (*sent.values(), "press the button below") if said in shown], address


def test_what_the_watcher_reads_after_the_word_for_danger_is_on_no_trail(there, superuser):
    chooses_word(there)
    noted = []
    for word in ("kettle", WORD):
        row = check_in(there)
        (before,) = superuser.execute("select max(id::text) from trail_entry").fetchone()
        check_out(there, word)
        page(there.kim, f"/accompaniment/watch/{row.id}")
        page(there.kim, f"/accompaniment/watch/{row.id}", {"over": "danger"})
        since = "select action, item_kind, worker_id from trail_entry where id::text > %s order by id"
        noted.append(superuser.execute(since, [before]).fetchall())

    assert noted[0] == noted[1]


def test_they_told_me_is_not_pressed_over_a_word_for_danger_that_nobody_saw(there):
    chooses_word(there)
    row = check_in(there)
    path = f"/accompaniment/watch/{row.id}"
    (before,) = html.fromstring(page(there.kim, path).content).xpath("//button[@name='over']/@value")
    check_out(there, WORD)

    answer = page(there.kim, path, {"over": before})

    assert "they wrote their word for danger" in cast.words(answer)
    assert kept(there.kim, row).words
    (after,) = html.fromstring(answer.content).xpath("//button[@name='over']/@value")
    page(there.kim, path, {"over": after})
    assert kept(there.kim, row).words is None


def test_the_word_for_danger_is_heard_where_the_watcher_said_before_that_they_are_back(there, superuser):
    chooses_word(there)
    ours = "select count(*) from trail_entry where action like 'accompaniment.%'"
    row = check_in(there)
    page(there.kim, f"/accompaniment/watch/{row.id}", {"over": "1"})
    noted = superuser.execute(ours).fetchone()
    path = f"/accompaniment/{there.going.id}/check-out"

    answers = [page(there.sol, path, {"word": word}) for word in ("kettle", WORD, WORD)]

    assert len({cast.words(answer) for answer in answers}) == 1
    assert superuser.execute(ours).fetchone() == noted
    day = html.fromstring(page(there.kim, "/day").content)
    (look,) = {link for link in day.xpath("//main//a/@href") if "/accompaniment/watch/" in link}
    assert "they wrote their word for danger" in cast.words(page(there.kim, look))


@pytest.mark.parametrize("column", ["role = 'leader'", "left_at = now()", "suspended_until = 'infinity'"])
def test_who_can_t_look_any_more_is_not_said_to_watch(there, superuser, column):
    check_in(there)
    superuser.execute(f"update agencies_worker set {column} where id = %s", [there.kim.pk])
    said = cast.words(page(there.sol, f"/accompaniment/{there.going.id}/going"))

    assert "Whoever watched can’t any longer" in said
    check_out(there)
    assert "/check-in" not in page(there.sol, f"/accompaniment/{there.going.id}/going").content.decode()


@pytest.mark.parametrize("column", ["left_at = now()", "suspended_until = 'infinity'"])
def test_by_sql_nobody_checks_in_with_who_can_t_look(there, superuser, column):
    superuser.execute(f"update agencies_worker set {column} where id = %s", [there.kim.pk])
    columns = "file_id, id, agency_id, accompaniment_id, companion_id, watcher_id, words, checked_in_at"
    going = there.going
    row = [going.file_id, uuid7(), going.agency_id, going.id, there.sol.pk, there.kim.pk, b"x", clock.now()]
    with acting(there.sol.pk) as cursor, pytest.raises(psycopg.errors.InsufficientPrivilege):
        cursor.execute(f"insert into accompaniment_checkin ({columns}) values ({', '.join(['%s'] * 8)})", row)


@pytest.mark.parametrize("where", ["....", "\u200b\u200b", "\u202e\u2063", "\u3164", "- / -"])
def test_a_place_of_which_nothing_can_be_read_is_no_place(there, where):
    until = f"{clock.local(clock.now() + timedelta(hours=2)):%H:%M}"
    sent = {"where": where, "until": until, "watcher": str(there.kim.pk)}
    answer = page(there.sol, f"/accompaniment/{there.going.id}/check-in", sent)

    assert answer.status_code == 422
    assert "Write where you are" in cast.words(answer)


def test_whoever_goes_instead_checks_in_though_the_other_has_not_said_that_they_are_back(there):
    check_in(there)
    another_goes(there)
    with databases.without_triggers() as every:
        every.execute("update accompaniment_accompaniment set state = 'confirmed', met = 'met'")
    watch(there, there.maya)
    until = f"{clock.local(clock.now() + timedelta(hours=2)):%H:%M}"
    sent = {"where": PLACE, "until": until, "watcher": str(there.maya.pk)}

    answer = page(there.kim, f"/accompaniment/{there.going.id}/check-in", sent)

    assert "Maya watches" in cast.words(answer)
