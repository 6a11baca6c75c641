"""What the desk shows: pages, what happened to a file, and who looked."""

from alongside.desk.queries.looks import (
    all_looks,
    file_called,
    handle_of,
    looks_table,
    people,
    table_heading,
    watch,
)
from alongside.desk.queries.measures import measures_of, quarters_until
from alongside.desk.queries.pages import open_file
from alongside.desk.queries.paper import on_paper, what_they_want
from alongside.desk.queries.toolbox import at_the_desk, occasion
from alongside.desk.queries.worklist import day_of
from alongside.trail.queries import actions_by_subject, subjects

__all__ = [
    "actions_by_subject",
    "all_looks",
    "at_the_desk",
    "day_of",
    "file_called",
    "handle_of",
    "looks_table",
    "measures_of",
    "occasion",
    "on_paper",
    "open_file",
    "people",
    "quarters_until",
    "subjects",
    "table_heading",
    "watch",
    "what_they_want",
]
