"""Who is let in at every address of the briefs.

The agency's own, the steward a proof names, and everybody where an edition is public.
"""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.briefs import queries
from alongside.briefs.models import Section
from alongside.briefs.tests.conftest import BASE, again, asked, do, written
from tests.addresses import addresses
from tests.frozen import frozen

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]

EDITORS = {"esme", "kofi"}
OWN = EDITORS | {"ruth", "noor"}
ALL_LOOK = OWN | {"margo", "wenona", "eve", "dan"}
EVERYBODY = ALL_LOOK | {"maya", None}
LET_IN = {200, 302, 409, 422}

# address -> method, who is let in while the brief is in proof and names Still Water's data steward.
DOORS: dict[str, tuple[str, set]] = {
    "list": ("get", ALL_LOOK),
    "new": ("get", EDITORS | {"wenona", "eve"}),
    "brief": ("get", OWN | {"margo"}),
    "about": ("get", EDITORS),
    "checks": ("get", EDITORS),
    "proof": ("get", OWN | {"margo"}),
    "proof_pdf": ("get", OWN | {"margo"}),
    "taking_back": ("post", EDITORS),
    "signatures": ("post", OWN | {"margo"}),
    "editions": ("post", EDITORS),
    "section": ("get", EDITORS),
    "section_new": ("get", EDITORS),
    "removal": ("post", EDITORS),
    "order": ("post", EDITORS),
    "quotes": ("get", EDITORS),
    "figures": ("get", EDITORS),
    "published": ("get", EVERYBODY),
    "published_edition": ("get", EVERYBODY),
    "published_in": ("get", EVERYBODY),
    "published_changes": ("get", EVERYBODY),
    "published_file": ("get", EVERYBODY),
}


@pytest.fixture
@frozen
def scene(house):
    """A brief with two editions that is in proof again, and names the data steward of another agency."""
    brief = written(house.esme, concerns_indigenous=True, steward_agency_id=house.lodge.pk)
    for number in (1, 2):
        checksum = do("prove", house.esme, brief=brief, base=BASE).checksum
        for who in (house.esme, house.margo, house.ruth):
            do("sign", who, brief=brief, checksum=checksum)
        do("publish", house.esme, brief=brief)
        do("take_back", house.esme, brief=brief)
        do(
            "describe",
            house.esme,
            brief=brief,
            facts={"title": {"en": f"After {number}", "fr": f"Après {number}"}},
        )
    do("prove", house.esme, brief=brief, base=BASE)
    section = asked(house.esme, lambda: Section.objects.filter(brief=brief, kind="recommendation").first())
    return house, {
        "brief_id": brief.pk,
        "section_id": section.pk,
        "slug": brief.slug,
        "number": 2,
        "before": 1,
        "kind": "context",
        "language": "fr",
        "ending": "pdf",
        "name": "en.html",
    }


def at(name, told):
    """An address with these ids."""
    return re.sub(
        r"<\w+:(\w+)>", lambda m: str(told.get(m.group(1), uuid.uuid4())), addresses()[f"briefs:{name}"][0]
    )


def test_every_address_has_its_row():
    assert {name.removeprefix("briefs:") for name in addresses() if name.startswith("briefs:")} == set(DOORS)


@pytest.mark.parametrize("name", DOORS)
def test_who_is_let_in(scene, name):
    house, ids = scene
    method, allowed = DOORS[name]
    for who in ("maya", "eve", "dan", "wenona", "margo", "noor", "ruth", "kofi", "esme", None):
        client = cast.sign_in(Client(), getattr(house, who)) if who else Client()
        answer = getattr(client, method)(at(name, ids))
        let_in = answer.status_code in LET_IN and "/account/sign-in/" not in answer.headers.get(
            "Location", ""
        )
        assert let_in == (who in allowed), f"{who} at {name}: {answer.status_code}"
        if not let_in and who:
            gone = dict.fromkeys(("brief_id", "section_id"), uuid.uuid4())
            assert answer.status_code == getattr(client, method)(at(name, ids | gone)).status_code == 404


def test_what_is_for_a_funder_is_nobody_elses_without_signing_in(house):
    brief = written(house.esme, audience="funder")
    checksum = do("prove", house.esme, brief=brief, base=BASE).checksum
    for who in (house.esme, house.ruth):
        do("sign", who, brief=brief, checksum=checksum)
    do("publish", house.esme, brief=brief)

    for path in ("/briefs/two-rivers/1", "/briefs/two-rivers/1/en.pdf", "/briefs/two-rivers/1.csv"):
        assert Client().get(path).status_code == 404
        assert cast.sign_in(Client(), house.eve).get(path).status_code == 404
        assert cast.sign_in(Client(), house.ruth).get(path).status_code == 200
    assert b"two-rivers" not in Client().get("/briefs/published").content


