"""What is said when there is nothing to end is so."""

import pytest

from alongside.consent import rules
from alongside.consent.models import Release
from alongside.kernel import clock


@pytest.mark.parametrize(
    ("dates", "told"), [({}, "not agreed"), ({"given_at": 1, "ended_at": 1}, "already ended")]
)
def test_an_agreement_that_was_never_given_is_not_called_ended(dates, told):
    with pytest.raises(rules.CannotEnd, match=told):
        rules.check_can_end(Release(**{name: clock.now() for name in dates}))
