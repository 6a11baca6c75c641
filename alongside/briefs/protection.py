"""What briefs protects beside its own tables, and adds to those of the capabilities below it."""

from functools import partial

from alongside.briefs.rules import MOVES
from alongside.kernel.rls.declarations import moves_in_sql

SQL = ("functions",)

STATEMENTS = {"moves": partial(moves_in_sql, "briefs_moves", MOVES)}
