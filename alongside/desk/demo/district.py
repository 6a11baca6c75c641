"""Whether the district was made before, and the places that fill its directory."""

from __future__ import annotations

from pathlib import Path

from alongside.agencies import queries as agencies
from alongside.desk.demo import places
from alongside.desk.demo.agencies import AGENCIES
from alongside.directory import commands as directory
from alongside.kernel import ctx

REAL = (
    Path("..") / "shared" / "data" / "ontario" / "health_service_provider_locations.csv"
)  # beside the project, where there is one
MAPPING = "ontario-health-providers"


def is_there() -> bool:
    """Whether the district was made before."""
    with ctx.as_operator():
        return set(AGENCIES) <= set(agencies.slugs())


def others() -> bool:
    """Whether this installation holds agencies that are not of the district.

    Then it is no place for a demonstration.
    """
    with ctx.as_operator():
        return bool(set(agencies.slugs()) - set(AGENCIES))


def load_places(path: Path | None) -> str:
    """Fill the directory, from a list of real places if there is one, else with invented ones.

    Return where it is from.
    """
    if path and path.exists():
        run = directory.import_file(
            content=path.read_bytes(),
            source_name="Ontario Ministry of Health: service provider locations",
            mapping=MAPPING,
        )
        return f"{run.added + run.updated + run.unchanged} real places of Ontario"
    run = directory.import_file(content=places.as_hsds(), source_name=places.SOURCE)
    return f"{run.added + run.updated + run.unchanged} invented places"
