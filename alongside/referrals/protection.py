"""What referrals protects beside its own tables, and adds to those of the capabilities below it."""

from functools import partial

from alongside.kernel.rls.declarations import moves_in_sql
from alongside.referrals.rules import MOVES, THEIRS

SQL = ("functions",)

# What the agency that was asked may make of a request.
STATEMENTS = {
    "moves": partial(
        moves_in_sql, "referrals_their_moves", {start: ends & THEIRS for start, ends in MOVES.items()}
    )
}
