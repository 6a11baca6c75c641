"""Who is let in where: every address of the quotes, for every role and for another agency's editor.

A new address without its row fails.
"""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.kernel import ctx
from alongside.kernel.refusal import Refusal
from alongside.quotes import commands, queries
from alongside.quotes.models import Quote, QuoteTranslation
from alongside.quotes.tests import stage
from tests.addresses import LET_IN, addresses, filled, plain
from tests.frozen import frozen

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]

POSTED = {"from_passage", "translation_check", "theme", "withdrawal"}
OWN = {"studies"}  # every editor has a list of their own agency's
ROLES = (
    "caseworker",
    "intake",
    "specialist",
    "companion",
    "coordinator",
    "leader",
    "privacy-officer",
    "administrator",
    "data-steward",
)


@pytest.fixture
@frozen
def there():
    """A study with a quote that was shown and translated, and everybody who never came near it."""
    there = stage.study()
    quote = stage.shown(there, stage.collected(there))
    with ctx.as_worker(there.noor.pk):
        made = commands.translate(
            quote=quote,
            language="fr",
            words="Quatre fois.",
            translator="us",
            by=there.noor,
            at=stage.clock.now(),
        )
    there.ids = {
        "study_id": there.study.id,
        "quote_id": quote.id,
        "translation_id": made.id,
        "coding_id": uuid.uuid4(),
    }
    there.quote = quote
    there.people = {role: cast.worker(there.agency, role, role) for role in ROLES}
    there.people["editor elsewhere"] = cast.worker(cast.agency("Lakeside"), "Ines", "editor")
    return there


def of_quotes():
    return {name: paths[0] for name, paths in addresses().items() if name.startswith("quotes:")}


@pytest.mark.costly("every address for every role, over one scene")
def test_nobody_but_its_editors_comes_near_a_quote(there):
    for who, worker in there.people.items():
        client = cast.sign_in(Client(), worker)
        for name, path in of_quotes().items():
            method = "post" if name.split(":")[1] in POSTED else "get"
            answer = getattr(client, method)(filled(path, there.ids))
            if name.split(":")[1] in OWN and who == "editor elsewhere":
                assert answer.status_code == 200
                continue
            absent = getattr(client, method)(filled(path, {}))
            assert answer.status_code == absent.status_code == 404, f"{who} at {path}: {answer.status_code}"
            assert plain(answer) == plain(absent), f"{who} could tell forbidden from absent at {path}"


def test_its_editors_are_let_in_everywhere(there):
    client = cast.sign_in(Client(), there.ana)
    for name, path in of_quotes().items():
        method = "post" if name.split(":")[1] in POSTED else "get"
        if name not in ("quotes:from_passage", "quotes:withdrawal"):
            assert getattr(client, method)(filled(path, there.ids)).status_code in LET_IN, name


def test_nobody_is_let_in_without_signing_in(there):
    for path in of_quotes().values():
        assert Client().get(filled(path, there.ids)).headers["Location"].startswith("/account/sign-in/")


def test_nothing_is_done_by_looking(there):
    client = cast.sign_in(Client(), there.noor)

    for name in POSTED:
        assert client.get(filled(of_quotes()[f"quotes:{name}"], there.ids)).status_code == 405


def test_no_other_role_can_do_anything_to_a_quote_past_the_pages(there):
    for worker in there.people.values():
        for move in (commands.withdraw, commands.refuse):
            with pytest.raises((Refusal, Quote.DoesNotExist)), ctx.as_worker(worker.pk):
                move(quote=there.quote, by=worker, at=stage.clock.now())
        with ctx.as_worker(worker.pk):
            assert not Quote.objects.exists()
            assert not QuoteTranslation.objects.exists()
            assert (
                queries.publishable(worker, there.study.id, audience="public", on=stage.clock.today()) == []
            )


def step(client, quote, name, **said):
    return client.post(f"/quotes/{quote.id}/{name}", said)


