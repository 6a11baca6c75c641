"""J15: what each capability's part of the demonstration takes of the processor, its PostgreSQL's too."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.figures import Bench, Figure, at_most, plain
from config import postgres
from config.state import ROOT

MOST, ROUNDS = 0.7, 3


def run(bench: Bench) -> list[Figure]:
    """Tell the demonstration in installations of its own, three times; the medians, the dearest first."""
    if not bench.wants("J15"):
        return []
    told = [_told() for _ in range(ROUNDS)]
    seconds = {part: median(each[part]["seconds"] for each in told) for part in told[0]}
    return [
        *(
            at_most("J15", 0, f"the demonstration: {part}", seconds[part], MOST, "s of CPU")
            for part in sorted(seconds, key=lambda part: -seconds[part])
        ),
        plain("J15", 0, "the demonstration, all of it", sum(seconds.values()), "s of CPU"),
    ]


def _told() -> dict[str, dict[str, float]]:
    state = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    cluster = postgres.ensure(state)
    try:
        _python(state, "alongside", "migrate", "--quiet")
        told: dict[str, dict[str, float]] = json.loads(_python(state, "bench.telling"))
    finally:
        cluster.stop()
        (state / "secrets.json").touch()
        postgres.remove(state)
        shutil.rmtree(state, ignore_errors=True)
    return told


def _python(state: Path, *arguments: str) -> str:
    environment = {
        **os.environ,
        "ALONGSIDE_STATE": str(state),
        "PYTHONPATH": str(ROOT),
        "ALONGSIDE_ROLES": "owner",
    }
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout
