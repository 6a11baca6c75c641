"""How much of the processor each test takes.

Its own process, its connections' PostgreSQL, and the browser and web server behind it.

`make test` says which tests took most. A test of the quick lane that takes over three seconds needs a reason:
`@pytest.mark.costly("…")`; else it fails where `ALONGSIDE_BUDGET=required` (in `.ci/run`). What is made once
for many tests (a fixture of the session or the module, a frozen scene) counts for none.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import lanes

SECONDS = 3.0
# the same test takes up to so many times as long where others share the processor; CI fails beyond that
NOISE = 2
OFTEN = 5  # at most so many times as often as in the quick lane
TICK = os.sysconf("SC_CLK_TCK")
HERE = os.getpid()
DATABASE = os.environ["ALONGSIDE_DATABASE"].encode()


@dataclass
class Meter:
    """What this worker has used so far, and what of it belongs to no single test."""

    at_start: float = 0.0
    uncounted: float = 0.0
    nested: int = 0
    watches: bool = (
        False  # whether this worker has started a browser or a web server, which are processes of their own
    )
    children: set[int] = field(default_factory=set)
    running: dict[int, float] = field(default_factory=dict)
    ended: float = (
        0.0  # what processes had used that have ended since, and that nobody's children's time holds
    )


METER = Meter()


def used() -> float:
    """Seconds of processor used so far.

    By this worker, its closed connections and everything it started.
    """
    if METER.watches:
        running = _processes()
        METER.ended += sum(seconds for pid, seconds in METER.running.items() if pid not in running)
        METER.running = running
    return sum(os.times()[:4]) + METER.ended + sum(METER.running.values())


def watch() -> None:
    """From now on count what this worker has started as well."""
    METER.watches = True


def counts(backend: int) -> None:
    """Count what the PostgreSQL process behind a connection has used so far."""
    with suppress(OSError):
        METER.running[backend] = _seconds(Path(f"/proc/{backend}/stat").read_text())


@contextmanager
def uncounted() -> Iterator[None]:
    """What is done here is done once, for many tests."""
    before, METER.nested = used() if not METER.nested else 0.0, METER.nested + 1
    try:
        yield
    finally:
        METER.nested -= 1
        if not METER.nested:
            METER.uncounted += used() - before


def _seconds(stat: str) -> float:
    return sum(map(int, stat.rpartition(")")[2].split()[11:13])) / TICK


def _processes() -> dict[int, float]:
    """Seconds by process: the descendants of this one, and the PostgreSQL processes that serve its database.

    Its own children are left out once they have ended: `os.times` holds what they used.
    """
    parents, seconds, servers = {}, {}, set()
    for name in os.listdir("/proc") if os.path.isdir("/proc/self") else ():
        if not name.isdigit():
            continue
        with suppress(OSError, ValueError):
            stat = Path(f"/proc/{name}/stat").read_text()
            if (
                "(postgres)" in stat or "(pg_ctl)" in stat
            ):  # serves other workers too: told by its database, not by who started it
                if DATABASE in Path(f"/proc/{name}/cmdline").read_bytes().split():
                    servers.add(int(name))
                    seconds[int(name)] = _seconds(stat)
            else:
                parents[int(name)], seconds[int(name)] = (
                    int(stat.rpartition(")")[2].split()[1]),
                    _seconds(stat),
                )
    ours = {HERE} | (
        METER.running.keys() & parents.keys()
    )  # whoever once was stays, also where its parent could not be read just now
    grown = True
    while grown:
        new = {pid for pid, parent in parents.items() if parent in ours} - ours
        ours, grown = ours | new, bool(new)
    for pid in METER.children & METER.running.keys() - parents.keys():
        del METER.running[pid]
    METER.children = {pid for pid in ours if parents.get(pid) == HERE}
    return {pid: seconds[pid] for pid in (ours | servers) - {HERE} if pid in seconds}


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    """A fixture that many tests share counts for none of them."""
    if fixturedef.scope == "function":
        return (yield)
    with uncounted():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None, None, None]:
    """Begin to count."""
    METER.uncounted, METER.at_start = 0.0, used()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, None, None]:
    """Say what the test took, and fail where that is too much without a reason."""
    yield
    if nextitem is None:  # with the last one everything ends that all of them used
        return
    seconds = used() - METER.at_start - METER.uncounted
    item.user_properties.append(("cpu", round(seconds, 2)))
    excused = item.get_closest_marker("costly") or item.get_closest_marker("thorough")
    if seconds > _allowed(item) and not excused and os.environ.get("ALONGSIDE_BUDGET") == "required":
        pytest.fail(f"{seconds:.1f} s of processor, and no reason given (tests/budget.py)", pytrace=False)


def _allowed(item: pytest.Item) -> float:
    """Three seconds and what noise adds.

    In the thorough lane more where a module tries its properties more often there.
    """
    return (
        SECONDS * NOISE * (OFTEN if lanes.THOROUGH and hasattr(getattr(item, "module", None), "often") else 1)
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the tests took together, and which took most."""
    reports = {
        report
        for found in terminalreporter.stats.values()
        for report in found
        if getattr(report, "when", "") == "teardown"
    }
    took = sorted(
        ((dict(report.user_properties).get("cpu", 0.0), report.nodeid) for report in reports), reverse=True
    )
    if len(took) > 20:
        terminalreporter.write_line(
            f"{sum(seconds for seconds, _ in took):.0f} s of processor in {len(took)} tests; the costliest:"
        )
        for seconds, name in took[: int(os.environ.get("ALONGSIDE_COSTLIEST", "5"))]:
            terminalreporter.write_line(f"{seconds:8.2f} s  {name}")
