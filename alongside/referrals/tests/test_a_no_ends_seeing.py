"""After an end nothing of it is left to the agency asked, at any address; after a yes everything is."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.consent.models import AfterNo, Release
from alongside.kernel import clock, ctx, seal
from alongside.kernel.keyring import KeyGone
from alongside.referrals import commands
from alongside.referrals.models import DeclinedReferral, Outcome, Referral, State
from alongside.referrals.tests import cast
from tests import databases, lanes
from tests.addresses import addresses, filled, plain
from tests.examples import tables_of_a_file
from tests.frozen import frozen
from tests.ground import acting

pytestmark = [pytest.mark.django_db]
OF_US = "/requests/?side=of-us"

INTRODUCTION, CALLED, WISH = "Jovanka walked here from Wawa.", "Jovanka", "A door that locks"
NO = {"reason": "no-capacity"}
LEADS_AWAY = {"exit", "account_logout", "language"}


@pytest.fixture
@frozen
def scene():
    """A hospital was asked under an agreement to everything that can be shared, and read it."""
    maya, ines = cast.worker(cast.agency("Riverside")), cast.worker(cast.agency("North Shore"), "Ines")
    omar = cast.worker(ines.agency, "Omar")
    file = cast.file(maya, CALLED)
    wish = cast.priority(file, maya, statement=WISH)
    asked = cast.request(file, maya, ines.agency, wish, introduction=INTRODUCTION)
    with ctx.as_worker(maya.pk):
        lent = consents.items_of(consents.get_release(maya, file.id, asked.release_id))
    return SimpleNamespace(
        maya=maya, ines=ines, omar=omar, file=file, wish=wish, asked=asked, lent=lent, handle=asked.handle
    )


def theirs(scene, name, sends=None):
    """What the agency asked does, at its own desk."""
    return press(scene.ines, name, sends, referral_id=scene.asked.id)


def ours(scene, name, sends=None):
    """What is done at the custodian's desk."""
    ids = {"referral_id": scene.asked.id, "file_id": scene.file.id, "release_id": scene.asked.release_id}
    return press(scene.maya, name, {"sure": "1"} | (sends or {}), **ids)


def press(worker, name, sends, **ids):
    (path,) = addresses()[name]
    answer = cast.sign_in(Client(), worker).post(filled(path, ids), sends or {})
    assert answer.status_code == 302, (name, answer.status_code)
    return answer


def lapse(scene):
    with databases.without_triggers() as superuser:
        superuser.execute("update consent_release set starts_at = now() - interval '9 days', until = now()")
        superuser.execute(
            "update consent_releaseditem i set until = r.until from consent_release r "
            "where r.id = i.release_id"
        )
    assert consent.end_lapsed() == 1


AFTER_NOTHING = {
    "declined": lambda scene: theirs(scene, "referrals:refusal", NO),
    "not a fit": lambda scene: theirs(
        scene, "referrals:refusal", {"reason": "not-a-fit", "barriers": ["pets"]}
    ),
    "waiting list": lambda scene: theirs(
        scene, "referrals:refusal", {"reason": "waitlist", "wait_band": "months_1_3"}
    ),
    "taken back": lambda scene: ours(scene, "referrals:taking_back"),
    "a mistake": lambda scene: ours(scene, "referrals:mistake"),
    "ended on their word": lambda scene: ours(scene, "referrals:end"),
    "not them": lambda scene: ours(
        scene, "referrals:blocks", {"which": "who", "against": f"agency:{scene.ines.agency_id}"}
    ),
    "lapsed": lapse,
}
AFTER_A_YES = {
    "came to nothing": lambda scene: theirs(scene, "referrals:progress", {"to": "failed"}),
    "their last word": lambda scene: ours(scene, "referrals:outcome", {"outcome": "worked"}),
    "chose otherwise": lambda scene: ours(scene, "referrals:outcome", {"outcome": "chose-otherwise"}),
    **{
        f"yes, {name}": end
        for name, end in AFTER_NOTHING.items()
        if name not in ("declined", "not a fit", "waiting list", "a mistake")
    },
}
DECLINED = {"declined", "not a fit", "waiting list", "came to nothing"}
ENDS = AFTER_NOTHING | AFTER_A_YES


