"""Told once: named things to named agencies by word until midnight; nothing ticked before, and no “all”."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.test import Client
from lxml import html

from alongside.agencies.tests import cast as who
from alongside.consent import commands as consent
from alongside.consent.models import Release
from alongside.files.tests import cast as files
from alongside.hub.tests import cast
from alongside.hub.tests.cast import sits, waits, words_seen
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.plans import commands as plans
from alongside.plans.models import Step
from alongside.referrals.models import Referral
from alongside.visits import commands as visits
from tests import lanes
from tests.browsing import SCREENS, fits, press, sign_in
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
THEIRS, TOLD = "A door that locks.", "They sleep lightly, and Biscuit is a small dog."


@pytest.fixture
@frozen
def there(live):
    """Maya, Noor, Ray and Ana sit at the hub; a file at Maya's with one want."""
    scene = cast.people()
    for worker in (scene.maya, scene.noor, scene.ray, scene.ana):
        sits(worker, scene.hub)
    scene.file = files.file(scene.maya, "Jo")
    with ctx.as_worker(scene.maya.pk):
        said = {"words": {"statement": THEIRS}, "private": {"why": ""}, "facts": {"need": "housing"}}
        scene.want = plans.add_priority(file_id=scene.file.id, **said, by=scene.maya, at=clock.now())
    return scene


def path(there):
    return f"/hub/{there.hub.id}/tonight/{there.file.id}"


def test_what_it_is_about_is_a_want_of_this_file_or_nothing_is_there(there):
    other = files.file(there.maya, "Kit")
    with ctx.as_worker(there.maya.pk):
        said = {"words": {"statement": "A bed."}, "private": {"why": ""}, "facts": {"need": "housing"}}
        theirs = plans.add_priority(file_id=other.id, **said, by=there.maya, at=clock.now())
    maya = who.sign_in(Client(), there.maya)

    for about in (uuid7(), theirs.id, "x"):
        sent = maya.post(f"{path(there)}?about={about}", ticked(there, there.want.id))
        assert sent.status_code == 404
    assert maya.get(f"{path(there)}?about={there.want.id}").status_code == 200


def ticked(there, *items, **more):
    """The form, with these ticked for the clinic."""
    return {
        f"items_{there.noor.agency_id}": [str(item) for item in items],
        "explained": "on",
        "capacity": "self",
        "others_present": "alone",
        **more,
    }


def agreed(there, client, *items, **more):
    """Ticked, read back, and they said yes."""
    check = client.post(path(there), ticked(there, *items, **more))["Location"]
    page = client.get(check)
    hidden = html.fromstring(page.content).xpath("//main//form//input[@type='hidden']")
    return page, client.post(check, {e.get("name"): e.get("value") for e in hidden} | {"agree": "1"})


def signed(worker):
    return who.sign_in(Client(), worker)


def test_nothing_is_ticked_before_everything_is_not_there_and_who_passes_on_is_not_asked(there):
    page = html.fromstring(signed(there.maya).get(path(there)).content)

    assert not page.xpath("//main//input[@type='checkbox' and @checked]")
    legends = " ".join(page.xpath("//main//legend//text()"))
    assert "Mill Street" in legends
    assert "Cedar Legal" in legends, "a lawyer stands beside the person"
    assert "Family First" not in legends, "child protection is asked on a page of its own"
    assert not {"all", "everything"} & set(page.xpath("//main//input[@type='checkbox']/@value"))


def test_an_agency_sees_what_was_ticked_for_it_until_ontario_s_midnight(there, superuser):
    client = signed(there.maya)
    page, _said = agreed(there, client, there.want.id, "introduction", words=TOLD, approved="on")

    assert THEIRS in who.words(page)
    with ctx.as_worker(there.maya.pk):
        referral, release = Referral.objects.get(), Release.objects.get()
        assert release.until == clock.shared_midnight(clock.shared_day(clock.now()) + timedelta(days=1))
        assert (release.method, referral.to_agency_id) == ("oral-witnessed", there.noor.agency_id)
    theirs = who.words(signed(there.noor).get(f"/requests/{referral.id}"))
    assert THEIRS in theirs
    assert "Biscuit" in theirs
    assert signed(there.ray).get(f"/requests/{referral.id}").status_code == 404
    superuser.execute("set session_replication_role = replica")
    for table in ("consent_release", "consent_releaseditem"):
        superuser.execute(f"update {table} set starts_at = now() - interval '2 s', until = now()")
    superuser.execute("reset session_replication_role")
    assert signed(there.noor).get(f"/requests/{referral.id}").status_code == 404


