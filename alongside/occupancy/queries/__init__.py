"""Reading the counts and their imports."""

from alongside.occupancy.models import Kind
from alongside.occupancy.queries.counts import (
    Asked,
    Row,
    asked_in,
    bounds,
    by_outcome,
    by_sector,
    for_women,
    grain_of,
    over_capacity,
    sources,
    span_of,
)
from alongside.occupancy.queries.imports import (
    get_import,
    imports_of,
    initial,
    mapping_choices,
    mapping_named,
    report_of,
)

__all__ = [
    "Asked",
    "Kind",
    "Row",
    "asked_in",
    "bounds",
    "by_outcome",
    "by_sector",
    "for_women",
    "get_import",
    "grain_of",
    "imports_of",
    "initial",
    "mapping_choices",
    "mapping_named",
    "over_capacity",
    "report_of",
    "sources",
    "span_of",
]
