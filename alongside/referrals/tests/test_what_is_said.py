"""A refusal says what is so: of every state, whoever asks."""

import uuid
from types import SimpleNamespace

import pytest

from alongside.referrals import rules
from alongside.referrals.models import Referral, State

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


def test_not_answered_is_only_said_of_what_was_not_answered():
    us, them = SimpleNamespace(agency_id=OURS), SimpleNamespace(agency_id=THEIRS)

    for state in State:
        if state in (State.DRAFT, State.REQUESTED):
            with pytest.raises(rules.CannotSay, match="haven’t been answered"):
                rules.check_can_say(us, Referral(agency_id=OURS, state=state))
        else:
            rules.check_can_say(us, Referral(agency_id=OURS, state=state))
        with pytest.raises(rules.CannotSay, match="other agency"):
            rules.check_can_say(them, Referral(agency_id=OURS, state=state))
