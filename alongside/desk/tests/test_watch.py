"""The privacy officer finds on the trail what was done, who read and in which lists; and takes it along."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from alongside.agencies.tests import cast as agencies
from alongside.desk import rules
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans
from alongside.plans.tests import cast
from alongside.trail.commands import note
from tests import databases
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def scene():
    """Two files of Riverside, read by Maya and Sam; a worker of another agency; and the privacy officer."""
    here = cast.agency("Riverside")
    people = {
        "maya": cast.worker(here, "Maya"),
        "sam": cast.worker(here, "Sam"),
        "rosa": cast.worker(here, "Rosa", "privacy-officer"),
        "ines": cast.worker(cast.agency("Lakeside"), "Ines"),
    }
    one, other = cast.file(people["maya"]), cast.file(people["sam"])
    _promise(people["maya"], one)
    for who, file in (("maya", one), ("sam", one), ("sam", other)):
        agencies.sign_in(Client(), people[who]).get(f"/files/{file.id}")
    agencies.sign_in(Client(), people["maya"]).get("/day")
    with ctx.as_worker(people["ines"].pk):
        note("referrals.read", custodian_id=here.pk, file_id=one.id, item_kind="introduction")
    return people | {"one": one, "other": other}


def _promise(who, file):
    with ctx.as_worker(who.pk):
        for words in ("Ask.", "Call."):
            plans.add_step(
                file_id=file.id,
                priority_id=None,
                words=words,
                worker_id=who.pk,
                due_on=None,
                by=who,
                at=clock.now(),
            )


@pytest.fixture
def officer(scene):
    return agencies.sign_in(Client(), scene["rosa"])


def _found(officer, **typed):
    """What the officer finds with this typed into the form: the page's lines."""
    answer = officer.post(reverse("watch"), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    return officer.get(answer["Location"]).context["lines"]


def _actions(lines):
    return {line["entry"].action for line in lines}


def test_at_first_lists_are_folded_away(officer):
    lines = officer.get(reverse("watch")).context["lines"]

    assert {"files.read", "files.opened"} <= _actions(lines)
    assert "plans.promises_listed" not in _actions(lines)


def test_acts_looks_and_lists_are_found_each_by_themselves_and_nothing_is_left_out(officer):
    each = {sort: _found(officer, show=[sort]) for sort in ("acts", "looks", "lists")}
    every = _found(officer, show=["acts", "looks", "lists"])

    assert _actions(each["looks"]) == {"files.read", "referrals.read"}
    assert _actions(each["lists"]) == {"plans.promises_listed"}
    assert not _actions(each["acts"]) & (_actions(each["looks"]) | _actions(each["lists"]))
    assert len(every) == sum(map(len, each.values()))


def test_a_list_is_one_line_with_every_file_in_it(officer, scene):
    with ctx.as_worker(scene["maya"].pk):
        for file in (scene["one"], scene["other"]):
            note("files.found", custodian_id=file.agency_id, file_id=file.id, item_kind="called")

    (line,) = _found(officer, action="files.found")

    assert {file["handle"] for file in line["files"]} == {scene["one"].handle, scene["other"].handle}


def test_one_file_is_found_by_its_two_words_however_they_are_spaced(officer, scene):
    words = f" {scene['one'].handle.upper().replace(' ', '   ')} "

    lines = _found(officer, file=words)

    assert len(lines) > 3
    assert {file["id"] for line in lines for file in line["files"]} == {scene["one"].id}


def test_no_code_name_stands_in_an_address(officer, scene):
    answer = officer.post(reverse("watch"), {"file": scene["one"].handle})
    page = officer.get(answer["Location"])

    assert scene["one"].handle.split()[0] not in answer["Location"]
    assert f'value="{scene["one"].handle}"' in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"file": "Purple Nothing"}, "No file of this agency"),
        ({"since": "2026-11-02", "until": "2026-11-01"}, "before the first one"),
        ({"since": "2026-02-30"}, "valid date"),
    ],
)
def test_what_cannot_be_meant_is_said_and_stays_typed(officer, typed, words):
    answer = officer.post(reverse("watch"), typed)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert all(value in answer.content.decode() for value in typed.values())


