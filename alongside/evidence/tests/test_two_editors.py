"""Two people edit a study: nobody's words vanish."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.evidence.tests.test_doors import full  # noqa: F401 - a fixture
from tests import editors

pytestmark = pytest.mark.django_db


@pytest.mark.costly("two people change every form of a study")
def test_nothing_vanishes_when_two_change_the_same_form(full):
    one, other = (cast.sign_in(Client(), full.ana) for _ in range(2))

    changed, wrong = editors.walk("evidence", one, other, full.ids, proposed={"kind"})

    assert not wrong, "\n".join(wrong)
    assert len(changed) > 4
