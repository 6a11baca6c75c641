"""Who decided, and who else was there: said, never left blank, and shown wherever the agreement is."""

import pytest
from django.test import Client

from alongside.consent.models import Release
from alongside.kernel import ctx
from alongside.referrals.models import Referral
from alongside.referrals.tests import cast
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
BY_LAW = {"en": "decides for them by law", "fr": "décide en son nom selon la loi"}


@pytest.fixture
@frozen
def scene():
    """Something talked about with a hospital, and not yet agreed to."""
    maya, ines = cast.worker(cast.agency("Riverside")), cast.worker(cast.agency("North Shore"), "Ines")
    file = cast.file(maya)
    wish = cast.priority(file, maya)
    return {
        "maya": maya,
        "ines": ines,
        "file": file,
        "asked": cast.talked_about(file, maya, ines.agency, wish),
    }


def change(superuser, **terms):
    for name, value in terms.items():
        superuser.execute(f"update consent_release set {name} = %s", [value])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_a_substitute_agreed_to_says_so_on_every_page(scene, superuser, language):
    asked = scene["asked"]
    change(superuser, capacity="substitute")
    client = cast.sign_in(Client(), scene["maya"])
    client.post("/language", {"language": language})

    button = client.get(f"/requests/{asked.id}/check").content.decode().split('name="agree"')[1]
    sent = cast.agree(client, f"/requests/{asked.id}")
    pages = [
        client.get(path).content.decode() for path in (f"/requests/{asked.id}", f"/files/{asked.file_id}")
    ]
    client = cast.sign_in(Client(), scene["ines"])
    client.post("/language", {"language": language})
    pages.append(client.get(f"/requests/{asked.id}").content.decode())

    assert sent.status_code == 302
    assert BY_LAW[language] in button.split("</button>")[0], "not that they agree"
    assert [BY_LAW[language] in page for page in pages] == [True, True, True]


def test_who_else_was_there_is_not_left_blank(scene, superuser):
    asked = scene["asked"]
    change(superuser, others_present="")
    client = cast.sign_in(Client(), scene["maya"])

    page = client.get(f"/requests/{asked.id}/agreement").content.decode()
    sent = cast.agree(client, f"/requests/{asked.id}", follow=True)

    assert "checked" not in page.split('name="others_present"', 1)[1].split("</fieldset>")[0]
    assert "Say who else was there" in sent.content.decode()
    with ctx.as_worker(scene["maya"].pk):
        assert Release.objects.get().given_at is None


@pytest.mark.parametrize(("pressed", "kept"), [("alone", "then-alone"), ("1", "other")])
def test_where_somebody_was_there_asking_again_alone_is_the_first_step(scene, superuser, pressed, kept):
    asked = scene["asked"]
    change(superuser, others_present="other")
    client = cast.sign_in(Client(), scene["maya"])

    page = client.get(f"/requests/{asked.id}/check").content.decode()
    cast.agree(client, f"/requests/{asked.id}", agree=pressed)

    assert page.index('value="alone"') < page.index('name="not_now"') < page.index('name="agree" value="1"')
    with ctx.as_worker(scene["maya"].pk):
        assert Release.objects.get().others_present == kept
        assert Referral.objects.get().state == "requested"


def test_not_alone_just_now_waits_in_their_day_until_it_is_sent(scene, superuser):
    asked = scene["asked"]
    change(superuser, others_present="other")
    client = cast.sign_in(Client(), scene["maya"])

    client.post(f"/requests/{asked.id}/check", {"not_now": "1"})
    before = client.get("/day").content.decode()
    cast.agree(client, f"/requests/{asked.id}", agree="alone")

    assert f"/requests/{asked.id}/check" in before
    assert f"/requests/{asked.id}/check" not in client.get("/day").content.decode()


def test_what_is_asked_about_is_marked_and_leaving_it_out_is_said(scene, superuser):
    asked = scene["asked"]
    client = cast.sign_in(Client(), scene["maya"])
    whole = [client.get(f"/requests/{asked.id}/{page}").content.decode() for page in ("agreement", "check")]
    superuser.execute("delete from consent_releaseditem where kind = 'priority'")

    without = client.get(f"/requests/{asked.id}/check").content.decode()

    assert "What you ask about" in whole[0]
    assert "does not read what you ask about" not in whole[1]
    assert "does not read what you ask about" in without


def test_the_page_of_who_is_asked_begins_with_what_is_asked(scene):
    asked = cast.send(scene["asked"], scene["maya"])

    page = cast.sign_in(Client(), scene["ines"]).get(f"/requests/{asked.id}").content.decode()

    assert (
        page.index("What is asked") < page.index("A place where nobody finds me.") < page.index("Jo is new")
    )
