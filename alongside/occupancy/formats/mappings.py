"""The mappings that come with Alongside: which column of a file means what."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

MAPPINGS = Path(__file__).parent.parent / "mappings"


@lru_cache(maxsize=1)
def shipped_mappings() -> dict[str, dict[str, Any]]:
    """Return the mappings that come with Alongside, by name."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(MAPPINGS.glob("*.json"))
    }


def fitting_mapping(heading: list[str]) -> str:
    """Return the name of a mapping that comes with Alongside whose every column is there, or nothing."""
    return next(
        (
            name
            for name, mapping in shipped_mappings().items()
            if set(mapping["columns"].values()) <= set(heading)
        ),
        "",
    )
