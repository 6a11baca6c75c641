"""A role is printed only where at least three people stand behind it, and as many beside it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.evidence import commands, queries
from alongside.evidence.tests.people import asks, does, ready, scene

NURSE, DRIVER, COOK = (
    {"role": role, "role_fr": f"{role} (fr)", "speaks_as": "provider"} for role in ("nurse", "driver", "cook")
)
LIVED = {"speaks_as": "lived"}
ROLES = [
    ([NURSE] * 3, [("nurse", 3)]),
    ([NURSE] * 2, []),
    ([NURSE] * 2 + [DRIVER], [("As somebody who provides a service", 3)]),
    ([NURSE] * 3 + [DRIVER], [("As somebody who provides a service", 4)]),
    ([NURSE] * 3 + [DRIVER, COOK, COOK], [("As somebody who provides a service", 3), ("nurse", 3)]),
    ([NURSE] * 3 + [DRIVER] * 4 + [LIVED], [("driver", 4), ("In other roles", 4)]),
    ([NURSE] * 3 + [LIVED] * 3, [("From their own experience", 3), ("nurse", 3)]),
    ([NURSE, LIVED], []),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("people", "printed"), ROLES)
def test_a_role_that_stands_for_too_few_is_counted_with_others(people, printed):
    there = scene()
    for facts in people:
        person = does(there.ana, commands.add_participant, study_id=there.study.pk, facts=facts)
        ready(there, participant_id=person.pk)

    method = asks(there.ana, lambda who: queries.method_of(who, there.study))

    assert [(role.en, role.count) for role in method.roles] == printed
    assert all(role.fr for role in method.roles)
    assert all(role.count >= queries.LEAST for role in method.roles)


@given(
    st.dictionaries(
        st.integers(), st.lists(st.sampled_from("abc"), max_size=3).map(tuple), min_size=1, max_size=14
    )
)
def test_whoever_is_printed_is_one_of_at_least_three(people):
    said = queries.generalised(people)

    assert all(people[person][: len(path)] == path for person, path in said.items())
    assert all(path == () or count >= queries.LEAST for path, count in Counter(said.values()).items())
    assert len(people) < queries.LEAST or min(Counter(said.values()).values()) >= queries.LEAST
