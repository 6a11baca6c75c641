"""Two people edit: nobody's words vanish, whichever form it is."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from tests import editors
from tests.test_every_page import full, where  # noqa: F401 - fixture

pytestmark = pytest.mark.django_db


@pytest.mark.thorough("two people change every form of casework; the quick lane tries the ways to reach them")
@pytest.mark.costly("two people change every form of casework")
def test_nothing_vanishes_when_two_change_the_same_form(full):
    one, other = (cast.sign_in(Client(), full.people["caseworker"]) for _ in range(2))

    found = {path: editors.try_on(one, other, path) for path in where(full)}
    lost = [line for each in found.values() for line in each.lost]

    assert not lost, "\n".join(lost)
    assert sum(len(each.changed) > 1 for each in found.values()) > 4


# how a sheet is printed; whom to hand over to, where the person's own backup is proposed
KEEPS_NOTHING = re.compile(r"/paper$|^/handovers/(held/|mine$)")
PROPOSED = {  # what stands there is a proposal, or each answer stands beside those before it
    "hours": "how long a bed is held or a place kept, proposed by the programme",
    "within": "when to remind",
    "file": "the file that was chosen for the contact",
    "next_on": "when an agency sits at the hub next: who says it last knows it last",
    **dict.fromkeys(("actual", "occupied", "unavailable", "reason"), "each count stands beside others"),
}


@pytest.mark.costly("every page of casework, and the forms on each")
def test_every_form_that_shows_something_kept_carries_its_version(full):
    client = cast.sign_in(Client(), full.people["caseworker"])
    answers = {path: client.get(path) for path in where(full)}

    unversioned = {
        f"{path}: {name}"
        for path, answer in answers.items()
        if answer.status_code == 200 and not KEEPS_NOTHING.search(path)
        for name in editors.starts_from_something(answer)
        if name not in PROPOSED
    }

    assert not unversioned, "\n".join(sorted(unversioned))
