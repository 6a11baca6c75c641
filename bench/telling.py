"""Tells the demonstration in this process's empty installation, part by part: `python -m bench.telling`.

Prints, for each capability, seconds of CPU and statements, as JSON.
"""

from __future__ import annotations

import functools
import inspect
import json
import os
import pkgutil
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import connection

from config import serving

ROOMS = ("commands", "queries")
TELLING = "desk"  # calls the others


@dataclass
class Part:
    """What one capability's commands and queries took: seconds of CPU, and statements."""

    python: float = 0.0
    postgresql: float = 0.0
    statements: int = 0

    @property
    def seconds(self) -> float:
        """The CPU of both processes."""
        return self.python + self.postgresql


@dataclass
class Meter:
    """Counts every moment for the capability whose command or query was called, and what it calls with it.

    What lies between the calls is the desk's: whose turn it is, and the trail.
    """

    parts: defaultdict[str, Part] = field(default_factory=lambda: defaultdict(Part))
    under_way: str = TELLING
    used: tuple[float, float] = (0.0, 0.0)

    def switch(self, capability: str) -> None:
        """Count for this capability from now on."""
        part = self.parts[self.under_way]
        python, postgresql = time.process_time(), _postgresql()
        part.python += python - self.used[0]
        part.postgresql += postgresql - self.used[1]
        self.used = (time.process_time(), postgresql)  # what reading them took counts for nobody
        self.under_way = capability

    def metered(self, capability: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, counted for its capability."""

        @functools.wraps(work)
        def counted(*args: Any, **kwargs: Any) -> Any:
            if self.under_way != TELLING:
                return work(*args, **kwargs)
            self.switch(capability)
            try:
                return work(*args, **kwargs)
            finally:
                self.switch(TELLING)

        return counted

    def note(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count a statement."""
        self.parts[self.under_way].statements += 1
        return execute(sql, params, many, context)


@contextmanager
def measured() -> Iterator[dict[str, Part]]:
    """What each capability takes of the block, once the block is over."""
    from alongside.kernel.capabilities import capabilities  # noqa: PLC0415 - settings had to be there first

    meter, replaced = Meter(), []
    for capability in capabilities():
        for module in _rooms(capability.name):
            for name, work in inspect.getmembers(module, inspect.isfunction):
                if work.__module__.startswith(f"{capability.name}.") and capability.label != TELLING:
                    replaced.append((module, name, work))
                    setattr(module, name, meter.metered(capability.label, work))
    try:
        with connection.execute_wrapper(meter.note):
            meter.used = (time.process_time(), _postgresql())
            yield meter.parts
            meter.switch(TELLING)
    finally:
        for module, name, work in replaced:
            setattr(module, name, work)


def _rooms(capability: str) -> Iterator[ModuleType]:
    """A capability's commands and queries: what others meet of it."""
    for room in ROOMS:
        with suppress(ModuleNotFoundError):
            module = import_module(f"{capability}.{room}")
            yield module
            for found in pkgutil.iter_modules(getattr(module, "__path__", [])):
                yield import_module(f"{module.__name__}.{found.name}")


def _postgresql() -> float:
    """Seconds of CPU of the PostgreSQL process behind our connection, where the system tells (Linux)."""
    session = connection.connection
    schedule = Path(f"/proc/{session.info.backend_pid}/schedstat") if session else None
    return int(schedule.read_text().split()[0]) / 1e9 if schedule and schedule.exists() else 0.0


def tell() -> dict[str, Part]:
    """Tell the district and its evidence; return what each capability took, the dearest first."""
    from django.core.management import call_command  # noqa: PLC0415 - settings had to be there first

    from alongside.desk import jobs  # noqa: PLC0415 - settings had to be there first

    with open(os.devnull, "w") as nowhere, measured() as parts:
        call_command("demo", "--invented", stdout=nowhere)
        jobs.tell_evidence()
    return dict(sorted(parts.items(), key=lambda part: -part[1].seconds))


if __name__ == "__main__":
    serving.load_django()
    json.dump({name: asdict(part) | {"seconds": part.seconds} for name, part in tell().items()}, sys.stdout)
