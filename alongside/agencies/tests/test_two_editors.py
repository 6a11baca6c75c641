"""Two administrators change their agency: nobody's words vanish."""

import pytest

from alongside.agencies.tests.conftest import came_in, same_again
from tests import editors

pytestmark = pytest.mark.django_db


def test_nothing_vanishes_when_two_change_the_same_form(house):
    one, other = came_in(house.ana), came_in(house.bo)
    for client in (one, other):
        same_again(client)

    _changed, wrong = editors.walk("agencies", one, other, {"worker_id": house.maya.pk}, proposed={"role"})

    assert not wrong, "\n".join(wrong)  # what people see of an agency is read by a second person