def brought_to(scene, name):
    if name in AFTER_A_YES:
        theirs(scene, "referrals:acceptance")
    ENDS[name](scene)


def shown(scene, worker) -> list[str]:
    """Every page of theirs on which something of it can be read, and every key and row they have."""
    client, found = cast.sign_in(Client(), worker), []
    secrets = [INTRODUCTION, CALLED, WISH, *map(str, (scene.asked.id, scene.file.id, scene.wish.id))]
    own = mine(scene, worker)
    for name, path in every_address():
        if set(re.findall(r":(\w+)>", path)) <= set(own):
            at = filled(path, own)
            asked = f"{at}?q={CALLED}"  # which the page may say itself: the other language leads there again
            page = client.get(asked).content.decode(errors="replace").replace(asked, "").replace(at, "")
            found += [f"{name}: {secret}" for secret in secrets if secret in page]
    for item in scene.lent:
        for column in item.columns.split(","):
            try:
                seal.keyring().open(scene.file.id, seal.item(item.item_id, column), worker.agency_id)
                found.append(f"the key of {item.kind}")
            except KeyGone:
                pass
    with acting(worker.pk) as app:
        for table in tables_of_a_file():
            column = "id" if table == "files_file" else "file_id"
            rows = app.execute(
                f"select count(*) from {table} where {column} = %s", [scene.file.id]
            ).fetchone()
            found += [table] * rows[0]
    return found


def every_address():
    for name, paths in addresses().items():
        yield from ((name, path) for path in paths if name not in LEADS_AWAY)


def ids_of(scene):
    return {
        "file_id": scene.file.id,
        "referral_id": scene.asked.id,
        "release_id": scene.asked.release_id,
        "priority_id": scene.wish.id,
    }


def mine(scene, worker):
    """The file that they opened for themselves when they said yes, if they did."""
    with acting(worker.pk) as app:
        own = app.execute("select file_id from referrals_referralintake").fetchone()
    return {"file_id": own[0]} if own else {}


# Where an agency is told, after its own no, that it has said it: as its own line says.
ANSWERS = {
    f"referrals:{name}" for name in ("acceptance", "not_yet", "question", "messages", "refusal", "progress")
}


def told_apart(scene, worker, name):
    """The addresses that answer otherwise than for what isn't there, to look and to press."""
    client, found = cast.sign_in(Client(), worker), []
    for (address, path), method in itertools.product(every_address(), ("get", "post")):
        of_it = any(f":{id}>" in path for id in ids_of(scene))
        said_already = method == "post" and address in ANSWERS and name in DECLINED
        if of_it and not said_already:
            answer, absent = (getattr(client, method)(filled(path, ids)) for ids in (ids_of(scene), {}))
            same = (answer.status_code, plain(answer)) == (absent.status_code, plain(absent))
            found += [] if same else [f"{method} {path}: {answer.status_code}"]
    return found


@pytest.mark.costly("every address, after every end")
@lanes.variants(
    "name",
    [(name,) for name in ENDS],
    quick=[("declined",), ("waiting list",), ("lapsed",), ("yes, not them",)],
)
def test_after_an_end_every_address_answers_as_if_nothing_had_been(scene, name):
    assert shown(scene, scene.ines), "before, it is seen"

    brought_to(scene, name)

    assert shown(scene, scene.ines) == []
    for worker in (scene.ines, scene.omar):
        assert told_apart(scene, worker, name) == []
    with ctx.as_worker(scene.ines.pk):
        assert len(consents.unread_notices(scene.ines)) == 1, "they are told to stop using it, once"
    requests = cast.sign_in(Client(), scene.ines).get(OF_US).content.decode()
    assert ("We said no" in requests and scene.handle in requests) == (name in DECLINED)
    assert "no longer shared" in requests


