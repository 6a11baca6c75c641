"""What quotes protects beside its own tables, and adds to those of the capabilities below it."""

from functools import partial

from alongside.kernel.rls.declarations import moves_in_sql
from alongside.quotes.rules import MOVES

SQL = ("functions",)

STATEMENTS = {"moves": partial(moves_in_sql, "quotes_moves", MOVES)}
