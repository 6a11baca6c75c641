"""Two people change an entry: nobody's words vanish."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.directory.tests import factories
from tests import editors

pytestmark = pytest.mark.django_db


@pytest.mark.thorough("an entry has many fields; the quick lane tries the other capabilities' forms")
def test_nothing_vanishes_when_two_change_the_same_form(maya):
    entry = factories.kept(maya)
    one, other = (cast.sign_in(Client(), maya) for _ in range(2))

    changed, wrong = editors.walk("directory", one, other, {"entry_id": entry.pk})

    assert not wrong, "\n".join(wrong)
    assert changed == {"/directory/entries/<uuid:entry_id>/words"}
