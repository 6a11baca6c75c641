"""The front page and the tour: what somebody sees who has not signed in."""

import pytest

from alongside.agencies.tests import cast
from alongside.desk.demo.people import PASSPHRASE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/tour"])
def test_the_way_out_and_the_other_language_are_there(client, path):
    body = client.get(path).content.decode()

    assert 'href="/exit"' in body
    assert "Français" in body


@pytest.mark.parametrize("demo", [True, False])
def test_the_passphrase_is_told_in_the_demonstration_only(client, settings, demo):
    settings.DEMO = demo

    body = client.get("/tour").content.decode()

    assert (PASSPHRASE in body) == demo
    assert ("This is a demonstration" in body) == demo


def test_whoever_is_signed_in_goes_to_their_day(client):
    assert cast.sign_in(client, cast.worker(cast.agency())).get("/")["Location"] == "/day"


def test_the_front_page_speaks_french(client):
    client.cookies["lang"] = "fr"

    body = client.get("/").content.decode()

    assert "Vous avez besoin d’aide" in body
    assert '<html lang="fr-CA">' in body


def test_the_front_page_tells_everybody_where_to_go(client):
    body = client.get("/").content.decode()

    for way in (
        'href="/account/sign-in/"',
        'href="/briefs/published"',
        'href="tel:+18339001010"',
        'href="/exit"',
    ):
        assert way in body
