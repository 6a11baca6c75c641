"""What is noted of a request for a bed."""

from alongside.beds.actions import ACTIONS
from alongside.beds.models import State


def test_every_state_has_its_sentence():
    assert {f"beds.{state.replace('-', '_')}" for state in State if state != State.SOFT_HOLD} | {
        "beds.held"
    } <= set(ACTIONS)
