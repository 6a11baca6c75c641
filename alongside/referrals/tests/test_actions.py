"""What is noted of a request."""

from alongside.referrals.actions import ACTIONS
from alongside.referrals.models import State


def test_every_state_has_its_sentence():
    assert {f"referrals.{state.replace('-', '_')}" for state in State if state != State.DRAFT} <= set(ACTIONS)
