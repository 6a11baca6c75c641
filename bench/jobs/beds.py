"""J6: looking for a bed with a dog and no ID among 100 to 10,000 programmes, idle and under load.

And sixteen clients on the last bed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from statistics import median

from bench.figures import Bench, Figure, at_most, plain
from bench.installation import Installation, installed
from bench.jobs import last_bed
from bench.jobs.pages import BARE
from bench.timing import in_turns
from config.state import ROOT

SIZES = (100, 1_000, 10_000)
WORKERS = 4  # with five threads each, so that all sixteen clients are inside at the same moment
REACH, STATEMENTS = 3.0, 9
TWO = "them=pets&them=identification"
SEARCHES = {"own region": f"/beds/?{TWO}", "anywhere": f"/beds/?region=&{TWO}"}
MIXED = (
    SEARCHES["own region"],
    "/beds/?them=smoking&them=mental_health&age=17",
    SEARCHES["anywhere"],
    "/beds/?gender=woman&household=children&children=3",
    "/beds/?region=toronto&them=substance_use&wish=shared_room",
    "/beds/?stay=months&wish=cost",
    "/beds/",
)
CALM = 3  # under load a page waits its turn: a third of the rounds


def run(bench: Bench) -> list[Figure]:
    """Make a network a size, and ask all of them in turns.

    Then load one after the other, and contend for the last bed in the largest.
    """
    if not bench.wants("J6"):
        return []
    with ExitStack() as stack:
        installations = [stack.enter_context(installed(0, offerings=many, workers=WORKERS)) for many in SIZES]
        found = _idle(bench, installations)
        for installation in installations:
            found += _loaded(bench, installation)
            found.append(_statements(installation))
        return [*found, *last_bed.figures(bench, installations[-1])]


def _works(installation: Installation) -> dict[str, Callable[[int], float]]:
    client = installation.client()
    return {name: client.timed(path) for name, path in {"bare": BARE, **SEARCHES}.items()}


def _idle(bench: Bench, installations: list[Installation]) -> list[Figure]:
    works = {
        f"{name} {installation.offerings}": work
        for installation in installations
        for name, work in _works(installation).items()
    }
    times = {name: median(took) for name, took in in_turns(works, bench.rounds).items()}
    found, first = list[Figure](), installations[0].offerings
    for installation in installations:
        size = installation.offerings
        for name in SEARCHES:
            found.append(
                plain(
                    "J6",
                    size,
                    f"searching with two barriers, {name}, p50",
                    1000 * times[f"{name} {size}"],
                    "ms",
                )
            )
            beside = times[f"{name} {size}"] / times[f"bare {size}"]
            found.append(at_most("J6", size, f"searching, {name}, beside a bare page", beside, REACH))
            if installation is not installations[0]:
                grown = times[f"{name} {size}"] / times[f"{name} {first}"]
                found.append(
                    plain("J6", size, f"searching, {name}: p50 beside p50 at {first} offerings", grown, "×")
                )
    return found


def _loaded(bench: Bench, installation: Installation) -> list[Figure]:
    with _load(installation):
        times = {
            name: median(took)
            for name, took in in_turns(_works(installation), max(10, bench.rounds // CALM), warm_up=5).items()
        }
    return [
        at_most(
            "J6",
            installation.offerings,
            f"searching, {name}, beside a bare page, while sixteen search",
            times[name] / times["bare"],
            REACH,
        )
        for name in SEARCHES
    ]


@contextmanager
def _load(installation: Installation) -> Iterator[None]:
    """Sixteen workers of as many agencies who search without a pause while the block runs."""
    cookies = installation.scene["cookies"][1 : last_bed.CLIENTS + 1]
    command = [
        sys.executable,
        "-m",
        "bench.loading",
        str(installation.port),
        json.dumps(MIXED),
        json.dumps(cookies),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as load:
        yield
        load.communicate()
    if load.returncode:
        raise RuntimeError("A search under load was not answered.")


def _statements(installation: Installation) -> Figure:
    said = installation.run("bench.counting", installation.scene["cookies"][0], SEARCHES["own region"])
    return at_most(
        "J6",
        installation.offerings,
        "SQL statements of a search",
        int(said.split()[1]),
        STATEMENTS,
        "statements",
    )
