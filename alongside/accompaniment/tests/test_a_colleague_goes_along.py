"""A colleague who keeps files goes along where this one doesn't open to them: as anybody who goes along."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from alongside.accompaniment import rules
from alongside.accompaniment.models import Companion
from alongside.accompaniment.tests.examples import chosen, vouched
from alongside.accompaniment.tests.test_going_along import state_of, there  # noqa: F401 - a fixture
from alongside.files.tests import cast
from alongside.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def ned(there):
    ned = cast.worker(there.maya.agency, "Ned", on=False)
    vouched(ned, there.maya)
    return ned


def test_a_colleague_who_is_not_on_says_how_far_it_is_and_writes_the_note(there, ned, superuser):
    made = chosen(there.maya, there.appointment, ned)
    client = cast.sign_in(Client(), ned)

    for state in ("underway", "introduced"):
        answer = client.post(f"/accompaniment/{made.id}/state", {"to": state}, follow=True)
        assert answer.status_code == 200
        assert state_of(there, made) == state
    answer = client.post(f"/accompaniment/{made.id}/back", {"attendance": "went"}, follow=True)

    assert answer.status_code == 200
    assert state_of(there, made) == "back"
    assert superuser.execute("select written_by from appointments_attendancenote").fetchone() == (ned.pk,)


def test_a_colleague_who_is_not_on_says_that_they_cant_come(there, ned):
    made = chosen(there.maya, there.appointment, ned)
    client = cast.sign_in(Client(), ned)

    answer = client.post(f"/accompaniment/{made.id}/state", {"to": "unavailable"}, follow=True)

    assert answer.status_code == 200
    assert state_of(there, made) == "unavailable"


@pytest.mark.parametrize("of", ["record_checked_on", "trained_on", "conflicts_said_on"])
def test_what_is_of_a_day_to_come_has_not_been_done(of):
    today = clock.today()
    days = dict.fromkeys(("record_checked_on", "trained_on", "conflicts_said_on"), today)

    assert rules.is_ready(Companion(is_free=True, **days), today)
    assert not rules.is_ready(Companion(is_free=True, **days | {of: today + timedelta(days=1)}), today)
