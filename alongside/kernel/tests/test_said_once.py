"""What every page says through one place: how many things are wrong, and where the other language leads."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from alongside.agencies.tests.conftest import came_in, house, passphrase_hash  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


class Three(forms.Form):
    """Three answers, all needed."""

    one, two, three = forms.CharField(), forms.CharField(), forms.CharField()


@pytest.mark.parametrize(
    ("language", "sent", "heading"),
    [
        ("en", {}, "3 things to look at"),
        ("en", {"one": "x", "two": "x"}, "One thing to look at"),
        ("fr", {"one": "x"}, "2 points à revoir"),
    ],
)
def test_the_heading_counts_what_stands_below_it(language, sent, heading):
    with translation.override(language):
        page = render_to_string("kernel/_wrong.html", {"form": Three(sent)})

    assert f"<h2>{heading}</h2>" in page
    assert page.count("<li>") == int(heading[0]) if heading[0].isdigit() else page.count("<li>") == 1


def test_the_other_language_keeps_what_was_asked(house):
    client = came_in(house.maya)
    page = client.get("/directory/?q=shelter+bed").content.decode()

    assert 'name="next" value="/directory/?q=shelter+bed"' in page
    assert client.post("/language", {"language": "fr", "next": "/directory/?q=shelter+bed"})["Location"] == (
        "/directory/?q=shelter+bed"
    )


def test_the_other_language_leads_from_an_answer_to_the_page_it_came_from(house):
    client = came_in(house.maya)

    page = client.post(
        "/files/search", {"words": "Jo"}, headers={"Referer": "http://testserver/files/"}
    ).content.decode()

    assert 'name="next" value="/files/"' in page
