"""Two people work on a quote: nobody's words vanish."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.quotes.tests.test_doors import there  # noqa: F401 - a fixture
from tests import editors

pytestmark = pytest.mark.django_db


def test_nothing_vanishes_when_two_change_the_same_form(there):
    one, other = (cast.sign_in(Client(), there.noor) for _ in range(2))

    changed, wrong = editors.walk("quotes", one, other, there.ids, proposed={"theme"})

    assert not wrong, "\n".join(wrong)
    assert changed == {"/quotes/<uuid:quote_id>/wording"}
