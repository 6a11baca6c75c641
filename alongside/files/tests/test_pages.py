"""The pages of a file, through the real client."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from alongside.files import commands, queries, rules
from alongside.files.models import File, SafeContact
from alongside.files.tests import cast
from alongside.kernel import clock, ctx
from tests.cases import case
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def opened():
    """A file of Jo at Maya's desk."""
    maya = cast.worker(cast.agency("Riverside"))
    return {"maya": maya, "file": cast.file(maya)}


@pytest.fixture
def scene(client, opened):
    """A file of Jo at Maya's desk; Maya signed in."""
    return opened | {"client": cast.sign_in(client, opened["maya"])}


def test_a_file_opens_with_nothing_and_its_handle_is_its_own_in_the_agency(client, scene):
    for _ in range(5):
        assert client.post("/files/").status_code == 302

    with ctx.as_worker(scene["maya"].pk):
        handles = list(File.objects.values_list("handle", flat=True))
    assert len(handles) == len(set(handles)) == 6


def test_what_is_typed_is_never_markup(client, scene):
    evil = "<script>alert(1)</script>"

    client.post(f"/files/{scene['file'].id}/called", {"called": evil, "pronouns": evil, "words": evil})
    page = client.get(f"/files/{scene['file'].id}").content.decode()

    assert evil not in page
    assert "&lt;script&gt;" in page


def test_a_name_that_is_too_long_is_told_so_and_kept(client, scene):
    long = "W" * 121

    answer = client.post(f"/files/{scene['file'].id}/called", {"called": long})

    assert answer.status_code == 422
    assert long in answer.content.decode()
    with ctx.as_worker(scene["maya"].pk):
        assert queries.person(scene["maya"], scene["file"]).called == "Jo"


def test_the_person_s_choice_of_worker_needs_no_reason(client, scene):
    ana = cast.worker(scene["maya"].agency, "Ana")

    client.post(f"/files/{scene['file'].id}/lead", {"lead": str(ana.pk), "backup": ""})

    with ctx.as_worker(scene["maya"].pk):
        assert File.objects.get(id=scene["file"].id).lead_id == ana.pk
    assert client.post(f"/files/{scene['file'].id}/lead", {"lead": "somebody"}).status_code == 422


def test_nobody_stands_in_for_themself(client, scene):
    ana = str(cast.worker(scene["maya"].agency, "Ana").pk)

    page = client.post(f"/files/{scene['file'].id}/lead", {"lead": ana, "backup": ana})

    assert page.status_code == 422
    assert "both would be away at once" in cast.words(page)


def _contact(scene, *, safe=True, at=None):
    with ctx.as_worker(scene["maya"].pk):
        body = {"channel": "text", "value": "555 0134"}
        return commands.write_contact(
            file=scene["file"], contact_id=None, body=body, safe=safe, by=scene["maya"], at=at or clock.now()
        )


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("unverified", lambda s: _contact(s, safe=False)),
        ("stale", lambda s: _contact(s, at=clock.now() - timedelta(days=31))),
        ("suspended", lambda s: _stopped(s, for_good=False)),
        ("revoked", lambda s: _stopped(s, for_good=True)),
    ],
)
def test_a_way_that_is_not_safe_today_is_refused_and_stays_sealed(client, scene, name, make):
    contact = make(scene)

    refused = client.post(f"/files/{scene['file'].id}/contacts/{contact.id}/use")
    page = client.get(f"/files/{scene['file'].id}")

    assert rules.standing(contact, clock.now()) == name
    assert refused.status_code == 409
    assert b"555 0134" not in refused.content + page.content


def _stopped(scene, *, for_good):
    contact = _contact(scene)
    with ctx.as_worker(scene["maya"].pk):
        commands.stop_contact(contact=contact, for_good=for_good, by=scene["maya"], at=clock.now())
        return SafeContact.objects.get(id=contact.id)


def test_never_again_stays_never_until_it_is_written_anew(client, scene):
    contact = _stopped(scene, for_good=True)

    assert (
        client.post(f"/files/{scene['file'].id}/contacts/{contact.id}/check", {"answer": "safe"}).status_code
        == 409
    )
    client.post(f"/files/{scene['file'].id}/contacts/{contact.id}", {"value": "555 0134", "safe": "on"})

    assert client.post(f"/files/{scene['file'].id}/contacts/{contact.id}/use").status_code == 200


def test_closing_deletes_the_ways_of_reaching_them_at_once(client, scene, superuser):
    _contact(scene)

    client.post(f"/files/{scene['file'].id}/closing", {"act": "close"})

    assert superuser.execute("select count(*) from files_safecontact").fetchone() == (0,)
    assert client.post(f"/files/{scene['file'].id}/called", {"called": "Sam"}).status_code == 409


def test_asking_to_destroy_needs_the_handle(client, scene, superuser):
    address = f"/files/{scene['file'].id}/closing"
    assert client.post(address, {"act": "shred", "handle": "Wrong Words"}).status_code == 200
    assert b"Jo" in client.get(f"/files/{scene['file'].id}").content

    assert superuser.execute("select count(*) from files_destruction").fetchone() == (0,)

    answer = client.post(address, {"act": "shred", "handle": scene["file"].handle})

    assert answer["Location"].startswith("/files/destructions/")
    assert superuser.execute("select state from files_destruction").fetchone() == ("asked",)


def test_the_list_for_programs_says_what_the_page_says(client, scene):
    rows = client.get("/files/list.json").json()["files"]

    assert [row["handle"] for row in rows] == [scene["file"].handle]
    assert "Jo" not in str(rows)


def evening():
    """The moment of the case, when it is tomorrow in UTC."""
    said, zone = case("14-tomorrow-since-seven/moments.txt").read_text().split(" = ")[0].rsplit(" ", 1)
    return datetime.fromisoformat(said).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_a_file_opened_in_the_evening_is_opened_that_day_on_the_page_and_for_programs(client, scene):
    with time_machine.travel(evening(), tick=False):
        client = cast.sign_in(client, scene["maya"])
        client.post("/files/")
        page, rows = client.get("/files/").content.decode(), client.get("/files/list.json").json()["files"]

    assert "2026-11-27" in [row["opened_on"] for row in rows]
    assert "27 Nov 2026" in page
    assert "28 Nov 2026" not in page


@pytest.mark.parametrize(("stop_until", "stands"), [(28, "suspended"), (27, "ok")])
def test_a_pause_ends_with_the_agencys_day_and_not_the_evening_before(stop_until, stands):
    contact = SafeContact(state="ok", stop_until=date(2026, 11, stop_until))

    assert rules.standing(contact, evening()) == stands


def test_an_altered_envelope_is_said_so_and_hides_one_name_only(client, scene, superuser):
    cast.file(scene["maya"], "Joachim")
    superuser.execute(
        "update files_detail set body = set_byte(body, 20, get_byte(body, 20) # 1) where file_id = %s",
        [scene["file"].id],
    )

    page = client.get(f"/files/{scene['file'].id}")
    found = client.post("/files/search", {"words": "jo"})

    assert page.status_code == 409
    assert "changed from outside" in page.content.decode()
    assert "Joachim" in found.content.decode()
