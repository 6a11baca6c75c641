"""A file on paper for the person: asked about first, two sides at most, nothing that gives them away."""

from __future__ import annotations

import re
import subprocess
from types import SimpleNamespace

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.agencies.models import Kind
from alongside.agencies.models.agencies import IN_PLAIN_WORDS
from alongside.desk.paper import LINES, Thing, fill, lines_of
from alongside.files import commands as files
from alongside.kernel import clock, ctx
from alongside.referrals import commands as referrals
from alongside.referrals.tests import cast
from alongside.trail.models import Entry
from tests.browsing import press
from tests.frozen import frozen

pytestmark = pytest.mark.django_db

LONGEST = "MOTHER and me want a WARM DOOR that locks, with room for the dog. " * 30
AROUND = [
    ("North Shore", "community", "shelter"),
    ("Blue Door", "community", "housing"),
    ("Two Rivers", "healthcare", "hospital"),
    ("Mill Street", "healthcare", "health-centre"),
    ("Cedar Legal", "criminal-legal", "legal-clinic"),
    ("City Police", "criminal-legal", "police"),
    ("Children First", "community", "child-protection"),
]


@pytest.fixture
@frozen
def there(db):
    """Maya keeps a file in which three long things are wanted, with seven agencies around it."""
    maya = cast.worker(cast.agency("Riverside"), "Maya")
    file = cast.file(maya)
    with ctx.as_worker(maya.pk):
        files.write_contact(
            file=file, contact_id=None, body={"value": "705 555 0134"}, safe=True, by=maya, at=clock.now()
        )
    wants = [
        cast.priority(file, maya, words)
        for words in ("A place where nobody finds me.", LONGEST[:1900], "The very last thing I said.")
    ]
    agencies = {name: cast.agency(name, sector, kind) for name, sector, kind in AROUND}
    asked = {name: cast.request(file, maya, agency, wants[0]) for name, agency in agencies.items()}
    legal = cast.worker(agencies["Cedar Legal"], "Arjun", "intake")
    return SimpleNamespace(maya=maya, file=file, wants=wants, legal=legal, asked=asked)


def ask(client, there, **said):
    return client.post(f"/files/{there.file.id}/paper", {"language": "en", **said})


def printed(page, path):
    path.write_bytes(page.pdf(prefer_css_page_size=True, display_header_footer=True))
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    return text.stdout.rstrip("\f").split("\f")


def test_the_sheet_can_be_read_by_everybody(there, signed_in, look):
    page = signed_in(there.maya, bypass_csp=True)
    page.goto(f"/files/{there.file.id}/paper")
    press(page, "[name=aloud]")

    look(page)


def test_nothing_is_made_before_somebody_said_that_paper_is_safe(there):
    client = cast.sign_in(Client(), there.maya)

    answer = ask(client, there, named="on")

    assert answer.status_code == 422
    assert "there are other ways" in answer.content.decode()
    assert client.get("/sheet/abc123").status_code == 404
    assert not Entry.objects.filter(action="files.printed").exists()


def test_it_says_their_words_and_who_is_around_them_by_kind_and_stands_on_the_trail(there, superuser):
    client = cast.sign_in(Client(), there.maya)

    sheet = client.get(ask(client, there, safe="on")["Location"]).content.decode()

    assert "A place where nobody finds me." in sheet
    assert "A place to stay" in sheet
    for hidden in ("North Shore", "City Police", "public service", there.file.handle, "Jo<", "555 0134"):
        assert hidden not in sheet, hidden
    [noted] = superuser.execute("select file_id from trail_entry where action = 'files.printed'").fetchall()
    assert noted == (there.file.id,)


def test_names_stand_on_it_if_they_want_them_but_never_the_police_or_child_protection(there):
    client = cast.sign_in(Client(), there.maya)

    sheet = client.get(ask(client, there, safe="on", named="on")["Location"]).content.decode()

    assert "North Shore" in sheet
    assert "City Police" not in sheet
    assert "Children First" not in sheet