def test_what_ended_after_the_page_was_opened_is_told_again(scene):
    another = cast.request(scene.file, scene.maya, scene.ines.agency, scene.wish)
    ours(scene, "referrals:end")
    client = cast.sign_in(Client(), scene.ines)
    (form,) = [form for form in html.fromstring(client.get(OF_US).content).forms if "notices" in form.action]
    (button,) = form.xpath(".//button")
    with ctx.as_worker(scene.maya.pk):
        commands.withdraw(file_id=scene.file.id, release_id=another.release_id, by=scene.maya, at=clock.now())

    client.post(form.action, {button.get("name"): button.get("value")})

    with ctx.as_worker(scene.ines.pk):
        assert len(consents.unread_notices(scene.ines)) == 1
    client.post(form.action, {button.get("name"): button.get("value")})
    assert "no longer shared" not in client.get(OF_US).content.decode()


@pytest.mark.parametrize("name", DECLINED)
def test_whoever_presses_twice_hears_that_it_is_done(scene, name):
    brought_to(scene, name)

    for worker in (scene.ines, scene.omar):
        press(worker, "referrals:refusal", NO, referral_id=scene.asked.id)
        press(worker, "referrals:progress", {"to": "failed"}, referral_id=scene.asked.id)


@pytest.mark.parametrize(
    "go_on",
    [
        lambda scene: theirs(scene, "referrals:acceptance"),
        lambda scene: [
            theirs(scene, "referrals:acceptance"),
            theirs(scene, "referrals:progress", {"to": "completed"}),
        ],
        lambda scene: [
            theirs(scene, "referrals:acceptance"),
            ours(scene, "referrals:outcome", {"outcome": "not-said"}),
        ],
    ],
    ids=["yes", "done", "nothing said"],
)
def test_what_is_no_end_ends_nothing(scene, go_on):
    go_on(scene)

    page = cast.sign_in(Client(), scene.ines).get(reverse("referrals:referral", args=[scene.asked.id]))
    requests = cast.sign_in(Client(), scene.ines).get(reverse("referrals:list")).content.decode()
    assert WISH in page.content.decode()
    assert "no longer shared" not in requests


def test_the_file_says_who_said_no_and_sees_nothing_any_more(scene):
    brought_to(scene, "declined")

    page = cast.sign_in(Client(), scene.maya).get(reverse("desk:file", args=[scene.file.id])).content.decode()
    circle = page.split('class="around"')[1]
    assert "They see nothing any more, and were told to stop using" in circle
    assert "End it now" not in circle
    assert "said no, and sees nothing any more" in page, "on the timeline too"


def asked_beforehand(scene, until):
    """The same, where the person was asked what is to hold after a no."""
    other = cast.worker(cast.agency("Hillcrest"), "Noor")
    drafted = cast.request(
        scene.file, scene.maya, other.agency, scene.wish, after_no=(AfterNo.OPENING, until)
    )
    return SimpleNamespace(**{**vars(scene), "ines": other, "omar": other, "asked": drafted})


def test_only_who_was_asked_beforehand_is_seen_after_a_no_for_that_and_until_then(scene):
    until = clock.now() + timedelta(days=60)
    scene = asked_beforehand(scene, until)

    theirs(scene, "referrals:refusal", NO)

    page = cast.sign_in(Client(), scene.ines).get(reverse("referrals:referral", args=[scene.asked.id]))
    with ctx.as_worker(scene.ines.pk):
        release = consents.get_release(scene.ines, scene.file.id, scene.asked.release_id)
        assert (release.purpose, release.until) == (AfterNo.OPENING, until)
        assert consents.unread_notices(scene.ines) == []
    assert WISH in page.content.decode()
    assert "To tell us when they have room" in page.content.decode()


@pytest.mark.parametrize("end", ["taken back", "a mistake", "ended on their word", "not them"])
def test_what_was_agreed_for_after_a_no_is_for_after_a_no_only(scene, end):
    scene = asked_beforehand(scene, clock.now() + timedelta(days=60))

    if end == "ended on their word":
        theirs(scene, "referrals:refusal", NO)
    ENDS[end](scene)

    assert shown(scene, scene.ines) == []


def test_nobody_but_a_no_makes_an_agreement_longer_or_for_something_else(scene):
    scene = asked_beforehand(scene, clock.now() + timedelta(days=60))

    for change in ("until = after_no_until", "purpose = after_no_purpose", "after_no_until = until"):
        with acting(scene.maya.pk) as app, pytest.raises(Exception, match="not changed after it was given"):
            app.execute(f"update consent_release set {change} where id = %s", [scene.asked.release_id])


