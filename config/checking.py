"""`make check`: everything a change has to pass, one after the other, each with what it said if it failed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from config.state import ROOT

BIN = Path(sys.executable).parent
PYTHON = [sys.executable, "-W", "ignore", "-m"]
CHECKS: dict[str, list[str | Path]] = {
    "ruff: lint": [BIN / "ruff", "check", "--quiet", "."],
    "ruff: format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "mypy: types": [BIN / "mypy"],
    "import-linter: the house": [BIN / "lint-imports", "--no-logo"],
    "djlint: templates": [BIN / "djlint", "alongside", "--lint", "--quiet"],
    "django: models and migrations agree": [*PYTHON, "django", "makemigrations", "--check", "--dry-run"],
    "django: deployment": [*PYTHON, "django", "check", "--deploy", "--fail-level", "WARNING"],
    "words: every message has its French": [*PYTHON, "config.words", "missing"],
    "pip: what is installed fits together": [*PYTHON, "pip", "check"],
    "pytest: the shape of the house": [*PYTHON, "pytest", "tests/test_house.py", "-p", "no:randomly"],
}
AUDIT: list[str | Path] = [
    BIN / "pip-audit",
    "--requirement",
    "requirements.txt",
    "--disable-pip",
    "--progress-spinner",
    "off",
    "--timeout",
    "10",
]


def main() -> int:
    """Run every check, even after one failed; the answer is the exit status."""
    failed = [name for name, command in CHECKS.items() if not _passes(name, command)]
    print(f"{'·':2} pip-audit: {_audit()}", flush=True)
    print(
        f"\n{len(failed)} of {len(CHECKS)} checks failed: {'; '.join(failed)}"
        if failed
        else f"\nAll {len(CHECKS)} checks passed."
    )
    return 1 if failed else 0


def _passes(name: str, command: list[str | Path]) -> bool:
    began = time.monotonic()
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ALONGSIDE_HTTPS": "1" if "deploy" in name else "0",
    }
    done = subprocess.run(
        list(map(str, command)),
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(f"{'✓' if done.returncode == 0 else '✗'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    if done.returncode:
        print("\n".join(f"    {line}" for line in done.stdout.strip().splitlines()), flush=True)
    return done.returncode == 0


def _audit() -> str:
    """Known holes in what we depend on.

    Where the advisories cannot be reached that is said, and is no failure.
    """
    try:
        done = subprocess.run(
            list(map(str, AUDIT)), cwd=ROOT, capture_output=True, text=True, check=False, timeout=90
        )
    except subprocess.TimeoutExpired:
        return "the advisories did not answer in time"
    if done.returncode == 0:
        return done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "nothing known"
    if "Name" in done.stdout and "ID" in done.stdout:
        return "holes are known:\n" + done.stdout
    return "the advisories cannot be reached from here"


if __name__ == "__main__":
    sys.exit(main())