def test_in_french_it_is_the_person_who_says_yes(there):
    client = signed(there.maya)
    check = client.post(path(there), ticked(there, there.want.id))["Location"]

    page = html.fromstring(client.get(check, headers={"accept-language": "fr-CA"}).content)

    assert page.xpath("//main//button[@name='agree']/text()") == ["La personne a dit oui"]


def test_with_nothing_ticked_one_thing_is_said(there):
    answer = signed(there.maya).post(path(there), {"words": TOLD})

    assert answer.status_code == 422
    said = html.fromstring(answer.content).xpath("//main//*[@class='oops']//li")
    assert [each.text_content() for each in said] == [
        "Tick at least one thing for one agency, or go back: nothing is shared."
    ]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"explained": ""}, "Say it first"),
        ({"capacity": ""}, "Say who decided"),
        ({"others_present": ""}, "Say who else was there"),
        ({"words": TOLD}, "Read it back"),
    ],
)
def test_what_is_lacking_is_said_at_the_field_and_what_was_typed_stays(there, more, said):
    answer = signed(there.maya).post(path(there), ticked(there, there.want.id, **more))

    assert answer.status_code == 422
    assert said in who.words(answer)
    box = f"//input[@value='{there.want.id}' and @checked]"
    assert len(html.fromstring(answer.content).xpath(box)) == 1
    with ctx.as_worker(there.maya.pk):
        assert not Referral.objects.exists()


def test_nothing_ticked_is_no_agreement(there):
    answer = signed(there.maya).post(path(there), ticked(there))

    assert answer.status_code == 422
    assert "Tick at least one thing" in who.words(answer)


def test_no_means_nothing_is_shared(there):
    client = signed(there.maya)
    check = client.post(path(there), ticked(there, there.want.id))["Location"]

    told = client.post(check, {"leave": "1"}, follow=True)

    assert "Nothing was shared." in who.words(told)
    with ctx.as_worker(there.maya.pk):
        assert not Release.objects.exclude(given_at=None).exists()
        assert {referral.state for referral in Referral.objects.all()} <= {"cancelled"}


def test_what_changed_since_it_was_read_back_is_read_back_again(there):
    client = signed(there.maya)
    check = client.post(path(there), ticked(there, there.want.id))["Location"]
    hidden = html.fromstring(client.get(check).content).xpath("//main//form//input[@type='hidden']")
    with ctx.as_worker(there.maya.pk):
        changed = {"words": {"statement": "A window."}, "private": {"why": ""}, "facts": {"need": "housing"}}
        plans.rewrite_priority(priority=there.want, **changed, by=there.maya, at=clock.now())

    answer = client.post(check, {e.get("name"): e.get("value") for e in hidden} | {"agree": "1"})

    assert answer.status_code == 409
    with ctx.as_worker(there.noor.pk):
        assert not Referral.objects.exists()


def test_what_is_changed_before_they_said_yes_is_all_that_is_seen(there):
    client = signed(there.maya)
    client.post(path(there), ticked(there, there.want.id, "introduction", words=TOLD, approved="on"))
    lawyer = {f"items_{there.ray.agency_id}": [str(there.want.id)]}
    client.post(path(there), ticked(there, there.want.id, **lawyer, words=TOLD, approved="on"))

    page, _said = agreed(there, client, there.want.id)

    assert "Biscuit" not in who.words(page)
    assert "Cedar Legal" not in who.words(page)
    with ctx.as_worker(there.maya.pk):
        sent = Referral.objects.get(state="requested")
        assert sent.to_agency_id == there.noor.agency_id
    theirs = signed(there.noor).get(f"/requests/{sent.id}")
    assert THEIRS in who.words(theirs)
    assert "Biscuit" not in who.words(theirs)


def test_pressed_twice_they_agreed_once(there):
    client = signed(there.maya)
    check = client.post(path(there), ticked(there, there.want.id))["Location"]
    hidden = html.fromstring(client.get(check).content).xpath("//main//form//input[@type='hidden']")
    sends = {e.get("name"): e.get("value") for e in hidden} | {"agree": "1"}

    for said in ("1 agency sees it", "It counts already"):
        assert said in who.words(client.post(check, sends, follow=True))

    with ctx.as_worker(there.maya.pk):
        assert Release.objects.exclude(given_at=None).count() == 1


def test_an_agency_the_person_kept_out_is_not_offered(there):
    against = {"against": f"agency:{there.noor.agency_id}", "item_id": None}
    with ctx.as_worker(there.maya.pk):
        consent.block(file_id=there.file.id, **against, by=there.maya, at=clock.now())

    page = html.fromstring(signed(there.maya).get(path(there)).content)

    assert "Mill Street" not in " ".join(page.xpath("//main//legend//text()"))