def test_what_they_leave_out_is_left_out_and_french_is_french(there):
    client = cast.sign_in(Client(), there.maya)

    asked = ask(client, there, safe="on", without=[str(there.wants[0].id)], language="fr")
    sheet = client.get(asked["Location"]).content.decode()

    assert "A place where nobody finds me." not in sheet
    assert "Ce que vous voulez, dans votre ordre" in sheet
    assert "Look at it together before it is printed." in sheet, "what is around it is the worker’s"


@pytest.mark.parametrize(("spoken", "first"), [([], "en"), (["fr"], "fr"), (["ar", "fr", "en"], "en")])
def test_the_sheet_begins_in_a_language_of_the_person(there, spoken, first):
    with ctx.as_worker(there.maya.pk):
        files.set_languages(file=there.file, tags=spoken, words="", by=there.maya, at=clock.now())

    page = cast.sign_in(Client(), there.maya).get(f"/files/{there.file.id}/paper")

    assert page.context["form"]["language"].initial == first


def test_a_question_back_is_an_answer_on_the_sheet_too(there):
    asked = there.asked["Cedar Legal"]
    with ctx.as_worker(there.legal.pk):
        referrals.ask_back(referral=asked, words="By telephone?", by=there.legal, at=clock.now())
    client = cast.sign_in(Client(), there.maya)

    made = ask(client, there, safe="on", named="on")["Location"]

    assert "Cedar Legal: was asked, and asks something first." in client.get(made).text


def test_read_together_it_is_no_print_and_prints_nothing(there):
    client = cast.sign_in(Client(), there.maya)

    sheet = client.get(ask(client, there, aloud="1")["Location"]).content.decode()

    assert "A place where nobody finds me." in sheet
    assert "data-print" not in sheet
    assert 'class="on-paper no-paper"' in sheet
    assert not Entry.objects.filter(action="files.printed").exists()


def test_another_tab_shows_no_other_persons_sheet(there):
    client, cat = cast.sign_in(Client(), there.maya), cast.file(there.maya, "Cat")
    cast.priority(cat, there.maya, statement="Somewhere with a garden.")
    jos = ask(client, there, safe="on")["Location"]
    cats = client.post(f"/files/{cat.id}/paper", {"safe": "on", "language": "en"})["Location"]

    assert "A place where nobody finds me." in client.get(jos).content.decode()
    assert "Somewhere with a garden." in client.get(cats).content.decode()


@pytest.mark.costly("prints in a real browser")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_longest_case_prints_on_two_sides_and_a_file_prints_nothing(there, signed_in, tmp_path, language):
    page = signed_in(there.maya, locale=f"{language}-CA")
    page.goto(f"/files/{there.file.id}/paper")
    page.check("[name=safe]")
    page.check("[name=named]")
    press(page, "main button.button:not([name])")

    sides = printed(page, tmp_path / "sheet.pdf")

    assert len(sides) == 2
    assert "A place where nobody finds me." in sides[0]
    assert "Cedar Legal" in sides[1]
    assert not re.search(r"[0-9a-f]{8}-|/sheet|555|Alongside", "".join(sides)), "no address and no number"

    page.goto(f"/files/{there.file.id}")
    [once] = printed(page, tmp_path / "file.pdf")
    for hidden in ("555", "Jo", there.file.handle, "nobody finds me", str(there.file.id)):
        assert hidden not in once


def test_a_card_prints_not_one_word(there, signed_in, tmp_path):
    page = signed_in(there.maya)
    page.goto("/card")

    assert not "".join(printed(page, tmp_path / "card.pdf")).strip()


def test_every_kind_of_agency_has_plain_words():
    assert set(IN_PLAIN_WORDS) == set(Kind)


letters = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=400)


@given(st.lists(letters, max_size=8), st.integers(0, 20))
def test_no_side_holds_more_lines_than_it_has_and_what_it_holds_is_in_their_order(words, below):
    sides, whole = fill([Thing(each) for each in words], [4, below])

    for side, taken in zip(sides, (4, below), strict=True):
        assert sum(lines_of(thing.words) + 1 for thing in side.things) <= LINES - taken
    said = "".join("".join(thing.words.split()) for side in sides for thing in side.things)
    every = "".join("".join(each.split()) for each in words)
    assert every.startswith(said)
    assert whole == (said == every) or not every[len(said) :]