def test_a_file_of_another_agency_cannot_be_told_from_none(officer, scene):
    theirs = cast.file(scene["ines"])

    there, absent = (
        officer.post(reverse("watch"), {"file": words}) for words in (theirs.handle, "Purple Nothing")
    )

    assert there.context["form"].errors == absent.context["form"].errors


def test_what_somebody_did_is_found_by_their_name_also_after_they_left(officer, scene):
    databases.superuser().execute(
        "update agencies_worker set left_at = now() where id = %s", [scene["sam"].pk]
    )

    lines = _found(officer, who=str(scene["sam"].pk))

    assert {line["name"] for line in lines} == {"Sam"}
    assert _actions(lines) >= {"files.opened", "files.read"}


def test_what_workers_of_other_agencies_did_is_found_without_their_names(officer):
    (line,) = _found(officer, who="elsewhere")

    assert (line["entry"].action, line["name"]) == ("referrals.read", "")
    assert "Lakeside" in line["words"]


def test_one_kind_of_act_is_found_whichever_sorts_are_shown(officer):
    assert _actions(_found(officer, action="plans.promises_listed", show=["acts"])) == {
        "plans.promises_listed"
    }


def test_every_act_can_be_looked_for_in_words(officer):
    (name, groups) = (
        officer.get(reverse("watch")).context["form"].fields["action"].choices[at] for at in (0, 1)
    )

    assert name[0] == ""
    assert ("files.contact_used", "looked up a way of reaching them.") in dict([groups, *_rest(officer)])[
        "Files"
    ]


def _rest(officer):
    return officer.get(reverse("watch")).context["form"].fields["action"].choices[2:]


@pytest.mark.parametrize(
    ("since", "until", "there"), [(0, 0, True), (-1, -1, False), (1, 1, False), (-1, 1, True)]
)
def test_days_are_the_readers_own_and_both_are_meant(officer, scene, since, until, there):
    """At eight in the evening in Ontario it is tomorrow by UTC."""
    with (
        time_machine.travel("2026-11-20T01:00:00+00:00", tick=False),
        databases.without_triggers() as superuser,
    ):
        superuser.execute(
            "insert into trail_entry (id, xid, at, role, purpose, action, item_kind, custodian_id, file_id)"
            " values (gen_random_uuid(), 0, %s, '', '', 'files.closed', '', %s, %s)",
            [clock.now(), scene["one"].agency_id, scene["one"].id],
        )
        day = clock.today()
    assert day.isoformat() == "2026-11-19"
    days = {"since": day + timedelta(days=since), "until": day + timedelta(days=until)}

    assert bool(_found(officer, action="files.closed", **days)) is there


@pytest.mark.parametrize("days", [{"since": "0001-01-01"}, {"until": "9999-12-31"}, {"until": "0001-01-01"}])
def test_the_first_and_the_last_day_there_are_break_nothing(officer, days):
    _found(officer, **days)


def test_page_by_page_every_line_comes_once(officer, scene):
    with databases.without_triggers() as superuser:
        superuser.execute(
            "insert into trail_entry (id, xid, at, role, purpose, action, item_kind, custodian_id, file_id)"
            " select gen_random_uuid(), 0, now() + n %% 2 * interval '1 minute', '', '', 'files.closed', '',"
            " %s, %s from generate_series(1, 120) n",
            [scene["one"].agency_id, scene["one"].id],
        )
    seen, at = [], reverse("watch") + f"?action=files.closed&file={scene['one'].id}"
    while at:
        page = officer.get(at).context
        seen += [line["entry"].id for line in page["lines"]]
        at = page["earlier"] and reverse("watch") + page["earlier"]

    assert len(seen) == len(set(seen)) == 120


