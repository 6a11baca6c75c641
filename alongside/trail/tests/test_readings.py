"""No page reads sealed words without a trace, and what did not happen leaves none."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from alongside.files import commands as files
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans
from alongside.plans.tests import cast
from alongside.trail import actions, jobs
from alongside.trail.commands import note
from alongside.trail.models import Entry
from tests import databases
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def written():
    """Maya's file with a contact and a promised step."""
    maya = cast.worker(cast.agency("Riverside"))
    file = cast.file(maya)
    wish = cast.priority(file, maya)
    with ctx.as_worker(maya.pk):
        contact = files.write_contact(
            file=file, contact_id=None, body={"value": "555 0134"}, safe=True, by=maya, at=clock.now()
        )
        plans.add_step(
            file_id=file.id,
            priority_id=wish.id,
            words="Ask.",
            worker_id=maya.pk,
            due_on=None,
            by=maya,
            at=clock.now(),
        )
    return {"maya": maya, "file": file, "wish": wish, "contact": contact}


@pytest.fixture
def scene(client, written):
    """A file with a contact and a promised step; Maya signed in.

    The trail so far forgotten by counting from here.
    """
    cast.sign_in(client, written["maya"])
    return written


def _noted(scene):
    with ctx.as_worker(scene["maya"].pk):
        return list(
            Entry.objects.filter(file_id=scene["file"].id).order_by("-at").values_list("action", flat=True)
        )


AT_THE_FILE = [
    "/files/{file}",
    "/files/{file}/looks",
    "/files/{file}/called",
    "/files/{file}/lead",
    "/files/{file}/closing",
    "/files/{file}/contacts/{contact}",
    "/files/{file}/contacts/{contact}/check",
    "/files/{file}/priorities/{wish}",
    "/files/{file}/priorities/{wish}/steps/new",
    "/requests/of/{file}/blocks",
]


def _get(client, scene, address):
    path = address.format(file=scene["file"].id, contact=scene["contact"].id, wish=scene["wish"].id)
    assert client.get(path).status_code == 200


def _looks(scene):
    with ctx.as_worker(scene["maya"].pk):
        return list(
            Entry.objects.filter(file_id=scene["file"].id, action__in=actions.looks()).order_by("at", "id")
        )


def _half_an_hour_passes(minutes=31):
    databases.superuser().execute(
        "update ctx.sitting set seen_at = seen_at - make_interval(mins => %s)", [minutes]
    )


@pytest.mark.parametrize("address", AT_THE_FILE)
def test_reading_a_page_again_leaves_no_further_row(client, scene, address):
    _get(client, scene, address)
    once = _looks(scene)

    _get(client, scene, address)

    assert {entry.action for entry in once} == {"files.read"}
    assert len({entry.item_kind for entry in once}) == len(once), "one row for each kind"
    assert _looks(scene) == once


def test_one_sitting_has_a_row_for_the_first_opening_of_each_kind_and_one_for_its_end(client, scene):
    for address in AT_THE_FILE:
        _get(client, scene, address)
    _half_an_hour_passes(29)
    jobs.end_sittings(0)
    assert "trail.sitting_ended" not in {entry.action for entry in _looks(scene)}

    _half_an_hour_passes(2)
    jobs.end_sittings(0)

    *began, ended = sorted(_looks(scene), key=lambda entry: entry.action)
    assert [entry.item_kind for entry in began] == [*dict.fromkeys(entry.item_kind for entry in began)]
    assert {"file", "called", "contact", "priority", "private", "step"} >= {e.item_kind for e in began}
    assert len({entry.item_id for entry in [*began, ended]}) == 1
    assert (ended.action, ended.count, ended.worker_id) == (
        "trail.sitting_ended",
        len(AT_THE_FILE),
        scene["maya"].pk,
    )
    assert ended.at < clock.now() - timedelta(minutes=30), "of the moment of the last look"


def test_who_comes_back_after_half_an_hour_sits_down_anew(client, scene):
    _get(client, scene, AT_THE_FILE[0])
    first = _looks(scene)
    _half_an_hour_passes()

    _get(client, scene, AT_THE_FILE[0])

    actions_now = [entry.action for entry in _looks(scene)]
    assert actions_now.count("files.read") == 2 * len(first)
    assert actions_now.count("trail.sitting_ended") == 1


def test_the_end_is_noted_also_for_somebody_who_left(client, scene):
    _get(client, scene, AT_THE_FILE[0])
    _half_an_hour_passes()
    databases.superuser().execute("update ctx.seat set active = false where worker = %s", [scene["maya"].pk])

    jobs.end_sittings(0)

    ended = "select worker_id from trail_entry where action = 'trail.sitting_ended'"
    assert databases.superuser().execute(ended).fetchall() == [(scene["maya"].pk,)]


def test_nobody_ends_a_sitting_by_hand(scene):
    with pytest.raises(DatabaseError, match="ended by the database"), ctx.as_worker(scene["maya"].pk):
        note("trail.sitting_ended", custodian_id=scene["file"].agency_id, file_id=scene["file"].id)


