"""Whom to ask: who says what it has, who does it already for this person, and who stands first."""

import re

import pytest
from django.utils import translation

from alongside.directory import commands as directory
from alongside.kernel import clock, ctx, vocabulary
from alongside.referrals import queries
from alongside.referrals.tests import cast
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
NEED = "shelter_tonight"


@pytest.fixture
@frozen
def scene():
    """Four agencies with rooms: in Punjabi, in ASL, with an interpreter from elsewhere, Indigenous-led."""
    maya = cast.worker(cast.agency("Riverside"))
    says = {
        "Punjabi House": {"languages": ["pa"]},
        "Signed Rooms": {"languages": ["ase"]},
        "Far Voices": {"languages": ["pa"], "flags": ["outside_interpreter"]},
        "Turtle Lodge": {},
    }
    people = {}
    for name, said in says.items():
        kind = "indigenous-led" if name == "Turtle Lodge" else "shelter"
        people[name] = cast.worker(cast.agency(name, kind=kind), name)
        with ctx.as_worker(people[name].pk):
            directory.keep(
                by=people[name], at=clock.now(), name=name, needs=[NEED], offered_here=True, **said
            )
    file = cast.file(maya)
    return {"maya": maya, "file": file, "wish": cast.priority(file, maya, need=NEED), **people}


def asked(scene, who="maya", file="file", **more):
    worker = scene[who]
    with ctx.as_worker(worker.pk):
        return queries.whom_to_ask(worker, scene[file], NEED, scene["wish"].id, **more)


def names(whom):
    return {str(offer.agency) for offer in whom.offers}


@pytest.mark.parametrize(
    ("asks", "found"),
    [
        ({"language": "pa"}, {"Punjabi House", "Far Voices"}),
        ({"language": "ase"}, {"Signed Rooms"}),
        ({"outside_interpreter": True}, {"Far Voices"}),
        ({"language": "fcs"}, set()),
        ({"language": "pa", "words": "Signed"}, set()),
        ({"words": "Signed"}, {"Signed Rooms"}),
        ({}, {"Punjabi House", "Far Voices", "Signed Rooms", "Turtle Lodge"}),
    ],
)
def test_found_is_who_says_so_of_what_it_offers(scene, asks, found):
    assert names(asked(scene, **asks)) == found


def test_the_page_filters_without_an_address_that_says_anything(scene, client):
    cast.sign_in(client, scene["maya"])
    sought = client.post(f"/requests/of/{scene['file'].id}/seeking", {"about": str(scene["wish"].id)})

    page = client.post(sought["Location"], {"language": "ase"})
    wrong = client.post(sought["Location"], {"language": "Klingon"})

    assert "Signed Rooms" in page.content.decode()
    assert "Punjabi House" not in page.content.decode()
    assert 'value="ase" selected' in page.content.decode(), "what was chosen is kept"
    assert wrong.status_code == 422


@pytest.mark.parametrize("language", ["en", "fr"])
def test_languages_stand_in_the_order_of_the_pages_language_signs_first(language):
    with translation.override(language):
        codes = [code for code, _label in vocabulary.languages_in_order()]
        assert codes[:2] == ["ase", "fcs"]
        assert len(codes) == len(set(codes)) == len(vocabulary.LANGUAGES)
        first, last = ("am", "yo") if language == "en" else ("de", "vi")
    assert codes.index(first) < codes.index(last)
    assert (codes.index("de") < codes.index("am")) == (language == "fr"), "allemand before amharique"


def test_indigenous_led_stands_first_only_for_who_said_that_they_want_it(scene):
    first = str(asked(scene).offers[0].agency)
    cast.priority(scene["file"], scene["maya"], need="indigenous_led")

    assert first == "Far Voices"
    assert str(asked(scene).offers[0].agency) == "Turtle Lodge"


def test_who_does_it_already_comes_from_this_files_own_circle_only(scene):
    maya, lodge = scene["maya"], scene["Turtle Lodge"]
    other_desk = cast.worker(cast.agency("Hillcrest"), "Noor")
    scene |= {"other": cast.file(maya), "elsewhere": cast.file(other_desk)}
    wish = cast.priority(scene["other"], maya, need=NEED)
    cast.request(scene["other"], maya, lodge.agency, wish)
    cast.request(scene["elsewhere"], other_desk, lodge.agency, cast.priority(scene["elsewhere"], other_desk))
    with ctx.as_worker(maya.pk):
        draft = cast.talked_about(scene["file"], maya, scene["Far Voices"].agency, scene["wish"])
        assert queries.already_on(maya, draft) == []
    assert asked(scene).already == []

    cast.request(scene["file"], maya, scene["Signed Rooms"].agency, scene["wish"])

    assert [str(agency) for _referral, agency in asked(scene).already] == ["Signed Rooms"]
    with ctx.as_worker(maya.pk):
        assert [each.file_id for each in queries.already_on(maya, draft)] == [scene["file"].id]


def test_an_administrator_says_in_the_directory_what_the_agency_has(scene, client):
    ada = cast.worker(scene["Turtle Lodge"].agency, "Ada", "administrator")
    said = {"name": "Far talk", "offered_here": "on", "needs": NEED, "languages": ["fcs"]}

    kept = cast.sign_in(client, ada).post("/directory/entries/new", said | {"flags": ["outside_interpreter"]})

    assert kept.status_code == 302
    assert names(asked(scene, language="fcs", outside_interpreter=True)) == {"Turtle Lodge"}
    assert "Interpreter from outside the region" in client.get(kept["Location"]).content.decode()


def test_who_is_asked_about_is_whom_the_page_is_about_whatever_another_tab_looks_for(scene, client):
    """Two people in two tabs: each page carries whose it is, and nothing is begun for the other."""
    maya = scene["maya"]
    other = cast.file(maya, "Cat")
    cast.sign_in(client, maya)
    jo = client.post(f"/requests/of/{scene['file'].id}/seeking", {"about": str(scene["wish"].id)})
    jos_page = client.get(jo["Location"]).content.decode()
    client.post(f"/requests/of/{other.id}/seeking", {})
    begins = set(re.findall(r'action="(/requests/of/[^"]+/new)"', jos_page))

    (begin,) = begins
    begun = client.post(
        begin, {"agency": str(scene["Turtle Lodge"].agency_id), "about": str(scene["wish"].id)}
    )

    assert scene["file"].handle in client.get(jo["Location"]).content.decode()
    with ctx.as_worker(maya.pk):
        draft = queries.get_draft(maya, begun["Location"].split("/")[2])
        assert (draft.file_id, draft.priority_id) == (scene["file"].id, scene["wish"].id)
