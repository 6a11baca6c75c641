"""Two people change a parameter: nobody's words vanish."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.indicators.tests.test_doors import there  # noqa: F401 - a fixture
from tests import editors

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["editor", "leader", "data-steward"])
def test_nothing_vanishes_when_two_change_the_same_form(there, who):
    one, other = (cast.sign_in(Client(), there[who]) for _ in range(2))

    _changed, wrong = editors.walk("indicators", one, other, {})

    assert not wrong, "\n".join(wrong)
