"""Two lanes: what every change runs, and what is thorough.

`make test` runs the quick lane. `make test LANE=thorough` runs everything there is, with every property tried
more often, as `.ci/run` does. A test leaves the quick lane by `@pytest.mark.thorough("why, and what stays
behind in the quick lane")`; all of them are listed in a `thorough.txt` beside the tests.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

THOROUGH = os.environ.get("ALONGSIDE_LANE", "quick") == "thorough"
ROOT = Path(__file__).resolve().parent.parent
COLLECTED = pytest.StashKey[list[pytest.Item]]()

# a fixture is put back once for all examples of a property: each example makes its own rows
settings.register_profile(
    "alongside",
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    print_blob=True,
    max_examples=100 if THOROUGH else 30,
)
settings.load_profile("alongside")


def often(*, quick: int, thorough: int) -> int:
    """How many examples of a property are tried in this lane."""
    return thorough if THOROUGH else quick


def variants(
    names: str, every: Iterable[tuple[object, ...]], *, quick: Iterable[tuple[object, ...]]
) -> pytest.MarkDecorator:
    """Run a test in every variant in the thorough lane, and in these few in the quick one.

    :raises ValueError: if a quick one is none of them
    """
    every, quick = list(every), list(quick)
    if not set(quick) <= set(every):
        raise ValueError(f"{quick} are not all among {every}")
    left_out = pytest.mark.thorough(f"the quick lane goes through {', '.join(map(str, quick))}")
    return pytest.mark.parametrize(
        names, [pytest.param(*variant, marks=() if variant in quick else left_out) for variant in every]
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is thorough, unless everything is asked for or a test is named on the command line."""
    config.stash[COLLECTED] = list(items)
    if THOROUGH or any("::" in argument for argument in config.args):
        return
    quick, left_out = split(items)
    config.hook.pytest_deselected(items=left_out)
    items[:] = quick


def split(items: Iterable[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Return what the quick lane runs, and what only the thorough lane does."""
    quick: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        (left_out if item.get_closest_marker("thorough") else quick).append(item)
    return quick, left_out


def listed(item: pytest.Item) -> str:
    """The line of the list for a test: which it is, and why it left the quick lane."""
    marker = item.get_closest_marker("thorough")
    return f"{item.nodeid}: {marker.args[0] if marker and marker.args else ''}"


def lists() -> list[Path]:
    """Every list of what left the quick lane: one for each capability, and one for the tests of the whole."""
    return sorted([*ROOT.glob("tests/thorough.txt"), *ROOT.glob("alongside/*/tests/thorough.txt")])


def write_lists(left_out: Iterable[pytest.Item]) -> None:
    """Write the list of each folder of tests anew; where nothing left the quick lane there is none."""
    written: dict[Path, list[str]] = {path: [] for path in lists()}
    for item in left_out:
        written.setdefault(item.path.with_name("thorough.txt"), []).append(f"{listed(item)}\n")
    for path, lines in written.items():
        if lines:
            path.write_text("".join(sorted(lines)), encoding="utf-8")
        else:
            path.unlink()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--list-thorough` writes the list anew."""
    parser.addoption(
        "--list-thorough",
        action="store_true",
        help="write the lists of what left the quick lane anew, and run nothing",
    )


def pytest_collection_finish(session: pytest.Session) -> None:
    """Write the lists of what left the quick lane, if that is what was asked for."""
    if session.config.getoption("--list-thorough"):
        write_lists(split(session.config.stash[COLLECTED])[1])
        session.items[:] = []
