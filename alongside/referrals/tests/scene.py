"""One scene for the tests that attack the database.

The custodian, the agency asked, the agency never asked, and one shared file.
"""

from dataclasses import dataclass
from uuid import UUID

import psycopg
import pytest

from alongside.referrals.tests.ground import Ground
from alongside.referrals.tests.worlds import ROWS, row_of
from tests.frozen import frozen
from tests.ground import acting


@dataclass
class Scene:
    """Who is there, and what was put down."""

    ground: Ground
    ours: UUID
    theirs: UUID
    others: UUID
    worker: UUID  # of the custodian
    asked: UUID  # of the agency asked
    stranger: UUID  # of the agency never asked
    file: UUID
    called: UUID
    languages: UUID
    priority: UUID
    release: UUID
    referral: UUID


def build(superuser: psycopg.Connection) -> Scene:
    """A file whose name was agreed to be shared with the agency asked.

    A request travels under the agreement, and in every table of a file there is a row.
    """
    ground = Ground(superuser)
    ours, theirs, others = (ground.agency() for _ in range(3))
    worker, asked, stranger = (ground.worker(agency) for agency in (ours, theirs, others))
    file = ground.file(ours, worker)
    called, languages, priority = (
        ground.detail(file, ours),
        ground.detail(file, ours, "languages"),
        ground.priority(file, ours),
    )
    release = ground.release(file, ours, theirs, items={called: "detail"})
    referral = ground.referral(file, ours, theirs, release)
    ground.insert("files_searchterm", agency_id=ours, term=1, file_id=file)
    made = {"files_detail": called, "plans_priority": priority, "referrals_referral": referral}
    for table in ROWS.keys() - made.keys():
        if table not in made:
            made[table] = row_of(ground, table, file, ours, made)
    return Scene(
        ground,
        ours,
        theirs,
        others,
        worker,
        asked,
        stranger,
        file,
        called,
        languages,
        priority,
        release,
        referral,
    )


@pytest.fixture
@frozen
def scene(superuser):
    """The scene, in the database."""
    return build(superuser)


def count(worker: UUID | None, query: str, parameters: list[object] | None = None) -> int:
    """How many rows a query counts, as `app` for a worker."""
    with acting(worker) as app:
        return app.execute(query, parameters).fetchone()[0]


def refusal(worker: UUID | None, statement: str, parameters: list[object] | None = None) -> str:
    """The SQLSTATE of what the database answered.

    `done: n` if it let the statement through and touched n rows.
    """
    with acting(worker) as app:
        try:
            return f"done: {app.execute(statement, parameters).rowcount}"
        except psycopg.Error as error:
            return error.sqlstate or "?"
