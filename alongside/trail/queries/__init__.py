"""Reading the trail, and proving that it is whole."""

from alongside.trail.queries.access_log import access_log
from alongside.trail.queries.entries import describe, of_custodian, of_file
from alongside.trail.queries.verification import WRITING, verify

__all__ = ["WRITING", "access_log", "describe", "of_custodian", "of_file", "verify"]
