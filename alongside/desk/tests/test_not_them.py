"""Whom the person said "not them" of can't tell it from nothing being there; and nothing names them there.

Over every address there is: each page of a worker under a "not them" is compared, byte for byte, with the
page of a world in which the file never was.
"""

from __future__ import annotations

import re
from uuid import NAMESPACE_URL, uuid4, uuid5

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.files import commands as files
from alongside.kernel import clock, ctx
from alongside.kernel.actors import How
from alongside.plans import commands as plans
from tests import databases, lanes
from tests.addresses import addresses, filled
from tests.examples import build, tables_of_a_file
from tests.frozen import frozen

pytestmark = [pytest.mark.django_db]

# pages of what was done, and the list of who is not to see it: there they are named
NAMED = ("watch", "referrals:blocks", "handovers:new", "handovers:mine")  # where any colleague is chosen
LEADS_AWAY = {"exit", "account_logout", "language", "mfa_activate_totp"}
# what is another at every answer: tokens, nonces and what was asked for
TAKEN_OUT = rb"(?m)^.*printed who looked at.*$"  # a line of the table about itself: its moment and number
CHANGES = (
    rb'name="(?:csrfmiddlewaretoken|version|id|gap_id)" value="[^"]*"|nonce="[^"]*"|As of [^<]*|[\w-]{43,}'
)
HERE = ("caseworker", "colleague", "privacy", "leader", "admin", "editor", "steward")
ELSEWHERE = ("released", "other role", "police")


@pytest.fixture
@frozen
def scene():
    """One file with everything in it, everybody around it, and a colleague of who leads it."""
    scene = build("around_a_file")
    scene.people["colleague"] = cast.worker(scene.people["caseworker"].agency, "Samira Okafor")
    return scene


def say_not_them(superuser, scene, against):
    """Write down a "not them", whoever could."""
    superuser.execute(
        "insert into consent_block (id, file_id, agency_id, against, set_at, set_by, set_how, "
        "blocked_principals) values (%s, %s, %s, %s, now(), gen_random_uuid(), %s, '{}')",
        [uuid4(), scene.ids["file_id"], scene.people["caseworker"].agency_id, against, How.THEIR_WORD],
    )


def forget_the_file(scene):
    """Make a world in which the file never was."""
    with databases.without_triggers() as superuser:
        for table in {*tables_of_a_file(), "trail_entry"}:
            column = "id" if table == "files_file" else "file_id"
            superuser.execute(f"delete from {table} where {column} = %s", [scene.ids["file_id"]])
        # that the first walk took the table out stands on the trail as well
        superuser.execute("delete from trail_entry where action = 'trail.exported'")


def every_page(scene, client):
    """What every address answers, with the file's own ids in it, and every list and search."""
    found = {}
    places = re.findall(r"<(?!int)(?:\w+:)?(\w+)>", str(addresses()))
    ids = {place: uuid5(NAMESPACE_URL, place) for place in places} | scene.ids
    for name, paths in addresses().items():
        for path in (filled(path, ids) for path in paths if name not in LEADS_AWAY):
            found |= {f"{name} {path}{more}": client.get(path + more) for more in ("", "?mine=1")}
    for words in (scene.made["file"].handle, "Jo"):
        found[f"search {words}"] = client.post(reverse("files:search"), {"words": words})
    new = reverse("referrals:new", args=[scene.ids["file_id"]])
    client.post(new, {"agency": scene.ids["other_id"]}, follow=True)
    return {at: (page.status_code, _told(page, at.split(" ")[1])) for at, page in found.items()}


def _told(page, path):
    content = b"".join(page.streaming_content) if page.streaming else page.content
    return re.sub(TAKEN_OUT, b"", re.sub(CHANGES, b"", content)).replace(path.encode(), b"")


def signed_in(scene, who):
    """A browser in which they were about to look for a service for the person, where they could."""
    client = cast.sign_in(Client(), scene.people[who])
    client.post(reverse("referrals:seek", args=[scene.ids["file_id"]]), {"about": scene.ids["priority_id"]})
    return client


