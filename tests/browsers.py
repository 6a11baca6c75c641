"""Which browser the tests look through.

The machine's Chromium, else Playwright's own, else (as root) Debian's.

`python -m tests.browsers` finds one or gets one; `make test` does that first.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")
DEBIANS = ("chromium", "fonts-liberation")


@dataclass(frozen=True)
class Found:
    """A browser, or why there is none."""

    path: Path | None
    said: str


@cache
def find() -> Found:
    """The browser there is, without getting one."""
    machine = [Path(path) for name in NAMES if (path := shutil.which(name))] + [
        app for app in APPS if app.exists()
    ]
    if machine:
        return Found(machine[0], f"{machine[0]} (the machine's)")
    folders = (
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH"),
        Path.home() / ".cache/ms-playwright",
        Path.home() / "Library/Caches/ms-playwright",
    )
    for folder in (Path(folder) for folder in folders if folder):
        for program in sorted(folder.glob("chromium-*/chrome-*/**/*hrom*"), reverse=True):
            if program.name in ("chrome", "Chromium") and os.access(program, os.X_OK):
                return Found(program, f"{program} (Playwright's)")
    return Found(None, "none: the browser tests are skipped (install Chromium to run them)")


def get() -> Found:
    """The browser there is, or one just installed."""
    if find().path is None:
        _try([sys.executable, "-m", "playwright", "install", "chromium"], 300)
    find.cache_clear()
    if find().path is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _try(["apt-get", "update", "-qq"], 300)
        _try(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIANS], 900)
    find.cache_clear()
    return find()


def _try(command: list[str], seconds: int) -> None:
    print(f"· No browser yet: {' '.join(command)}", flush=True)
    try:
        subprocess.run(
            command,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
            check=False,
            timeout=seconds,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  that did not work: {error}", flush=True)


if __name__ == "__main__":
    get()
