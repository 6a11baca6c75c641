"""Two who ask for the last bed, when the one who asked first is heard second.

They waited for the lock with an earlier moment in hand.
"""

from datetime import timedelta

import pytest

from alongside.beds import commands, rules
from alongside.beds.tests.conftest import count, draft, offering
from alongside.kernel import clock, ctx
from tests.frozen import frozen

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
LATER = timedelta(milliseconds=5)


def held(request, by, at):
    with ctx.as_worker(by.pk):
        commands.ask(request=request, at_once=True, by=by, at=at)


@pytest.fixture
@frozen
def last(house):
    """One bed of five is free."""
    last = offering(house.ruth, name="The last bed", holds_at_once=True)
    count(last, house.ruth, actual=5, occupied=4)
    return last


def test_a_hold_that_began_later_but_was_heard_first_keeps_the_bed(house, last):
    now = clock.now()
    first, second = draft(last, house.maya), draft(last, house.noor)
    held(second, house.noor, now + LATER)

    with pytest.raises(rules.CannotHold):
        held(first, house.maya, now)


def test_a_count_that_began_earlier_does_not_wipe_it_out(house, last):
    now = clock.now()
    held(draft(last, house.noor), house.noor, now + LATER)

    with ctx.as_worker(house.ruth.pk), pytest.raises(rules.CannotCount):
        commands.count(
            offering_id=last.pk, actual=5, unavailable=0, occupied=5, reason="shift", by=house.ruth, at=now
        )
