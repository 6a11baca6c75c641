"""A refusal says what is so: of every state, whoever asks."""

import uuid
from types import SimpleNamespace

import pytest

from alongside.referrals import rules
from alongside.referrals.models import Outcome, Referral, State

OURS, THEIRS = uuid.uuid4(), uuid.uuid4()


def refusals(referral, worker):
    for check in (
        lambda: rules.check_can_introduce(referral),
        lambda: rules.check_can_send(worker, referral, True),
    ):
        with pytest.raises(rules.CannotSend) as refused:
            check()
        yield str(refused.value)


def test_sent_is_only_said_of_what_was_sent():
    us = SimpleNamespace(agency_id=OURS)
    for state in set(State) - {State.DRAFT}:
        said = set(refusals(Referral(agency_id=OURS, to_agency_id=THEIRS, state=state), us))

        assert said == {str(rules.MOVED_ON if state == State.CANCELLED else rules.SENT)}, state


@pytest.mark.parametrize("outcome", Outcome)
def test_not_answered_is_only_said_of_what_was_not_answered(outcome):
    us, them = SimpleNamespace(agency_id=OURS), SimpleNamespace(agency_id=THEIRS)

    for state in State:
        referral = Referral(agency_id=OURS, state=state)
        if state in (State.DRAFT, State.REQUESTED):
            with pytest.raises(rules.CannotSay, match="haven’t been answered"):
                rules.check_can_say(us, referral, outcome)
        elif (state, outcome) == (State.REJECTED, Outcome.WORKED):
            with pytest.raises(rules.CannotSay, match="They said no"):
                rules.check_can_say(us, referral, outcome)
        else:
            rules.check_can_say(us, referral, outcome)
        with pytest.raises(rules.CannotSay, match="other agency"):
            rules.check_can_say(them, referral, outcome)
