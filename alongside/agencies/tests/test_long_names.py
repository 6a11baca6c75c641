"""A name of one long word runs out of no page."""

import pytest

from alongside.agencies.tests import cast
from tests.browsing import fits

pytestmark = pytest.mark.django_db

LONG = "Aa" + "b" * 46


def test_a_long_name_gives_way_on_the_page_of_the_agency(signed_in):
    here = cast.agency("Riverside")
    ada = cast.worker(here, "Ada", "administrator")
    cast.worker(here, LONG)
    page = signed_in(ada, viewport={"width": 320, "height": 640})

    page.goto("/account/agency")

    fits(page)