def test_files_are_exactly_what_was_published(scene):
    house, _ids = scene
    client = Client()
    kept = asked(house.esme, lambda: queries.files_of(queries.get_edition("two-rivers", 1)))

    for name, content in kept.items():
        assert client.get(f"/briefs/two-rivers/1/{name}").content == content
    assert client.get("/briefs/two-rivers/1/brief.css").headers["Content-Type"].startswith("text/css")
    assert client.get("/briefs/two-rivers/1/secrets.txt").status_code == 404
    sums = dict(reversed(line.split("  ")) for line in kept["checksums.txt"].decode().splitlines())
    assert set(sums) == set(kept) - {"checksums.txt"}


def test_a_reader_finds_how_to_cite_it_and_its_checksum(scene):
    page = Client().get("/briefs/two-rivers/2", headers={"Accept-Language": "fr"}).content.decode()

    assert f"{BASE}/briefs/two-rivers/2" in page
    assert re.search(r"<code>[0-9a-f]{64}</code>", page)
    assert "Recommandation 9" in page
    assert "Recommendation 9" in Client().get("/briefs/two-rivers/2?language=en").content.decode()


def test_what_changed_is_for_everybody(scene):
    page = Client().get("/briefs/two-rivers/2/since/1").content.decode()

    assert "<ins>After" in page
    assert page.count('class="sheet stack-tight change"') == 2
    assert "<del>Forty calls" in page


def test_the_way_through_the_pages(house):
    client = cast.sign_in(Client(), house.esme)
    begun = client.post(
        "/briefs/new", {"title_en": "T", "slug": "our-place", "audience": "public", "contributors": "A\n\nB"}
    )
    path = begun.headers["Location"]
    written_on = client.post(
        f"{path}/sections/new/definition", {"heading_en": "Gap", "body_en": "Nothing there."}
    )
    page = client.get(path).content.decode()

    assert written_on.status_code == 302
    assert "Gap" in page
    assert (
        "Definitions 1 · Term: French is missing." in page
        or "Definitions 1" in client.get(f"{path}/proof").content.decode()
    )
    assert client.post(f"{path}/proof").status_code == 409
    assert client.post("/briefs/new", {"slug": "our-place", "audience": "public"}).status_code == 422
    assert client.post("/briefs/new", {"slug": "published", "audience": "public"}).status_code == 422


def test_an_address_of_another_agency_is_refused_in_words(house):
    written(house.esme, slug="taken")

    answer = cast.sign_in(Client(), house.eve).post("/briefs/new", {"slug": "taken", "audience": "public"})

    assert answer.status_code == 409


def test_answers_and_costs_are_looked_at(house):
    client = cast.sign_in(Client(), house.esme)
    brief = written(house.esme)
    path = f"/briefs/{brief.pk}"

    assert client.post(f"{path}/checks", {"issue_answer": "partly"}).status_code == 422
    assert (
        client.post(f"{path}/checks", {"issue_answer": "partly", "issue_note": "So far."}).status_code == 302
    )
    assert client.post(f"{path}/sections/new/plea", {"low": "5", "base": "3", "high": "9"}).status_code == 422
    assert client.post(f"{path}/sections/new/plea", {"low": "5"}).status_code == 422
    assert client.post(f"{path}/sections/new/plea", {"low": "1", "base": "3", "high": "9"}).status_code == 302
    assert asked(house.esme, lambda: Section.objects.get(brief=brief, kind="plea").cost["base"]) == 3
    assert client.get(f"{path}/sections/new/nothing").status_code == 404


def test_signing_and_publishing_on_the_pages(house):
    brief = written(house.esme)
    esme, ruth = (cast.sign_in(Client(), who) for who in (house.esme, house.ruth))
    path = f"/briefs/{brief.pk}"
    assert esme.post(f"{path}/proof").status_code == 302
    checksum = re.search(r'name="checksum" value="(\w+)"', ruth.get(f"{path}/proof").content.decode()).group(
        1
    )

    assert esme.post(f"{path}/signatures", {"checksum": "0" * 64}).status_code == 409
    assert esme.post(f"{path}/signatures", {"checksum": checksum}).status_code == 302
    assert esme.post(f"{path}/signatures", {"checksum": checksum}).status_code == 409
    assert esme.post(f"{path}/editions").status_code == 409
    assert ruth.post(f"{path}/signatures", {"checksum": checksum}).status_code == 302
    published = esme.post(f"{path}/editions")

    assert published.headers["Location"] == "/briefs/two-rivers/1"
    assert asked(house.esme, lambda: again(brief).state) == "published"
    assert esme.get("/briefs/two-rivers/1.pdf").content.startswith(b"%PDF")
