"""The tests' own ground.

Real transactions as `app`, nothing left from the test before, everything kept is listed.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import databases

pytestmark = pytest.mark.django_db


def test_tests_are_app_in_real_transactions():
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("app",)
    assert not connection.in_atomic_block


@pytest.mark.parametrize("turn", [1, 2])
def test_nothing_is_left_from_the_test_before(turn, superuser):
    before = databases.filled()
    superuser.execute("insert into django_session values ('k', 'd', now())")

    assert "public.django_session" not in before


def test_every_table_that_stays_filled_is_listed():
    assert databases.filled() <= set(databases.REFERENCE)


def test_what_lies_beside_a_database_is_this_workers_own():
    """A scene that another worker puts back must not bring back a key that a test here destroyed."""
    assert Path(settings.STATE).name == databases.MINE
    assert Path(settings.KEYRING_PATH).parent == Path(settings.STATE)
