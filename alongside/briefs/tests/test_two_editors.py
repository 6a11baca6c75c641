"""Two people edit a brief: nobody's words vanish."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.briefs.models import Brief
from alongside.briefs.tests.conftest import asked, do
from alongside.briefs.tests.test_doors import scene  # noqa: F401 - a fixture
from tests import editors

pytestmark = pytest.mark.django_db


@pytest.mark.costly("two people change every form of a study")
def test_nothing_vanishes_when_two_change_the_same_form(scene):
    house, ids = scene
    do("take_back", house.esme, brief=asked(house.esme, lambda: Brief.objects.get(pk=ids["brief_id"])))
    one, other = (cast.sign_in(Client(), house.esme) for _ in range(2))

    changed, wrong = editors.walk("briefs", one, other, ids)

    assert not wrong, "\n".join(wrong)
    assert changed == {
        f"/briefs/<uuid:brief_id>/{page}" for page in ("about", "checks", "sections/<uuid:section_id>")
    }
