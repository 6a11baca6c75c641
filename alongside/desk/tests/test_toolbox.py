"""From one contact at the desk, every tool: what was said once goes along, and nothing is typed twice."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.test import Client
from lxml import html

from alongside.agencies.tests import cast
from alongside.beds.tests.conftest import count, offering
from alongside.directory.tests import factories
from alongside.files import commands as files
from alongside.files.models import File
from alongside.fund.models import Purchase
from alongside.fund.queries import files_of
from alongside.fund.tests import cast as fund
from alongside.gaps.models import Gap
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.plans.models import Priority
from alongside.referrals.models import Referral
from alongside.visits import commands as visits
from alongside.visits.models import VisitNote
from tests import lanes
from tests.browsing import SCREENS, fits, press, sign_in
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
THEIRS = "A door that locks."


@pytest.fixture
@frozen
def there(live):
    """Maya at an open desk with a fund; elsewhere a shelter with a bed and an agency that offers housing."""
    desk = cast.agency("Riverside Open Desk")
    house = cast.agency("North Shore House", "community", "shelter")
    maya = cast.worker(desk, "Maya", passphrase=cast.PASSPHRASE)
    ines = cast.worker(house, "Ines", "intake", passphrase=cast.PASSPHRASE)
    factories.kept(ines, "North Shore homes", community="Thunder Bay", needs=["housing"])
    bed = offering(ines, region="north")
    count(bed, ines)
    fund.pot(fund.leader(desk))
    with ctx.as_worker(maya.pk):
        file = files.open(by=maya, at=clock.now())
    return SimpleNamespace(maya=maya, ines=ines, file=file, client=cast.sign_in(Client(), maya))


def come_by(there, topic="housing"):
    with ctx.as_worker(there.maya.pk):
        return visits.record(visit_id=uuid7(), topic=topic, by=there.maya, at=clock.now())


def tiles(there, visit):
    page = html.fromstring(there.client.get(f"/visits/{visit.id}").content)
    links = page.xpath("//ul[@class='tiles']//a")
    return {link.text: (link.get("href"), "".join(link.xpath("small/text()"))) for link in links}


def test_every_capability_that_has_a_tool_shows_its_own(there):
    shown = tiles(there, come_by(there))

    assert shown["Ask an agency"][1].startswith("1 offers this")
    assert {"A bed tonight", "Write a want", "A place in the directory", "Could not help"} <= shown.keys()
    assert "need=housing" in shown["Could not help"][0]


def test_a_tool_that_needs_a_file_asks_once_and_goes_straight_on(there):
    visit = come_by(there)
    asked = tiles(there, visit)["Write a want"][0]

    page = there.client.get(there.client.post(asked, {"new": "1"})["Location"])

    assert page.context["form"]["need"].value() == "housing"
    with ctx.as_worker(there.maya.pk):
        new = File.objects.exclude(id=there.file.id).get()
        assert str(new.id) in page.request["PATH_INFO"]
        assert not VisitNote.objects.exists(), "choosing writes nothing into it"


def test_every_tool_leads_back_to_the_contact_it_was_opened_from(there):
    visit = come_by(there)
    there.client.post(tiles(there, visit)["Write a want"][0], {"file": str(there.file.id)})

    for name, (address, _hint) in tiles(there, visit).items():
        page = html.fromstring(there.client.get(address).content)
        assert page.xpath(f"count(//main//a[@href='/visits/{visit.id}'])") >= 1, name


def test_a_want_written_here_is_what_the_request_is_about(there):
    visit = come_by(there)
    want = there.client.post(tiles(there, visit)["Write a want"][0], {"file": str(there.file.id)})["Location"]

    back = there.client.post(want, {"statement": THEIRS, "need": "housing"})

    assert back["Location"] == f"/visits/{visit.id}"
    assert THEIRS in cast.words(there.client.get(back["Location"]))
    whom = tiles(there, visit)["Ask an agency"][0]
    page = there.client.get(whom)
    form = next(f for f in html.fromstring(page.content).forms if "entry" in f.fields)
    there.client.post(form.action, dict(form.fields))
    with ctx.as_worker(there.maya.pk):
        assert Referral.objects.get().priority_id == Priority.objects.get().id


def test_without_a_want_the_request_is_for_what_it_was_about(there):
    visit = come_by(there)
    there.client.post(f"/visits/{visit.id}/file", {"file": str(there.file.id)})

    whom = tiles(there, visit)["Ask an agency"][0]
    page = there.client.get(whom)
    form = next(f for f in html.fromstring(page.content).forms if "entry" in f.fields)
    there.client.post(form.action, dict(form.fields))

    assert parse_qs(urlsplit(whom).query)["need"] == ["housing"]
    with ctx.as_worker(there.maya.pk):
        assert Referral.objects.get().need == "housing"


def test_a_no_is_counted_and_leads_back(there):
    visit = come_by(there, "law")
    address = tiles(there, visit)["Could not help"][0]

    back = there.client.post(address, {"need": "legal_advice"})

    assert back["Location"] == f"/visits/{visit.id}"
    with ctx.as_worker(there.maya.pk):
        assert Gap.objects.get().need == "legal_advice"


def test_a_file_of_one_contact_is_no_other_s_and_is_put_down(there):
    one, other = come_by(there), come_by(there, "food")
    there.client.post(f"/visits/{one.id}/file", {"file": str(there.file.id)})

    assert there.file.handle in cast.words(there.client.get(f"/visits/{one.id}"))
    assert there.file.handle not in cast.words(there.client.get(f"/visits/{other.id}"))
    there.client.post(f"/visits/{one.id}/no-file")
    assert there.file.handle not in cast.words(there.client.get(f"/visits/{one.id}"))


def test_nobody_chooses_a_file_they_do_not_see(there):
    visit = come_by(there)
    with ctx.as_worker(there.ines.pk):
        theirs = files.open(by=there.ines, at=clock.now())

    assert there.client.post(f"/visits/{visit.id}/file", {"file": str(theirs.id)}).status_code == 404
    assert there.client.post(f"/visits/{visit.id}/file", {"file": "x"}).status_code == 404
    led = there.client.post(f"/visits/{visit.id}/file?tool=/nothing", {"file": str(there.file.id)})
    assert led["Location"] == f"/visits/{visit.id}"


@pytest.mark.costly("from two taps to a want, a request, a bed and a bus ticket, in a browser")
@lanes.variants(
    "language, javascript, width", product(("en", "fr"), (True, False), SCREENS), quick=[("fr", False, 320)]
)
def test_from_two_taps_a_want_a_request_a_bed_and_a_bus_ticket(new_page, there, language, javascript, width):
    page = new_page(viewport=SCREENS[width], java_script_enabled=javascript, locale=f"{language}-CA")
    sign_in(page, there.maya)
    press(page, "main a[href='/visits/']")
    press(page, "button[value=housing]")
    here = page.url
    fits(page)
    press(page, "a[href$='tool=plans']")
    fits(page)
    press(page, "button[name=new]")
    page.fill("textarea[name=statement]", THEIRS)
    press(page, "main form button.button")
    assert page.url == here
    assert THEIRS in page.locator("blockquote").inner_text()
    fits(page)
    press(page, "a[href^='/requests/of/']")
    assert THEIRS in page.locator("blockquote").inner_text()
    press(page, "form[action$='/new'] button")
    fits(page)
    page.goto(here)
    press(page, "a[href^='/beds/']")
    press(page, "form[action='/beds/new'] button")
    fits(page)
    page.goto(here)
    _a_bus_ticket(page, there)
    assert page.url == here


def _a_bus_ticket(page, there):
    """Only what it is and how much is said: for whom goes along, and it leads back to the contact."""
    press(page, "a[href^='/fund/new']")
    fits(page)
    file_id = page.input_value("select[name=file]")
    page.select_option("select[name=kind]", "transit")
    page.fill("input[name=amount]", "3,50")
    page.check("input[name=payee][value=person]")
    press(page, "main form[action='/fund/new'] button.button:not(.second)")
    fits(page)
    with ctx.as_worker(there.maya.pk):
        asked = Purchase.objects.get()
        assert (asked.kind, asked.cents) == ("transit", 350)
        assert files_of(there.maya, {asked.pk}) == {asked.pk: UUID(file_id)}
    press(page, f"main a[href='{urlsplit(page.url).query.replace('visit=', '/visits/')}']")