def test_not_today_is_promised_in_the_file_that_was_chosen(there):
    with ctx.as_worker(there.maya.pk):
        visit = visits.record(visit_id=uuid7(), topic="health", by=there.maya, at=clock.now())
    waiting, client = waits(there.maya, there.hub), signed(there.maya)
    client.post(f"/visits/{visit.id}/file", {"file": str(there.file.id)})
    on = clock.today() + timedelta(days=3)
    later = f"/hub/{there.hub.id}/waiting/{waiting.id}/later"

    assert not html.fromstring(client.get(later).content).xpath("//input[@name='file' and @checked]")
    for lacking in ({}, {"file": str(there.file.id)}):
        assert client.post(later, {"on": on.isoformat(), **lacking}).status_code == 422
    client.post(later, {"on": on.isoformat(), "file": str(there.file.id), "words": "Health card, with Noor"})

    with ctx.as_worker(there.maya.pk):
        assert Step.objects.get().due_on == on
    assert words_seen(there.maya) == []
    assert "Health card, with Noor" in who.words(client.get(f"/files/{there.file.id}"))


@pytest.mark.costly("a hub's day by two people in two browsers")
@lanes.variants(
    "language, javascript, width", product(("en", "fr"), (True, False), SCREENS), quick=[("fr", False, 320)]
)
def test_from_two_taps_to_waiting_and_told_once(new_page, there, language, javascript, width):
    options = {"viewport": SCREENS[width], "java_script_enabled": javascript, "locale": f"{language}-CA"}
    desk, clinic = new_page(**options), new_page(**options)
    sign_in(desk, there.maya)
    desk.goto("/visits/")
    press(desk, "button[value=health]")
    here = desk.url
    press(desk, "main a[href*='/waiting/new']")
    fits(desk)
    assert desk.locator("input[name=topic][value=health]").is_checked(), "said once"
    desk.select_option("select[name=first]", str(there.noor.agency_id))
    press(desk, "main form button.button")
    assert desk.url == here
    word = words_seen(there.maya)[0]
    assert word in desk.locator("main").inner_text()

    sign_in(clinic, there.noor)
    clinic.goto(f"/hub/{there.hub.id}")
    fits(clinic)
    press(clinic, "form[action$='/waiting'] button")
    assert word in clinic.locator("main").inner_text().lower()
    fits(clinic)
    press(clinic, "form[action$='/met'] button")
    clinic.goto(f"/hub/{there.hub.id}")
    clinic.goto(f"/hub/{there.hub.id}/waiting")
    assert clinic.url.endswith(str(there.hub.id)), "left, it is shut"

    press(desk, "main .tiles a[href$='tool=hub']")
    press(desk, "button[name=new]")
    desk.fill("textarea[name=words]", TOLD)
    desk.check("input[name=approved]")
    desk.check(f"input[name='items_{there.noor.agency_id}'][value=introduction]")
    desk.check("input[name=explained]")
    for name, value in {"capacity": "self", "others_present": "alone"}.items():
        desk.check(f"input[name={name}][value={value}]")
    fits(desk)
    press(desk, "main form button.button")
    assert "Biscuit" in desk.locator(".readback").inner_text()
    fits(desk)
    press(desk, "button[name=agree]")
    assert desk.url == here
    clinic.goto("/requests/")
    press(clinic, "main a[href^='/requests/0']")
    assert "Biscuit" in clinic.locator("main").inner_text()


@pytest.mark.costly("every page of a hub's day through axe")
def test_every_page_of_the_hub_s_day_can_be_read_by_everybody(signed_in, look, there):
    waits(there.maya, there.hub, services=[there.noor.agency_id, there.ray.agency_id], not_while="Not Kevin.")
    page, hub = signed_in(there.maya, locale="en-CA", bypass_csp=True), f"/hub/{there.hub.id}"
    look.at(page, hub, f"{hub}/waiting/new", path(there))
    for name, value in {"capacity": "self", "others_present": "alone"}.items():
        page.check(f"input[name={name}][value={value}]")
    page.check("input[name=explained]")
    page.check(f"input[name='items_{there.noor.agency_id}'][value='{there.want.id}']")
    press(page, "main form button.button")
    look(page, "what is read back")
    page.goto(hub)
    press(page, "form[action$='/desk'] button")
    press(page, "form[action$='/waiting'] button")
    look(page, "who waits")
    press(page, "main a[href$='/later']")
    look(page, "not today")
    page.goto(hub)
    press(page, "form[action$='/waiting'] button")
    with page.expect_navigation():
        page.evaluate(
            "Object.defineProperty(document, 'hidden', {value: true});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    assert page.url.endswith(hub), "covered, it is shut"
    look.at(signed_in(there.zoe, locale="en-CA", bypass_csp=True), "/hub/")
