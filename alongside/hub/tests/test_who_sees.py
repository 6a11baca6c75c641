"""Whoever sits there, waits and is kept out, in whatever way: who sees whom is as it is said."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.hub.tests import cast
from alongside.hub.tests.cast import sits, waits, words_seen
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
EVERYBODY = ("maya", "priya", "noor", "ray", "ana", "zoe")
AT_THE_HUB = set(EVERYBODY) - {"zoe"}
MAY_SEE = ("maya", "priya", "noor")  # not the lawyer, nor child protection, whether they sit there or not
KEPT_OUT = st.sets(st.tuples(st.sampled_from(("worker", "agency")), st.sampled_from(EVERYBODY)), max_size=3)


@pytest.fixture
@frozen
def there():
    """The hub and its people."""
    return cast.people()


@given(
    sitting=st.sets(st.sampled_from(sorted(AT_THE_HUB))),
    waiting=st.lists(st.tuples(st.sampled_from(MAY_SEE), KEPT_OUT), max_size=4),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_who_waits_is_seen_by_who_sits_there_and_is_not_kept_out(there, superuser, sitting, waiting):
    superuser.execute("truncate hub_notwhile, hub_waiting, hub_sitting")
    for name in sorted(sitting):
        sits(getattr(there, name), there.hub)
    told = []
    for name, out in waiting:
        if name in sitting:
            kept_out = {principal(there, kind, whom) for kind, whom in out}
            kept_out -= {principal(there, kind, name) for kind in ("worker", "agency")}
            row = waits(getattr(there, name), there.hub, kept_out=sorted(kept_out))
            told.append((row.word, kept_out))

    for name in EVERYBODY:
        mine = {principal(there, kind, name) for kind in ("worker", "agency")}
        sees = name in sitting and name in MAY_SEE
        expected = {word for word, out in told if sees and not mine & out}
        assert set(words_seen(getattr(there, name))) == expected, name


def principal(there, kind, name):
    """What a worker, or their agency, is called where somebody is kept out."""
    worker = getattr(there, name)
    return f"worker:{worker.pk}" if kind == "worker" else f"agency:{worker.agency_id}"
