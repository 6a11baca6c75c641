"""The acceptance tests of practice.md 10 that touch these parts.

Those that stand beside what they test are named here and looked for.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from alongside.files import commands as files
from alongside.kernel import clock, ctx
from alongside.referrals import commands as referrals
from alongside.referrals import queries as referral_queries
from alongside.referrals.tests import cast

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]

ELSEWHERE = {
    "/exit with JavaScript off": (
        "alongside/kernel/tests/test_leaving.py"
        "::test_exit_with_javascript_off_leaves_a_dead_session_and_a_blank_back_button"
    ),
    "exit reachable in one Tab, never covered at 320 px": (
        "alongside/kernel/tests/test_leaving.py::test_exit_is_the_first_tab_stop_and_never_covered_at_320_px"
    ),
    "crypto-shred": (
        "alongside/kernel/tests/test_seal.py"
        "::test_after_key_destroy_a_dump_restored_elsewhere_yields_no_plaintext"
    ),
    "EN/FR key parity": "tests/test_words.py::test_every_message_has_its_french_and_nothing_is_left_over",
    "reading-grade check": "tests/test_words.py::test_reading_grade_check_on_consent_strings",
    "axe on every page": "tests/test_every_page.py::test_every_page_can_be_read_by_everybody",
    "the open tab": (
        "alongside/desk/tests/test_the_path.py::test_an_open_tab_shows_nothing_after_the_person_said_not_them"
    ),
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_the_acceptance_test_that_stands_elsewhere_is_there(what):
    path, name = ELSEWHERE[what].split("::")

    assert f"def {name}(" in (ROOT / path).read_text()


def _scene(**more):
    desk, hospital = cast.agency("Riverside"), cast.agency("North Shore", "healthcare", "hospital")
    maya, ines = cast.worker(desk), cast.worker(hospital, "Ines", "intake")
    file = cast.file(maya)
    asked = cast.request(file, maya, hospital, cast.priority(file, maya), **more)
    return maya, ines, file, asked


PATHS = ("", "/acceptance", "/refusal", "/progress", "/outcome", "/noted", "/taking-back", "/mistake")


def _answers(client, number):
    """What every address of a request answers, with the request's own number taken out."""
    answers = []
    for path in PATHS:
        for ask in (client.get, client.post):
            answer = ask(f"/requests/{number}{path}")
            answers.append((answer.status_code, answer.content.decode().replace(str(number), "")))
    return answers


@pytest.mark.parametrize("how", ["withdrawn", "expired", "blocked"])
def test_withdrawn_or_expired_release_is_404_equivalent_on_every_path_within_one_request(how):
    if how == "expired":
        with time_machine.travel(clock.now() - timedelta(days=31), tick=True):
            maya, ines, file, asked = _scene()
    else:
        maya, ines, file, asked = _scene()
        client = cast.sign_in(Client(), ines)
        assert client.get(f"/requests/{asked.id}").status_code == 200
        with ctx.as_worker(maya.pk):
            if how == "withdrawn":
                referrals.withdraw(file_id=file.id, release_id=asked.release_id, by=maya, at=clock.now())
            else:
                referrals.block(
                    file_id=file.id, against=f"agency:{ines.agency_id}", item_id=None, by=maya, at=clock.now()
                )
    client = cast.sign_in(Client(), ines)
    nobody = "00000000-0000-7000-8000-000000000000"

    assert _csrf_out(_answers(client, asked.id)) == _csrf_out(_answers(client, nobody))
    assert asked.handle not in client.get("/requests/").content.decode() + client.get("/day").content.decode()
    assert client.get("/files/list.json").json()["files"] == []
    with ctx.as_worker(ines.pk):
        assert list(referral_queries.asked_of_us(ines)) == []


def test_a_blocked_person_is_the_same_as_a_non_existent_person():
    maya, _ines, file, _asked = _scene()
    ana = cast.worker(maya.agency, "Ana")
    with ctx.as_worker(maya.pk):
        referrals.block(file_id=file.id, against=f"worker:{ana.pk}", item_id=None, by=maya, at=clock.now())
    client = cast.sign_in(Client(), ana)

    blocked, absent = (
        client.get(f"/files/{file.id}"),
        client.get("/files/00000000-0000-7000-8000-000000000000"),
    )

    assert blocked.status_code == absent.status_code == 404
    assert _plain(blocked.content.decode(), file.id) == _plain(
        absent.content.decode(), "00000000-0000-7000-8000-000000000000"
    )
    assert dict(blocked.headers) == dict(absent.headers) | {
        "Content-Length": blocked.headers["Content-Length"]
    }


def test_no_outbound_message_without_a_verified_unexpired_safe_contact(client):
    maya, _ines, file, _asked = _scene()
    cast.sign_in(client, maya)
    with ctx.as_worker(maya.pk):
        body = {"value": "555 0134"}
        unverified = files.write_contact(
            file=file, contact_id=None, body=body, safe=False, by=maya, at=clock.now()
        )
        stale = files.write_contact(
            file=file, contact_id=None, body=body, safe=True, by=maya, at=clock.now() - timedelta(days=31)
        )

    for contact in (unverified, stale):
        assert client.post(f"/files/{file.id}/contacts/{contact.id}/use").status_code == 409
    assert not hasattr(settings, "EMAIL_HOST_PASSWORD") or not settings.EMAIL_HOST_PASSWORD
    sends = [
        p
        for p in (ROOT / "alongside").rglob("*.py")
        if p != Path(__file__) and ("send_mail" in p.read_text() or "EmailMessage" in p.read_text())
    ]
    assert sends == [], "nothing leaves by itself: there is no code that sends"


def _plain(page, number):
    return "".join(part for part in page.replace(str(number), "").split('"') if len(part) != 64)


def _csrf_out(answers):
    return [(status, _plain(body, "")) for status, body in answers]
