"""To whom a file opens inside its agency: who works with the person, whoever is on, and who says why."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test import Client

from alongside.agencies import commands as agencies
from alongside.files import commands, queries
from alongside.files.models import Detail, File, Justification, SearchTerm
from alongside.files.tests import cast
from alongside.kernel import clock, ctx
from tests.databases import without_triggers
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def scene():
    """A file that Maya leads; Ana is her colleague and not on; somebody oversees access."""
    desk = cast.agency("Riverside")
    maya, ana = (cast.worker(desk, name, on=False) for name in ("Maya", "Ana"))
    wei = cast.worker(desk, "Wei", "privacy-officer")
    return {"desk": desk, "maya": maya, "ana": ana, "wei": wei, "file": cast.file(maya, "Josephine")}


def page(scene):
    return f"/files/{scene['file'].id}"


def shut(scene, client):
    """Whether the file shows its two words and asks why, and nothing that was said."""
    answer = client.get(page(scene), follow=True)
    text = answer.content.decode()
    return answer.redirect_chain != [] and scene["file"].handle in text and "Josephine" not in text


def test_a_file_opens_to_its_lead_and_its_backup_though_they_are_not_on(scene):
    maya, ana = (cast.sign_in(Client(), scene[name]) for name in ("maya", "ana"))
    assert "Josephine" in maya.get(page(scene)).content.decode()
    assert shut(scene, ana)

    with ctx.as_worker(scene["maya"].pk):
        commands.choose_lead(
            file=scene["file"],
            lead_id=scene["maya"].pk,
            backup_id=scene["ana"].pk,
            by=scene["maya"],
            at=clock.now(),
        )

    assert "Josephine" in ana.get(page(scene)).content.decode()


def test_it_opens_to_whoever_is_on_until_they_go_off_or_sign_out(scene):
    ana, elsewhere = (cast.sign_in(Client(), scene["ana"]) for _ in range(2))
    for leave in (lambda: ana.post("/account/me/shift/end"), lambda: ana.post("/account/session")):
        assert shut(scene, elsewhere)
        ana.post("/account/me/shift", {"next": page(scene)}, follow=True)
        assert "Josephine" in elsewhere.get(page(scene)).content.decode()
        leave()

    assert "Josephine" in elsewhere.get(page(scene)).content.decode()  # another of their sessions goes on
    elsewhere.post("/account/session")
    assert shut(scene, cast.sign_in(Client(), scene["ana"]))


def test_leaving_at_once_ends_being_on(scene):
    ana = cast.sign_in(Client(), scene["ana"])
    ana.post("/account/me/shift")
    ana.get("/exit")

    assert shut(scene, cast.sign_in(Client(), scene["ana"]))


def test_being_on_leads_back_to_no_other_place(scene):
    ana = cast.sign_in(Client(), scene["ana"])

    assert ana.post("/account/me/shift", {"next": "https://elsewhere.example/"})["Location"] == "/"


@pytest.mark.parametrize("path", ["called", "lead", "closing", "contacts/new", "justification"])
def test_nothing_is_written_where_it_does_not_open(scene, path):
    ana = cast.sign_in(Client(), scene["ana"])

    answer = ana.post(
        f"{page(scene)}/{path}", {"called": "Sam", "lead": str(scene["ana"].pk), "act": "close"}
    )

    assert answer.status_code == (422 if path == "justification" else 403)
    with ctx.as_worker(scene["maya"].pk):
        file = File.objects.get(pk=scene["file"].pk)
        assert (queries.person(scene["maya"], file).called, file.lead_id) == ("Josephine", scene["maya"].pk)
        assert file.closed_at is None


def test_who_says_why_opens_it_for_twelve_hours_and_the_privacy_officer_reads_it(scene):
    ana, wei = (cast.sign_in(Client(), scene[name]) for name in ("ana", "wei"))
    why = f"{page(scene)}/justification"
    assert ana.post(why, {"why": "other"}).status_code == 422

    assert ana.post(why, {"why": "other", "words": "The phone rang"})["Location"] == page(scene)

    assert "Josephine" in ana.get(page(scene)).content.decode()
    assert shut(scene, cast.sign_in(Client(), cast.worker(scene["desk"], "Bo", on=False)))
    queue = wei.get("/files/justifications").content.decode()
    assert all(words in queue for words in ("Ana", "The phone rang", scene["file"].handle))
    assert "said why" in wei.get("/looks").content.decode()
    with ctx.as_worker(scene["wei"].pk):
        one = Justification.objects.get()
    assert ana.post(f"/files/justifications/{one.id}").status_code == 404
    wei.post(f"/files/justifications/{one.id}")
    assert "The phone rang" not in wei.get("/files/justifications").content.decode()
    with without_triggers() as past:
        past.execute("update files_justification set until = now() - interval '1 second'")
    assert shut(scene, ana)


def refused(statement, *values):
    """Whether the database refuses it, or it touches nothing."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount == 0
    except (DatabaseError, ProgrammingError):
        return True


