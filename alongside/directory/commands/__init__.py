"""What can be done to the directory: keep one’s own entries, import lists, make mappings."""

from alongside.directory.commands.entries import hide, keep, show
from alongside.directory.commands.imports import (
    begin,
    carry_out,
    end_abandoned,
    import_file,
    make_mapping,
    receive,
)

__all__ = [
    "begin",
    "carry_out",
    "end_abandoned",
    "hide",
    "import_file",
    "keep",
    "make_mapping",
    "receive",
    "show",
]