def test_from_the_words_to_a_yes_page_by_page(there):
    client = cast.sign_in(Client(), there.noor)
    written = {
        "words": "Nobody came.",
        "language": "en",
        "lived": "yes",
        "participant": str(there.person.id),
        "theme": str(there.theme.id),
    }
    place = client.post(f"/quotes/studies/{there.study.id}/new", written).headers["Location"]
    with ctx.as_worker(there.noor.pk):
        quote = queries.get_quote(there.noor, uuid.UUID(place.rsplit("/", 1)[1]))

    assert "Nobody came." in client.get(f"{place}/sheet").content.decode()
    digest = re.search(r'name="digest" value="(\w+)"', client.get(f"{place}/showing").content.decode())[1]
    assert (
        step(client, quote, "showing", digest=digest, way="paper", shown_by_role="me").headers["Location"]
        == f"{place}/answer"
    )
    assert step(client, quote, "answer", answer="yes").headers["Location"] == f"{place}/attribution"
    assert step(client, quote, "attribution", attribution="role").status_code == 422
    assert step(client, quote, "attribution", attribution="lived").headers["Location"] == f"{place}/readers"
    assert step(client, quote, "readers").status_code == 422
    assert step(client, quote, "readers", audiences=["funder"]).headers["Location"] == f"{place}/until"
    until = queries.usual_until()
    assert f'value="{until.isoformat()}"' in client.get(f"{place}/until").content.decode()
    assert step(client, quote, "until", until=until.isoformat()).headers["Location"] == f"{place}/agreement"
    assert "A person with lived experience" in client.get(f"{place}/agreement").content.decode()
    assert step(client, quote, "agreement").headers["Location"] == place
    assert step(client, quote, "recognition", answer="no").headers["Location"] == place

    (found,) = stage.publishable(there, "funder")
    assert (found.words, found.until) == ({"en": "Nobody came."}, until)
    assert "Nobody came." in client.get(f"/quotes/studies/{there.study.id}?state=agreed").content.decode()


def test_a_no_leads_back_and_leaves_no_words(there):
    client = cast.sign_in(Client(), there.noor)

    answer = step(client, there.quote, "answer", answer="no")

    assert answer.headers["Location"] == f"/quotes/studies/{there.study.id}"
    page = client.get(f"/quotes/{there.quote.id}").content.decode()
    assert stage.SAID not in page
    assert "The words are destroyed." in page


def test_one_tap_takes_it_back_from_wherever_it_shows(there):
    client = cast.sign_in(Client(), there.ana)
    for page in (f"/quotes/studies/{there.study.id}", f"/quotes/{there.quote.id}"):
        assert f'action="/quotes/{there.quote.id}/withdrawal"' in client.get(page).content.decode()

    client.post(f"/quotes/{there.quote.id}/withdrawal")

    assert stage.SAID not in client.get(f"/quotes/studies/{there.study.id}?state=over").content.decode()
    assert client.post(f"/quotes/{there.quote.id}/withdrawal").status_code == 409


def test_words_that_changed_while_they_were_shown_were_not_shown(there):
    client = cast.sign_in(Client(), there.noor)
    page = client.get(f"/quotes/{there.quote.id}/showing").content.decode()
    digest = re.search(r'name="digest" value="(\w+)"', page)[1]
    with ctx.as_worker(there.ana.pk):
        commands.reword(
            quote=there.quote, kind="edited", words="Other words.", by=there.ana, at=stage.clock.now()
        )

    assert (
        step(client, there.quote, "showing", digest=digest, way="paper", shown_by_role="me").status_code
        == 409
    )


def test_what_may_tell_who_somebody_is_is_marked_where_it_is_thought_over(there):
    quote = stage.collected(there, "Marie Tremblay drove me to Thunder Bay on 3 May 2024.")

    page = cast.sign_in(Client(), there.noor).get(f"/quotes/{quote.id}/recognition").content.decode()

    assert "<mark>" in page
    assert "Thunder Bay" in page


def test_a_translation_is_checked_by_somebody_else(there):
    path = f"/quotes/translations/{there.ids['translation_id']}/check"

    assert cast.sign_in(Client(), there.noor).post(path).status_code == 409
    assert cast.sign_in(Client(), there.ana).post(path).status_code == 302


def test_an_unsent_showing_never_brings_back_the_words_of_before(there):
    client = cast.sign_in(Client(), there.noor)
    path = f"/quotes/{there.quote.id}/showing"
    before = re.search(r'name="digest" value="(\w+)"', client.get(path).content.decode())[1]
    client.post("/drafts", {"draft_of": path, "digest": before, "way": "paper"})
    with ctx.as_worker(there.ana.pk):
        commands.reword(
            quote=there.quote, kind="edited", words="Other words.", by=there.ana, at=stage.clock.now()
        )

    now = re.search(r'name="digest" value="(\w+)"', client.get(path).content.decode())[1]

    assert now != before
    assert (
        step(client, there.quote, "showing", digest=now, way="paper", shown_by_role="me").status_code == 302
    )
