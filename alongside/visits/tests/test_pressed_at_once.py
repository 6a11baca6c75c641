"""A contact that is counted twice at the same moment is counted once."""

from __future__ import annotations

import pytest

from alongside.agencies.tests import cast
from alongside.kernel import clock
from alongside.kernel.ids import uuid7
from alongside.visits import commands
from tests.at_once import twice_at_once

pytestmark = pytest.mark.django_db


def test_tapped_twice_at_once_it_is_one_contact(db, superuser):
    maya = cast.worker(cast.agency())
    number, at = uuid7(), clock.now()

    def record():
        return commands.record(visit_id=number, topic="housing", by=maya, at=at).id

    assert twice_at_once(record, maya) == [number, number]
    assert superuser.execute("select count(*) from visits_visit").fetchone() == (1,)
