"""J16: what it costs that a kept connection keeps nothing of one request for the next."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import psycopg

from bench.figures import Bench, Figure, at_most, plain
from bench.installation import Installation
from bench.jobs.policies import STATEMENTS
from bench.timing import in_turns, ratio
from config import pool

HOW: dict[str, tuple[int | None, Callable[[psycopg.Connection[Any]], object]]] = {
    "nothing": (0, lambda connection: None),
    "our reset": (0, pool.reset),
    "DISCARD ALL": (None, lambda connection: connection.execute("discard all")),
}


def run(bench: Bench) -> list[Figure]:
    """Ask a file's page, then leave the connection to the next request; in turns, each way."""
    if not bench.wants("J16"):
        return []
    installation = bench.smallest
    works = {name: _page(installation, *how) for name, how in HOW.items()}
    times = in_turns(works, bench.rounds)
    return [
        at_most(
            "J16", 0, "a page and our reset, beside the page alone", ratio(times, "our reset", "nothing"), 1.5
        ),
        plain(
            "J16",
            0,
            "a page and DISCARD ALL, beside our reset",
            ratio(times, "DISCARD ALL", "our reset"),
            "×",
        ),
        *(plain("J16", 0, f"a page and {name}", 1000 * median(times[name]), "ms") for name in HOW),
    ]


def _page(
    installation: Installation, threshold: int | None, leave: Callable[[psycopg.Connection[Any]], object]
) -> Callable[[int], float]:
    connection = installation.connect("app")
    connection.autocommit, connection.prepare_threshold = True, threshold
    scene = installation.scene
    about = {"agency": scene["agencies"][0]}
    files = [file["id"] for file in scene["files"]]

    def work(turn: int) -> float:
        began = time.perf_counter()
        with connection.transaction():
            connection.execute("select * from ctx.begin(%s, 'care')", [scene["cookies"][0]])
            for table, asked, _added in STATEMENTS.values():
                statement = f"select a.* from {table} where {asked}"
                connection.execute(statement, {**about, "file": files[turn % len(files)]}).fetchall()
        leave(connection)
        return time.perf_counter() - began

    return work