def test_a_list_is_noted_each_time_as_a_list_and_opens_no_sitting(client, scene):
    for _ in range(2):
        _get(client, scene, "/day")

    assert [(e.action, e.item_kind) for e in _looks(scene)] == [("plans.promises_listed", "step")] * 2
    assert databases.superuser().execute("select count(*) from ctx.sitting").fetchone() == (0,)


def test_what_a_search_found_is_noted_with_its_files(client, scene):
    with ctx.as_worker(scene["maya"].pk):
        files.set_name(file=scene["file"], called="Wilhelmina", pronouns="", by=scene["maya"], at=clock.now())

    assert b"Wilhelmina" in client.post("/files/search", {"words": "Wilhelmina"}).content
    client.post("/files/search", {"words": "Ottoline"})

    assert [(e.action, e.item_kind) for e in _looks(scene)] == [("files.found", "called")]


def _page(client, scene, **before):
    return client.get(f"/files/{scene['file'].id}/looks", before).context


def test_one_sitting_is_one_line_and_acts_stand_apart_from_looks(client, scene):
    for address in ["/day", *AT_THE_FILE, "/day"]:
        _get(client, scene, address)

    page = _page(client, scene)

    (sitting,) = page["read"]
    assert {"The page of the file", "What they want", "A promise"} <= set(sitting["look"].kinds)
    assert sitting["look"].until is None
    assert [line["times"] for line in page["listed"]] == [2]
    assert [line["words"] for line in page["happened"] if "read" in line["words"]] == []


def test_a_sitting_that_is_over_says_when_they_last_looked_and_how_often(client, scene):
    for address in AT_THE_FILE:
        _get(client, scene, address)
    _half_an_hour_passes()
    jobs.end_sittings(0)

    (sitting,) = _page(client, scene)["read"]

    ended = next(entry.at for entry in _looks(scene) if entry.action == "trail.sitting_ended")
    assert (sitting["look"].times, sitting["look"].until) == (len(AT_THE_FILE), ended)


def test_no_number_of_looks_pushes_an_act_off_the_page_nor_a_list_a_reading(client, scene):
    _get(client, scene, AT_THE_FILE[0])
    with ctx.as_worker(scene["maya"].pk):
        for _ in range(250):
            note("plans.promises_listed", custodian_id=scene["file"].agency_id, file_id=scene["file"].id)

    happened = [line["words"] for line in client.get(f"/files/{scene['file'].id}").context["happened"]]
    page = _page(client, scene)

    assert happened[-1] == "Somebody at this desk (caseworker) opened this file."
    assert [line["words"] for line in page["read"]] == ["Somebody at this desk (caseworker) read this file."]
    assert len(page["listed"]) == 1


@pytest.mark.parametrize("which", ["acts", "read"])
def test_page_by_page_every_line_comes_once_also_of_one_moment(client, scene, which):
    action = {"acts": "files.called", "read": "files.contact_used"}[which]
    with databases.without_triggers() as superuser:
        superuser.execute(
            "insert into trail_entry (id, xid, at, role, purpose, action, item_kind, custodian_id, file_id)"
            " select gen_random_uuid(), 0, now() + n %% 2 * interval '1 minute', '', '', %s, '', %s, %s"
            " from generate_series(1, 120) n",
            [action, scene["file"].agency_id, scene["file"].id],
        )
    seen, page = [], _page(client, scene)
    while True:
        seen += [line["entry"].id for line in page["happened" if which == "acts" else "read"]]
        if not page["earlier"][which]:
            break
        page = _page(client, scene, **{which: page["earlier"][which]})

    assert len(seen) == len(set(seen))
    with ctx.as_worker(scene["maya"].pk):
        there = Entry.objects.filter(file_id=scene["file"].id, action=action)
        assert set(there.values_list("id", flat=True)) <= set(seen)


def test_lists_come_by_whole_days_and_none_is_left_out(client, scene):
    with databases.without_triggers() as superuser:
        superuser.execute(
            "insert into trail_entry (id, xid, at, worker_id, role, purpose, action, item_kind, custodian_id,"
            " file_id) select gen_random_uuid(), n, now() - n %% 30 * interval '1 day', gen_random_uuid(),"
            " '', '', 'plans.promises_listed', '', %s, %s from generate_series(1, 300) n",
            [scene["file"].agency_id, scene["file"].id],
        )
    first = _page(client, scene)
    rest = _page(client, scene, listed=first["earlier"]["listed"])

    assert len(first["listed"]) + len(rest["listed"]) == 300
    assert not {line["day"] for line in first["listed"]} & {line["day"] for line in rest["listed"]}
    assert rest["earlier"]["listed"] == ""


def test_a_page_without_sealed_words_leaves_none(client, scene):
    before = len(_noted(scene))

    client.get("/files/")

    assert len(_noted(scene)) == before


def test_what_was_refused_leaves_no_row(client, scene):
    with ctx.as_worker(scene["maya"].pk):
        files.close(file=scene["file"], by=scene["maya"], at=clock.now())
    before = _noted(scene)

    assert client.post(f"/files/{scene['file'].id}/called", {"called": "Sam"}).status_code == 409

    assert _noted(scene) == before
