"""J11: importing the 11,974 real places beside copying the same file into a bare table.

And finding one of them beside a bare page.
"""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path
from statistics import median

from bench.figures import Bench, Figure, at_most, plain
from bench.installation import Installation
from bench.jobs.pages import BARE
from bench.timing import in_turns
from config.state import ROOT

PLACES = ROOT.parent / "shared" / "data" / "ontario" / "health_service_provider_locations.csv"
TIMES = 3
SEARCHES = (
    "/directory/?words=shelter",
    "/directory/?words=famly+health",
    "/directory/?need=counselling&place=Hamilton",
    "/directory/?place=Sudbury&language=fr",
)


def run(bench: Bench) -> list[Figure]:
    """Copy and import in turns, each time under another name; then search."""
    if not bench.wants("J11"):
        return []
    installation = bench.smallest
    if not PLACES.exists():
        return [
            plain("J11", installation.files, "left out: the list of places is not on this machine", 0, "")
        ]
    copied, imported = [], []
    for turn in range(TIMES):
        copied.append(_copy(installation, PLACES))
        imported.append(float(installation.run("bench.importing", str(PLACES), f"Places {turn}")))
        if turn < TIMES - 1:
            _forget(installation, f"Places {turn}")
    found = [
        plain(
            "J11",
            installation.files,
            "COPY of the file into a bare table, median",
            1000 * median(copied),
            "ms",
        ),
        plain(
            "J11", installation.files, "import of the 11,974 places, median", 1000 * median(imported), "ms"
        ),
        at_most("J11", installation.files, "import beside COPY", median(imported) / median(copied), 20),
    ]
    return [*found, *_finding(bench, installation)]


def _copy(installation: Installation, path: Path) -> float:
    """Seconds to copy the file, as it is, into a table with a text column for each of its columns."""
    content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    columns = next(csv.reader(io.StringIO(content[:4000].decode())))
    with installation.connect("postgres") as connection, connection.cursor() as cursor:
        cursor.execute("create table bare ({})".format(", ".join(f'"{name}" text' for name in columns)))
        connection.commit()
        began = time.perf_counter()
        with cursor.copy("copy bare from stdin with (format csv, header)") as copy:
            copy.write(content)
        connection.commit()
        took = time.perf_counter() - began
        cursor.execute("drop table bare")
    return took


def _forget(installation: Installation, source: str) -> None:
    with installation.connect("postgres") as connection:
        connection.execute(
            (
                "delete from directory_entry where source_id in "
                "(select id from directory_source where name = %s)"
            ),
            [source],
        )
        connection.execute("delete from directory_word")
        connection.commit()
        connection.autocommit = True
        connection.execute("vacuum directory_entry, directory_word")


def _finding(bench: Bench, installation: Installation) -> list[Figure]:
    with installation.connect("postgres") as connection:
        connection.execute("analyze directory_entry, directory_word")
    client = installation.client()
    works = {"bare": client.timed(BARE), **{path: client.timed(path) for path in SEARCHES}}
    times = in_turns(works, bench.rounds)
    slowest = max(SEARCHES, key=lambda path: median(times[path]))
    each = [
        plain(
            "J11",
            installation.files,
            f"{path.partition('?')[2]} beside a bare page",
            median(times[path]) / median(times["bare"]),
            "×",
        )
        for path in SEARCHES
    ]
    return [
        at_most(
            "J11",
            installation.files,
            "found: the slowest of four searches beside a bare page",
            median(times[slowest]) / median(times["bare"]),
            3,
        ),
        *each,
    ]
