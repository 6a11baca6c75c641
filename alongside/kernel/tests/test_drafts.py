"""A quarter of an hour without a click, and not a word lost."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.tests.conftest import came_in, cookie_of, house, passphrase_hash, sign_in  # noqa: F401 - fixtures
from alongside.kernel import ctx

pytestmark = pytest.mark.django_db
HERE = "/account/agency"
WORDS = {"name": "Cedar House", "name_fr": "La maison qui écoute", "kind": "shelter", "regime": "none"}


def gone_idle(superuser):
    superuser.execute("update ctx.session set seen_at = seen_at - interval '16 minutes'")


def test_a_session_is_over_after_a_quarter_of_an_hour_without_a_click(house, superuser):
    client = came_in(house.ana)
    superuser.execute("update ctx.session set seen_at = seen_at - interval '14 minutes'")
    assert client.get(HERE).status_code == 200
    gone_idle(superuser)

    assert client.get(HERE)["Location"] == f"/account/sign-in/?next={HERE}"


def test_what_was_sent_after_the_session_closed_comes_back_after_signing_in(house, superuser):
    client = came_in(house.ana)
    gone_idle(superuser)

    answer = client.post(HERE, WORDS)
    again = sign_in(client, house.ana)
    page = client.get(again["Location"]).content.decode()

    assert answer["Location"] == "/account/sign-in/"
    assert again["Location"] == HERE
    assert "La maison qui écoute" in page
    assert "You were writing this before" in page


def test_nothing_was_changed_by_what_came_too_late(house, superuser):
    client = came_in(house.ana)
    gone_idle(superuser)
    client.post(HERE, WORDS)

    assert superuser.execute(
        "select name_fr from agencies_agency where id = %s", [house.cedar.pk]
    ).fetchone() == ("",)


def test_the_words_are_only_for_the_worker_who_wrote_them(house, superuser):
    client = came_in(house.ana)
    gone_idle(superuser)
    client.post(HERE, WORDS)

    assert "La maison qui écoute" not in came_in(house.bo).get(HERE).content.decode()


def test_the_words_are_sealed_and_their_place_is_not_told(house, superuser):
    client = came_in(house.ana)
    gone_idle(superuser)
    client.post(HERE, WORDS)
    kept = str(
        superuser.execute(
            "select encode(body, 'escape'), encode(place, 'escape') from kernel_draft"
        ).fetchall()
    )

    assert "maison" not in kept
    assert "agency" not in kept


def test_typing_is_kept_as_it_goes_and_forgotten_once_it_is_saved(house, superuser):
    client = came_in(house.ana)
    kept = client.post("/drafts", {**WORDS, "draft_of": HERE})
    shown = client.get(HERE).content.decode()
    client.post(HERE, {**WORDS, "draft_of": HERE})

    assert kept.status_code == 204
    assert "La maison qui écoute" in shown
    assert superuser.execute("select count(*) from kernel_draft").fetchone() == (0,)


@pytest.mark.parametrize("way_out", [None, "account_logout", "exit"])
def test_no_session_is_said_to_have_closed_where_somebody_went_by_themselves(house, way_out):
    client = came_in(house.ana)
    client.post("/drafts", {**WORDS, "draft_of": HERE})
    told = ""
    if way_out:
        client.post(reverse(way_out))
        told = client.get("/account/sign-in/").content.decode()
        told += client.get(sign_in(client, house.ana)["Location"]).content.decode()

    page = client.get(HERE).content.decode()

    assert "You were writing this before" in page
    assert not [
        said for said in ("session closed", "session had closed", "signed out") if said in told + page
    ]


def test_one_can_start_afresh(house, superuser):
    client = came_in(house.ana)
    client.post("/drafts", {**WORDS, "draft_of": HERE})

    answer = client.post("/drafts", {"draft_of": HERE, "forget": "1"})

    assert answer["Location"] == HERE
    assert superuser.execute("select count(*) from kernel_draft").fetchone() == (0,)


def test_words_are_offered_for_a_day_and_then_gone(house, superuser):
    client = came_in(house.ana)
    client.post("/drafts", {**WORDS, "draft_of": HERE})
    superuser.execute("update kernel_draft set at = at - interval '25 hours'")

    assert "La maison qui écoute" not in client.get(HERE).content.decode()
    ctx.sweep()
    assert superuser.execute("select count(*) from kernel_draft").fetchone() == (0,)


def test_passphrases_codes_and_tokens_are_never_kept(house, superuser, monkeypatch):
    kept = []
    monkeypatch.setattr("alongside.kernel.installation_key.seal", lambda body, **_: kept.append(body) or body)
    secrets = {
        "password": "p1-secret",
        "passphrase": "p2-secret",
        "code": "c-secret",
        "credential": "k-secret",
        "csrfmiddlewaretoken": "t-secret",
    }
    came_in(house.ana).post("/drafts", {**WORDS, **secrets, "draft_of": HERE})

    assert b"maison" in kept[-1]
    assert b"secret" not in kept[-1]


def test_nothing_is_kept_of_the_pages_where_secrets_are_typed(house, superuser, monkeypatch):
    client = came_in(house.ana)
    kept = []
    monkeypatch.setattr("alongside.kernel.installation_key.seal", lambda body, **_: kept.append(body) or body)
    client.post("/drafts", {"x": "typed", "draft_of": "/account/me/passphrase"})
    gone_idle(superuser)
    client.post("/account/me/passphrase", {"x": "typed"})

    assert len(kept) == 1  # that something was pressed, and where
    assert b"typed" not in kept[0]


def test_a_forged_form_leaves_nothing_behind(house, superuser):
    """Without the form's own token nothing is kept, although the session is only idle."""
    ana = came_in(house.ana)
    forger = Client(enforce_csrf_checks=True)
    forger.cookies["s"] = cookie_of(ana)
    gone_idle(superuser)

    forger.post(HERE, WORDS)

    assert superuser.execute("select count(*) from kernel_draft").fetchone() == (0,)


def test_after_signing_out_nothing_is_kept(house, superuser):
    client = came_in(house.ana)
    cookie = cookie_of(client)
    client.post("/account/session")
    client.cookies["s"] = cookie
    client.post(HERE, WORDS)

    assert superuser.execute("select count(*) from kernel_draft").fetchone() == (0,)


def test_too_many_words_are_no_draft(house, superuser):
    came_in(house.ana).post("/drafts", {**WORDS, "name": "x" * 70_000, "draft_of": HERE})

    assert superuser.execute("select count(*) from kernel_draft").fetchone() == (0,)


@pytest.mark.parametrize(
    "said", ["https://elsewhere.example/", "//elsewhere.example/", "/no/such/page", "", "javascript:1"]
)
def test_a_made_up_address_leads_nowhere(house, superuser, said):
    client = came_in(house.ana)
    gone_idle(superuser)

    client.post(HERE, {**WORDS, "draft_of": said})

    assert sign_in(client, house.ana)["Location"] == HERE
