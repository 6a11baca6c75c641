"""Every write of the briefs: writing one, putting it in proof, signing it and publishing an edition.

One way through, and nothing half done.
"""

from alongside.briefs.commands.briefs import (
    begin,
    choose_figures,
    choose_quotes,
    describe,
    move,
    remove,
    write,
)
from alongside.briefs.commands.editions import publish
from alongside.briefs.commands.proofs import answer, answer_all, prove, sign, take_back

__all__ = [
    "answer",
    "answer_all",
    "begin",
    "choose_figures",
    "choose_quotes",
    "describe",
    "move",
    "prove",
    "publish",
    "remove",
    "sign",
    "take_back",
    "write",
]
