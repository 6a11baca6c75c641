"""What `app` really sees of every table of a file, against a Python oracle, in random worlds (measures.md).

ALONGSIDE_CHECKS says how many worker-and-row pairs to check: a few thousand by default, a million before a
release.
"""

import os
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from alongside.referrals.tests import oracle, worlds
from alongside.referrals.tests.ground import Ground
from tests import databases
from tests.examples import tables_of_a_file
from tests.ground import acting
from tests.lanes import often

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
CHECKS = int(os.environ.get("ALONGSIDE_CHECKS", str(often(quick=2000, thorough=6000))))
A_WORLD = 350  # about so many pairs of a worker and a row
# the terms of a search have no id of their own; they go with their file
TABLES = [*(table for table in tables_of_a_file() if table != "files_searchterm"), "consent_notice"]
EVERYTHING = " union all ".join(f"select id from {table}" for table in TABLES)


def really_seen(worker: UUID) -> set[UUID]:
    with acting(worker) as app:
        return {row[0] for row in app.execute(EVERYTHING).fetchall()}


@settings(
    max_examples=max(1, CHECKS // A_WORLD),
    deadline=None,
    database=None,
    derandomize="ALONGSIDE_CHECKS" not in os.environ,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)
@given(worlds.WORLD)
def test_nobody_sees_more_or_less_than_was_agreed(superuser, drawn):
    databases.empty()
    world = worlds.build(Ground(superuser), drawn)

    for who in world.people:
        assert really_seen(who.id) == oracle.seen(world, who), who


def test_the_oracle_is_short_enough_to_be_read_in_one_sitting():
    from pathlib import Path

    lines = [
        line
        for line in Path(oracle.__file__).read_text().splitlines()
        if line.strip() and not line.strip().startswith(('"""', "#"))
    ]

    assert len(lines) <= 76


def test_every_table_of_a_file_is_judged(superuser):
    there = {
        row[0]
        for row in superuser.execute(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid where c.relkind = "
            "'r' and a.attname = 'file_id' and c.relnamespace = 'public'::regnamespace"
        )
    }

    assert there - set(TABLES) == {"files_searchterm"}


def test_every_table_of_a_file_has_a_row_in_a_world(superuser):
    agreed = (1, "", (-30, 30), True, False, {0}, "requested", "")
    blocked = ("worker", 0, None, False, True)
    worlds.build(Ground(superuser), (worlds.ROLES[:9], [(0, [blocked], [agreed])], {0}))

    for table in TABLES:
        assert superuser.execute(f"select count(*) from {table}").fetchone()[0] > 0, (
            f"{table}: a row of it in ROWS of the capability's tests/examples.py"
        )