@pytest.mark.parametrize(
    ("sends", "told"),
    [
        ({"after_no": "on"}, {"after_no_purpose", "after_no_day"}),
        ({"after_no": "on", "after_no_purpose": "opening", "after_no_day": "2020-01-01"}, {"after_no_day"}),
        ({"after_no_purpose": "opening", "after_no_day": "2099-01-01"}, set()),
    ],
)
def test_it_is_asked_by_itself_and_ticked_by_nobody(scene, sends, told):
    with ctx.as_worker(scene.maya.pk):
        draft = cast.referrals.draft(
            file_id=scene.file.id, to_agency_id=scene.ines.agency_id, by=scene.maya, at=clock.now()
        )
    client, at = cast.sign_in(Client(), scene.maya), reverse("referrals:agreement", args=[draft.id])
    page = client.get(at).content.decode()
    agreed = {
        "items": re.findall(r'name="items" value="([^"]+)"', page)[:1],
        "purpose": "answer",
        "manner": "view",
        "length": "30",
        "explained": "on",
        "capacity": "self",
        "method": "oral-witnessed",
        "others_present": "alone",
    }

    assert "checked" not in page.split('name="after_no"')[1].split("</details>")[0]
    answer = client.post(at, agreed | sends)

    assert set(answer.context["form"].errors if told else {}) == told
    assert answer.status_code == (422 if told else 302)
    with ctx.as_worker(scene.maya.pk):
        assert Release.objects.get(id=draft.release_id).after_no_until is None, "without its tick nothing"


def test_the_database_knows_what_is_over_as_python_does(superuser):
    for state, outcome in itertools.product(State, ["", *Outcome]):
        asked = superuser.execute("select ctx.request_is_over(%s, %s)", [str(state), str(outcome)])

        assert asked.fetchone()[0] == Referral(state=state, outcome=outcome).is_over, (state, outcome)


def test_who_is_not_to_see_it_does_not_see_the_line_either(scene):
    brought_to(scene, "declined")
    ours(
        scene,
        "referrals:blocks",
        {"which": "named", "agency": scene.ines.agency_id, "name": "Omar"},
    )

    pages = {
        who.name: cast.sign_in(Client(), who).get(OF_US).content.decode() for who in (scene.ines, scene.omar)
    }

    assert {name: scene.handle in page for name, page in pages.items()} == {"Ines": True, "Omar": False}


def seers_of_the_line(people):
    """Who of these sees a line about a no, by SQL as `app`."""
    found = set()
    for name, who in people.items():
        with ctx.as_worker(who.pk):
            if DeclinedReferral.objects.exists():
                found.add(name)
    return found


def test_the_line_is_for_those_of_that_role_there_who_meet_people_and_for_nobody_else(scene, superuser):
    brought_to(scene, "declined")
    superuser.execute("update referrals_declinedreferral set to_role = 'intake'")
    ours(
        scene,
        "referrals:blocks",
        {"which": "named", "agency": scene.ines.agency_id, "name": "Omar"},
    )
    there, here = scene.ines.agency, scene.maya.agency
    people = {
        "intake there": cast.worker(there, "Ada", "intake"),
        "caseworker there": scene.ines,
        "leader there": cast.worker(there, "Lee", "leader"),
        "intake here": cast.worker(here, "Bo", "intake"),
    }
    superuser.execute("update agencies_worker set role = 'intake' where id = %s", [scene.omar.pk])
    people["intake there, not them"] = scene.omar
    [(policy,)] = superuser.execute(
        "select pg_get_expr(polqual, polrelid) from pg_policy"
        " where polrelid = 'referrals_declinedreferral'::regclass and 'app'::regrole = any(polroles)"
    ).fetchall()
    right = seers_of_the_line(people)
    opened = {}
    try:
        superuser.execute("alter policy app_select on referrals_declinedreferral using (true)")
        opened = seers_of_the_line(people)
    finally:
        superuser.execute(f"alter policy app_select on referrals_declinedreferral using ({policy})")

    assert right == {"intake there"}
    assert opened == set(people)