def _table(officer, query=""):
    answer = officer.get(reverse("watch_csv") + query)
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_table_has_every_line_that_is_wanted_and_no_other(officer, scene):
    query = f"?file={scene['one'].id}&show=looks"

    heading, *rows = _table(officer, query)

    assert heading[:4] == ["When", "Offset from UTC", "File", "What"]
    shown = officer.get(reverse("watch") + query).context["lines"]
    assert [row[-1] for row in rows] == [str(line["entry"].id) for line in shown]
    assert {row[2] for row in rows} == {scene["one"].handle}
    assert {row[-2] for row in rows} == {"Maya", "Sam", ""}
    assert any("The page of the file" in row[4] for row in rows)


def test_a_list_has_a_row_for_each_file(officer, scene):
    with ctx.as_worker(scene["maya"].pk):
        for file in (scene["one"], scene["other"]):
            note("files.found", custodian_id=file.agency_id, file_id=file.id, item_kind="called")

    _heading, *rows = _table(officer, "?action=files.found")

    assert {row[2] for row in rows} == {scene["one"].handle, scene["other"].handle}


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-01T05:30:00+00:00", ["2026-11-01 01:30:00", "UTC-04:00"]),  # before the clocks go back
        ("2026-11-01T06:30:00+00:00", ["2026-11-01 01:30:00", "UTC-05:00"]),  # the same hour again
        ("2026-07-01T02:00:00+00:00", ["2026-06-30 22:00:00", "UTC-04:00"]),
    ],
)
def test_moments_are_by_the_readers_clock_with_its_offset(officer, scene, moment, said):
    with databases.without_triggers() as superuser:
        superuser.execute(
            "insert into trail_entry (id, xid, at, role, purpose, action, item_kind, custodian_id, file_id)"
            " values (gen_random_uuid(), 0, %s, '', '', 'files.closed', '', %s, %s)",
            [moment, scene["one"].agency_id, scene["one"].id],
        )

    _heading, row = _table(officer, "?action=files.closed")

    assert row[:2] == said


def test_the_table_speaks_french(officer):
    officer.cookies.load({settings.LANGUAGE_COOKIE_NAME: "fr"})

    heading, *rows = _table(officer)

    assert heading[:4] == ["Quand", "Écart avec UTC", "Dossier", "Quoi"]
    assert any("a lu ce dossier." in row[3] for row in rows)


def test_no_name_in_the_table_is_a_formula(officer, scene):
    databases.superuser().execute(
        "update agencies_worker set name = '=cmd()' where id = %s", [scene["maya"].pk]
    )

    assert {row[-2] for row in _table(officer)[1:]} >= {"'=cmd()"}


def test_taking_it_out_is_on_the_trail_with_its_file_and_how_much(officer, scene):
    rows = len(_table(officer, f"?file={scene['one'].id}")) - 1

    (line,) = _found(officer, action="trail.exported")

    entry = line["entry"]
    assert (entry.worker_id, entry.file_id, entry.count) == (scene["rosa"].pk, scene["one"].id, rows)
    told = agencies.sign_in(Client(), scene["maya"]).get(f"/files/{scene['one'].id}").context["happened"]
    assert "printed who looked" in told[0]["words"], "whoever the file is about can be told"


def test_more_than_fits_is_refused_and_never_cut_off(officer, scene):
    with databases.without_triggers() as superuser:
        superuser.execute(
            "insert into trail_entry (id, xid, at, role, purpose, action, item_kind, custodian_id)"
            " select gen_random_uuid(), 0, now(), '', '', 'files.closed', '', %s from generate_series(1, %s)",
            [scene["one"].agency_id, rules.MOST_ROWS + 1],
        )

    refused = officer.get(reverse("watch_csv") + "?action=files.closed")

    assert refused.status_code == 409
    assert reverse("watch") in refused.content.decode()
    assert _found(officer, action="trail.exported") == []


def test_nobody_else_finds_or_takes_anything(scene):
    for who in ("maya", "ines"):
        client = agencies.sign_in(Client(), scene[who])
        absent = client.get("/nothing/here").status_code

        assert client.get(reverse("watch_csv")).status_code == absent == 404
        assert client.post(reverse("watch"), {"file": scene["one"].handle}).status_code == 404
