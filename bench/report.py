"""What was measured, as a table for people and as JSON for programs. No name of a machine, no path."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.figures import Bench, Figure
from config.state import ROOT

RESULTS = ROOT / "bench" / "results"
MARKS = {True: "yes", False: "**no**", None: ""}


def circumstances(bench: Bench, load: float) -> dict[str, Any]:
    """On what it was measured, and how busy that was with other things."""
    return {
        "commit": _said("git", "rev-parse", "--short", "HEAD")
        + ("+" if _said("git", "status", "--porcelain", "--", "alongside", "config", "bench/*.py") else ""),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory()} GB",
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "postgresql": f"{bench.smallest.cluster.version} ({bench.smallest.cluster.source})"
        if bench.installations
        else "",
        "sizes": [installation.files for installation in bench.installations],
        "filled_in_seconds": [round(installation.filled_in, 1) for installation in bench.installations],
        "rounds": bench.rounds,
        "load_before": round(load, 1),
        "load_after": round(os.getloadavg()[0], 1),
    }


def write(about: dict[str, Any], figures: list[Figure], folder: Path = RESULTS) -> None:
    """Write both, in place of the last ones."""
    folder.mkdir(exist_ok=True)
    whole = {**about, "figures": [asdict(figure) for figure in figures]}
    (folder / "latest.json").write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n")
    (folder / "latest.md").write_text(table(about, figures))


def table(about: dict[str, Any], figures: list[Figure]) -> str:
    """The figures as Markdown."""
    lines = [
        "# What was measured",
        "",
        "Made by `make bench`; what each job is, and what it is to reach, stands in `bench/README.md`.",
        "",
    ]
    lines += [f"* {name.replace('_', ' ')}: {value}" for name, value in about.items()]
    lines += ["", "| job | size | what | value | reach | met |", "|---|---:|---|---:|---|---|"]
    for figure in figures:
        size = f"{figure.size:,}" if figure.size else ""
        lines.append(
            (
                f"| {figure.job} | {size} | {figure.what} | {_short(figure.value)} "
                f"{figure.unit} | {figure.reach} | {MARKS[figure.met]} |"
            ).replace("  ", " ")
        )
    return "\n".join(lines) + "\n"


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def _said(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def _processor() -> str:
    try:
        names = [
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ]
    except OSError:
        names = []
    return names[0] if names else platform.processor() or "processor unknown"


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
