"""Every page, in both languages, at 1280 and 320 px.

Nothing that WCAG 2.2 AA forbids, nothing wider than the screen, nobody in a title.
"""

from __future__ import annotations

import re

import pytest
import time_machine

from alongside.beds.tests import pages as beds
from alongside.consent import commands as consent
from alongside.directory.tests import factories
from alongside.files import commands as files
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans
from alongside.referrals import commands as referrals
from tests import cast, lanes
from tests.frozen import frozen
from tests.test_access_matrix import addresses, filled

pytestmark = pytest.mark.django_db

LONG = "Wilhelmina-Konstantyna Nʔaxʷəlqʷə́wayəɬ Ó Conchobhair-Anishinaabekwe de la Vérendrye"
PAGES = [
    name
    for name in addresses()
    if name.split(":")[0]
    in (
        "front",
        "tour",
        "day",
        "desk",
        "files",
        "plans",
        "referrals",
        "beds",
        "directory",
        "gaps",
        "occupancy",
        "me",
        "agency",
    )
]
NOT_PAGES = {
    *beds.POSTED,
    *("occupancy:csv", "occupancy:import"),  # files; and looked at step by step in the folder's own tests
    *("files:json", "files:search", "files:use", "plans:order", "plans:done", "plans:dropped"),
    *(
        "referrals:notices",
        "referrals:new",
        "referrals:acceptance",
        "referrals:progress",
        "referrals:outcome",
        "referrals:noted",
    ),
    *(
        "referrals:taking_back",
        "referrals:mistake",
        "referrals:lifting",
        "referrals:seek",
        "referrals:end",
        "referrals:refusal",
    ),
    *(
        "directory:csv",
        "directory:hiding",
        "directory:hsds",
        "directory:hsds_records",
        "directory:hsds_record",
        "directory:import",
        "directory:edit",
    ),
}


@pytest.fixture
@frozen
def full(live):
    """A file with everything in it, a very long name included; a draft; and a request from elsewhere."""
    desk, hospital = cast.agency("Riverside"), cast.agency("North Shore", "healthcare", "hospital")
    police = cast.agency("City Police", "criminal-legal", "police")
    maya, ines = cast.worker(desk, "Maya"), cast.worker(hospital, "Ines", "intake")
    file = cast.file(maya, LONG)
    wish = cast.priority(
        file,
        maya,
        "See my son. " * 30,
        good="A" * 200,
        not_wants="his father called",
        do_not_raise="the move",
    )
    cast.priority(file, maya, "", need="")
    sent = cast.request(file, maya, hospital, wish)
    cast.request(file, maya, police, wish)
    asked_of_us = cast.request(cast.file(ines), ines, desk)
    at = clock.now
    with ctx.as_worker(maya.pk):
        told = {
            "channel": "text",
            "value": "555 0134",
            "when": "weekdays before 3",
            "we_say_we_are": "the library",
        }
        contact = files.write_contact(file=file, contact_id=None, body=told, safe=True, by=maya, at=at())
        files.write_contact(file=file, contact_id=None, body={}, safe=False, by=maya, at=at())
        files.set_languages(file=file, tags=["en", "oj"], words="English is fine", by=maya, at=at())
        step = plans.add_step(
            file_id=file.id,
            priority_id=wish.id,
            words="Ask about a deposit.",
            worker_id=maya.pk,
            due_on=at().date(),
            by=maya,
            at=at(),
        )
        idea = plans.suggest(file_id=file.id, words="Offer the Tuesday group.", by=maya, at=at())
        plans.add_step(
            file_id=file.id,
            priority_id=None,
            words="Tell the team.",
            worker_id=None,
            due_on=None,
            by=maya,
            at=at(),
        )
        draft = referrals.draft(file_id=file.id, to_agency_id=police.pk, by=maya, at=at())
        consent.set_terms(
            release=consent.Release.objects.get(id=draft.release_id), by=maya, others_present="other"
        )
    with ctx.as_worker(ines.pk):
        referrals.decline(
            referral=sent, reason="waitlist", barriers=["pets"], wait_band="months_1_3", by=ines, at=at()
        )
    entry = factories.kept(ines, "North Shore beds")
    ids = {
        "file_id": file.id,
        "contact_id": contact.id,
        "priority_id": wish.id,
        "step_id": step.id,
        "suggestion_id": idea.id,
        "entry_id": entry.pk,
    }
    sides = {
        "draft": draft.id,
        "sent": sent.id,
        "theirs": asked_of_us.id,
        "beds": beds.on_every_page(maya, ines, file.id, LONG),
    }
    return maya, ids, sides


def of(path, one):
    """The address of one thing, whatever its ids are called and of whichever kind."""
    for name, value in one.items():
        path = re.sub(rf"<\w+:{name}>", str(value), path)
    return path


def where(ids, sides):
    """Every page there is, with ids; a request from its three sides, and what the beds have on each."""
    for name in PAGES:
        if name in NOT_PAGES:
            continue
        for path in addresses()[name]:
            if name in sides["beds"]:
                yield from (of(path, one) for one in sides["beds"][name])
            elif "referral_id" not in path:
                yield filled(path, ids)
            elif name == "referrals:referral":
                yield from (filled(path, {"referral_id": sides[side]}) for side in ("sent", "theirs"))
            else:
                yield filled(path, {"referral_id": sides["draft"]})
    yield filled("/requests/<uuid:referral_id>/refusal", {"referral_id": sides["theirs"]})
    yield from beds.SEARCHES
    yield "/directory/?need=shelter_tonight&place=Thunder+Bay"
    yield "/directory/?words=zzzz"
    yield "/nothing/here"


@pytest.mark.costly("every page of casework, in a browser")
@lanes.variants("language", [("en",), ("fr",)], quick=[("en",)])
def test_every_page_can_be_read_by_everybody(signed_in, look, full, language):
    maya, ids, sides = full
    page = signed_in(maya, bypass_csp=True, locale=f"{language}-CA")
    for path in where(ids, sides):
        look.at(page, path, status=404 if path == "/nothing/here" else 200)
        assert page.locator("h1").count() == 1, path
        assert not re.search(r"Wilhelmina|Jo\b", page.title()), path


def test_the_form_of_an_empty_file_needs_nothing(client, db):
    maya = cast.worker(cast.agency("Riverside"), "Maya")
    cast.sign_in(client, maya)

    opened = client.post("/files/")

    assert opened.status_code == 302
    assert client.get(opened.headers["Location"]).status_code == 200


def test_a_safe_contact_goes_stale_after_thirty_days_and_refuses_to_be_used(client, full):
    maya, ids, _sides = full
    address = filled("/files/<uuid:file_id>/contacts/<uuid:contact_id>/use", ids)
    cast.sign_in(client, maya)
    assert b"555 0134" in client.post(address).content

    with time_machine.travel(clock.now().timestamp() + 31 * 86400, tick=False):
        cast.sign_in(client, maya)
        refused = client.post(address)
        file_page = client.get(filled("/files/<uuid:file_id>", ids))

    assert refused.status_code == 409
    assert b"555 0134" not in refused.content + file_page.content
