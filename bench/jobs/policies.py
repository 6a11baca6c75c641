"""J9: what the policies cost.

The statements behind the pages, asked as `app`, beside hand-written SQL with the same conditions asked as the
superuser.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import psycopg

from bench.figures import Bench, Figure, at_most, plain
from bench.installation import Installation
from bench.timing import in_turns

LIVE = (
    "g.given_at is not null and g.ended_at is null and g.starts_at "
    "<= statement_timestamp() and g.until > statement_timestamp()"
)
MINE = (
    "{t}.agency_id = %(agency)s and not ({t}.blocked_principals && %(principals)s) and exists (select 1 from "
    "files_file f where f.id = {t}.file_id and f.agency_id = %(agency)s and not (f.blocked_principals && "
    "%(principals)s))"
)
LENT = (
    "not ({t}.blocked_principals && %(principals)s) and exists (select 1 from consent_releaseditem g where "
    "g.file_id = {t}.file_id and g.item_id = {t}.id and g.to_agency_id = %(agency)s and (g.to_role = '' or "
    f"g.to_role = %(role)s) and not (g.blocked_principals && %(principals)s) and {LIVE})"
)
ADDRESSED = (
    "{t}.to_agency_id = %(agency)s and ({t}.to_role = '' or {t}.to_role = %(role)s) and {t}.state <> 'draft' "
    "and not ({t}.blocked_principals && %(principals)s) and exists (select 1 from consent_release g where "
    "g.file_id = {t}.file_id and g.id = {t}.release_id and g.to_agency_id = %(agency)s and g.state = 'given' "
    f"and not (g.blocked_principals && %(principals)s) and {LIVE})"
)


def _either(table: str, other: str) -> str:
    return f"(({MINE.format(t=table)}) or ({other.format(t=table)}))"


SEEN = "a.agency_id = %(agency)s and not (a.blocked_principals && %(principals)s)"
# What a page asks: table, its own condition and order, and what the policies add to it.
STATEMENTS: dict[str, tuple[str, str, str]] = {
    "the caseload": (
        "files_file a",
        "a.agency_id = %(agency)s and a.closed_at is null order by a.id desc limit 26",
        SEEN,
    ),
    "one file": ("files_file a", "a.id = %(file)s", SEEN),
    "what it says": ("files_detail a", "a.file_id = %(file)s order by a.id", _either("a", LENT)),
    "the priorities": (
        "plans_priority a",
        "a.file_id = %(file)s and a.put_away_at is null order by a.rank",
        _either("a", LENT),
    ),
    "the steps": (
        "plans_step a",
        "a.file_id = %(file)s and a.agency_id = %(agency)s order by a.due_on, a.id",
        MINE.format(t="a"),
    ),
    "the agreements": (
        "consent_release a",
        "a.file_id = %(file)s and a.state = 'given' and a.ended_at is null order by a.given_at",
        MINE.format(t="a"),
    ),
    "what they name": (
        "consent_releaseditem a",
        "a.file_id = %(file)s order by a.kind, a.id",
        MINE.format(t="a"),
    ),
    "the timeline": (
        "trail_entry a",
        "a.file_id = %(file)s order by a.at desc, a.id desc limit 48",
        (
            "a.custodian_id = %(agency)s and exists (select 1 from files_file f where f.id = a.file_id and "
            "f.agency_id = %(agency)s and not (f.blocked_principals && %(principals)s))"
        ),
    ),
    "what is asked of us": (
        "referrals_referral a",
        (
            "a.to_agency_id = %(agency)s and a.state in ('requested', 'accepted', 'in-progress', 'on-hold') "
            "order by a.answered_at, a.requested_at limit 100"
        ),
        _either("a", ADDRESSED),
    ),
}


def run(bench: Bench) -> list[Figure]:
    """Ask each statement both ways, in turns."""
    if not bench.wants("J9"):
        return []
    return [figure for installation in bench.installations for figure in _of(installation, bench.rounds)]


def _of(installation: Installation, rounds: int) -> list[Figure]:
    app, superuser = installation.connect("app"), installation.connect("postgres")
    app.execute("select * from ctx.begin(%s, 'care')", [installation.scene["cookies"][0]])
    files = [file["id"] for file in installation.scene["files"]]
    works: dict[str, Callable[[int], float]] = {}
    for name, (table, asked, added) in STATEMENTS.items():
        works[f"app {name}"] = _ask(app, f"select a.* from {table} where {asked}", installation, files)
        works[f"hand {name}"] = _ask(
            superuser, f"select a.* from {table} where ({added}) and {asked}", installation, files
        )
    times = in_turns(works, rounds)
    app.close()
    superuser.close()
    ours, theirs = (sum(median(times[f"{who} {name}"]) for name in STATEMENTS) for who in ("app", "hand"))
    each = [
        plain(
            "J9",
            installation.files,
            f"{name}: as app beside by hand",
            median(times[f"app {name}"]) / median(times[f"hand {name}"]),
            "×",
        )
        for name in STATEMENTS
    ]
    return [
        at_most(
            "J9",
            installation.files,
            "the statements of the pages together: policies beside hand-written SQL",
            ours / theirs,
            2,
        ),
        *each,
    ]


def _ask(
    connection: psycopg.Connection[Any], statement: str, installation: Installation, files: list[str]
) -> Callable[[int], float]:
    worker, agency = installation.scene["workers"][0], installation.scene["agencies"][0]
    principals = [f"worker:{worker}", "role:caseworker", f"role:{agency}:caseworker", f"agency:{agency}"]
    about = {"agency": agency, "principals": principals, "role": "caseworker"}

    def work(turn: int) -> float:
        file = files[turn % len(files)]
        began = time.perf_counter()
        connection.execute(
            statement, {**about, "file": file}, prepare=True
        ).fetchall()  # as the pages do: planned once
        return time.perf_counter() - began

    return work
