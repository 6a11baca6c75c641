"""Finding who offers what, and reading it out again.

The directory holds nothing about a person, so every signed-in worker of any sector may look.
"""

from alongside.directory.queries import hsds
from alongside.directory.queries.entries import (
    find_entry,
    get_entry,
    offered,
    open_among,
    opening_hours,
    own_entries,
    size,
)
from alongside.directory.queries.export import csv_of
from alongside.directory.queries.imports import (
    get_import,
    imports_of,
    mapping_choices,
    mapping_named,
    mappings_of,
    report_of,
)
from alongside.directory.queries.reach import named, says_where_hidden, telephones
from alongside.directory.queries.search import find

__all__ = [
    "csv_of",
    "find",
    "find_entry",
    "get_entry",
    "get_import",
    "hsds",
    "imports_of",
    "mapping_choices",
    "mapping_named",
    "mappings_of",
    "named",
    "offered",
    "open_among",
    "opening_hours",
    "own_entries",
    "report_of",
    "says_where_hidden",
    "size",
    "telephones",
]
