"""Tables of the directory: what HSDS names, and the entries that are searched."""

from alongside.directory.models.entries import Entry, Opening, Word
from alongside.directory.models.hsds import (
    Disclosure,
    Kept,
    Location,
    LooseRecord,
    Organization,
    Program,
    Service,
    ServiceAtLocation,
    Source,
    Taxonomy,
    TaxonomyTerm,
)
from alongside.directory.models.imports import ImportRun, Mapping, ReportLine

__all__ = [
    "Disclosure",
    "Entry",
    "ImportRun",
    "Kept",
    "Location",
    "LooseRecord",
    "Mapping",
    "Opening",
    "Organization",
    "Program",
    "ReportLine",
    "Service",
    "ServiceAtLocation",
    "Source",
    "Taxonomy",
    "TaxonomyTerm",
    "Word",
]