@pytest.mark.costly("every address, for everybody around a file, twice")
@lanes.variants(
    "who", [(who,) for who in (*HERE, *ELSEWHERE)], quick=[("caseworker",), ("privacy",), ("released",)]
)
def test_who_is_not_to_see_it_sees_a_world_in_which_it_never_was(superuser, scene, who):
    client = signed_in(scene, who)
    say_not_them(superuser, scene, f"worker:{scene.people[who].pk}")

    blocked = every_page(scene, client)
    forget_the_file(scene)
    never = every_page(scene, client)

    assert [at for at in blocked if blocked[at] != never[at]] == []
    handle = scene.made["file"].handle.encode()
    assert [at for at, (_status, words) in blocked.items() if handle in words and at[:6] != "search"] == []


def promise(scene, lead):
    """Samira backs the file's lead, or is it herself, and has promised something in it."""
    maya, samira, file = scene.people["caseworker"], scene.people["colleague"], scene.made["file"]
    with ctx.as_worker(maya.pk):
        files.choose_lead(file=file, lead_id=lead.pk, backup_id=samira.pk, by=maya, at=clock.now())
        plans.add_step(
            file_id=file.id,
            priority_id=None,
            words="Call the school",
            worker_id=samira.pk,
            due_on=None,
            by=maya,
            at=clock.now(),
        )


@pytest.fixture
def led_by_samira(scene, superuser):
    """The file is with Samira, who promised something in it; then the person said: not them."""
    samira = scene.people["colleague"]
    promise(scene, lead=samira)
    say_not_them(superuser, scene, f"worker:{samira.pk}")
    return scene


@pytest.mark.costly("every address")
def test_nothing_about_the_file_names_them_to_the_others(led_by_samira):
    scene = led_by_samira
    file, samira = scene.made["file"], scene.people["colleague"].name.encode()

    found = every_page(scene, cast.sign_in(Client(), scene.people["caseworker"]))

    about_it = {
        at: words
        for at, (status, words) in found.items()
        if status == 200 and (str(file.id) in at or file.handle.encode() in words)
    }
    assert len(about_it) > 10
    assert [at for at, words in about_it.items() if samira in words and not at.startswith(NAMED)] == []


def test_what_they_led_and_promised_is_handed_on(led_by_samira):
    scene = led_by_samira
    maya, file = scene.people["caseworker"], scene.made["file"]
    client = cast.sign_in(Client(), maya)

    day = client.get("/day").content.decode()
    assert any(file.handle in line for line in day.split("<li") if "has nobody who leads" in line)
    client.post(reverse("files:lead", args=[file.id]), {"lead": maya.pk})

    assert "has nobody who leads" not in client.get("/day").content.decode()


def test_what_they_promised_is_with_whoever_leads(scene, superuser):
    maya, samira = scene.people["caseworker"], scene.people["colleague"]
    promise(scene, lead=maya)

    say_not_them(superuser, scene, f"worker:{samira.pk}")

    assert "Call the school" in cast.sign_in(Client(), maya).get("/day").content.decode()


@pytest.mark.parametrize(
    ("name", "sends"),
    [
        ("files:lead", {"lead": "<who>"}),
        ("files:lead", {"backup": "<who>"}),
        ("plans:step", {"words": "Call the school", "worker": "<who>"}),
    ],
)
def test_nobody_chooses_them_by_hand(led_by_samira, name, sends):
    scene = led_by_samira
    client, answers = cast.sign_in(Client(), scene.people["caseworker"]), []
    for who in (scene.people["colleague"].pk, uuid4()):
        sent = {field: value.replace("<who>", str(who)) for field, value in sends.items()}
        at = reverse(name, args=[scene.ids["file_id"]])
        page = client.post(at, sent)
        answers.append((page.status_code, _told(page, at).replace(str(who).encode(), b"")))

    assert answers[0] == answers[1]
    assert answers[0][0] == 422


def test_where_somebody_was_being_sought_for_a_file_nothing_of_it_stays(scene, superuser):
    client, handle = signed_in(scene, "caseworker"), scene.made["file"].handle
    at = reverse("directory:search")
    assert handle in client.get(at).content.decode()

    say_not_them(superuser, scene, f"worker:{scene.people['caseworker'].pk}")

    assert handle not in client.get(at).content.decode()
    new = reverse("referrals:new", args=[scene.ids["file_id"]])
    assert client.post(new, {"agency": scene.ids["other_id"]}).status_code == 404, "as if none were sought"