def test_the_database_says_it_too(scene):
    ana, maya, file = scene["ana"].pk, scene["maya"].pk, scene["file"].pk
    shift = (
        "insert into agencies_shift (id, agency_id, worker_id, starts_at, ends_at)"
        " values (gen_random_uuid(), %s, %s, now(), now() + interval '1 hour')"
    )
    why = (
        "insert into files_justification (file_id, id, agency_id, worker_id, why, opened_at, until)"
        " values (%s, gen_random_uuid(), %s, %s, 'there', now(), now())"
    )
    with ctx.as_worker(ana):
        assert File.objects.filter(pk=file).exists()
        assert not Detail.objects.exists()
        assert not SearchTerm.objects.exists()
        assert refused("update files_file set lead_id = %s where id = %s", ana, file)
        assert refused("update files_file set backup_id = %s, closed_at = now() where id = %s", ana, file)
        assert refused(shift, scene["desk"].pk, maya)
        assert refused(why, file, scene["desk"].pk, maya)
    with ctx.as_worker(scene["wei"].pk):
        assert refused(shift, scene["desk"].pk, scene["wei"].pk)
        assert refused(why, file, scene["desk"].pk, scene["wei"].pk)


def test_nobody_dates_a_shift_or_a_justification(scene):
    with ctx.as_worker(scene["ana"].pk):
        shift = agencies.come_on(by=scene["ana"], at=clock.now() + timedelta(days=9))
        commands.justify(
            file=scene["file"], why="there", words="", by=scene["ana"], at=clock.now() + timedelta(days=9)
        )
        shift.refresh_from_db()
        one = Justification.objects.get()
        assert shift.ends_at - shift.starts_at == one.until - one.opened_at == timedelta(hours=12)
        assert abs(shift.starts_at - one.opened_at) < timedelta(minutes=1)
        with connection.cursor() as cursor:
            cursor.execute("update agencies_shift set ends_at = now() + interval '3 days'")
        shift.refresh_from_db()
        assert shift.ends_at - shift.starts_at == timedelta(hours=12)
        assert refused("update files_justification set until = now() + interval '3 days'")


def test_who_is_not_on_finds_by_the_two_words_and_not_by_a_name(scene):
    ana = cast.sign_in(Client(), scene["ana"])

    def found(words):
        fragment = ana.post("/files/search", {"words": words}, headers={"HX-Request": "true"})
        return page(scene) in fragment.content.decode()

    assert found(scene["file"].handle)
    assert not found("Josephine")
    ana.post("/account/me/shift")
    assert found("Josephine")


@pytest.mark.parametrize("role", ["companion", "specialist"])
def test_a_companion_and_a_specialist_have_no_file_and_cannot_come_on(scene, role):
    client = cast.sign_in(Client(), cast.worker(scene["desk"], "Sol", role))

    assert client.post("/account/me/shift").status_code == 404
    for path in ("", "/justification", "/called", "/closing"):
        assert client.get(page(scene) + path).status_code == 404
        assert client.post(page(scene) + path, {"act": "shred"}).status_code == 404
    assert scene["file"].handle not in client.get("/").content.decode()
