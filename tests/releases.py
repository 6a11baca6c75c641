"""The previous release, as the upgrade tests know it: its migrations, word for word.

`python -m tests.releases VERSION` writes it down, once, when a release is made.
"""

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PREVIOUS = ROOT / "tests" / "previous_release.json"


def migrations() -> dict[str, str]:
    """Return our own migrations, in their order, with the digest of each file, by `app.name`."""
    files = sorted(ROOT.glob("alongside/*/migrations/[0-9]*.py"))
    return {f"{file.parts[-3]}.{file.stem}": hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def previous() -> tuple[str, dict[str, str]]:
    """Return the version of the previous release, and its migrations with their digests."""
    told = json.loads(PREVIOUS.read_text())
    return told["version"], told["migrations"]


if __name__ == "__main__":
    told = {"version": sys.argv[1], "migrations": migrations()}
    PREVIOUS.write_text(json.dumps(told, indent=1) + "\n")
