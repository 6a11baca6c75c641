"""J12: a million gaps counted through the cube that only an editor's hands get, beside counting them plainly.

Every table of it protected; both languages typeset.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.figures import Bench, Figure, at_most, plain
from config import postgres
from config.state import ROOT

GAPS = int(os.environ.get("BENCH_GAPS", "1000000"))


def run(bench: Bench) -> list[Figure]:
    """Count and protect in an installation of its own; typeset the demonstration's brief."""
    if not bench.wants("J12"):
        return []
    state = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    cluster = postgres.ensure(state)
    try:
        _python(state, "alongside", "migrate", "--quiet")
        took = json.loads(_python(state, "bench.counting_gaps", str(GAPS)))
        printed = json.loads(_python(state, "bench.printing"))
    finally:
        cluster.stop()
        (state / "secrets.json").touch()
        postgres.remove(state)
        shutil.rmtree(state, ignore_errors=True)
    return [
        plain("J12", GAPS, "counting them by need and region, plainly", took["plain"], "s"),
        plain(
            "J12",
            GAPS,
            "the cube with all its sums and how many agencies stand behind each",
            took["pooled"],
            "s",
        ),
        plain("J12", GAPS, "the cube beside counting plainly", took["pooled"] / took["plain"], "×"),
        plain("J12", GAPS, "protecting the four tables of it for everybody", took["protected"], "s of CPU"),
        at_most("J12", GAPS, "memory of the process that counts and protects", took["memory"], 500, "MB"),
        at_most(
            "J12", 0, "typesetting the invented brief in both languages, CPU", printed["seconds"], 1, "s"
        ),
        at_most("J12", 0, "memory of the process that typesets", printed["memory"], 500, "MB"),
    ]


def _python(state: Path, *arguments: str) -> str:
    environment = {**os.environ, "ALONGSIDE_STATE": str(state), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout
