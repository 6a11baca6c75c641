"""Reading the trail, and proving that it is whole."""

from alongside.trail.actions import actions_by_subject, subjects, who
from alongside.trail.queries.access_log import access_log
from alongside.trail.queries.entries import acts, as_opened, beginnings, describe, page_of
from alongside.trail.queries.sittings import (
    Listed,
    Look,
    colleagues_who_looked,
    lists_of,
    looks_begun_by,
    readers_since,
    readings,
)
from alongside.trail.queries.verification import WRITING, verify

__all__ = [
    "WRITING",
    "Listed",
    "Look",
    "access_log",
    "actions_by_subject",
    "acts",
    "as_opened",
    "beginnings",
    "colleagues_who_looked",
    "describe",
    "lists_of",
    "looks_begun_by",
    "page_of",
    "readers_since",
    "readings",
    "subjects",
    "verify",
    "who",
]
