"""Every write of the evidence, by the mission's verbs.

What each does stands in the module of its part of the work.
"""

from alongside.evidence.commands.codebook import (
    bring_back,
    make_code,
    merge_codes,
    move_code,
    retire_code,
    rewrite_code,
)
from alongside.evidence.commands.coding import (
    begin_blind_coding,
    code_passage,
    finish_blind_coding,
    rewrite_memo,
    uncode,
    undo_coding,
    write_memo,
)
from alongside.evidence.commands.exchange import bring_project
from alongside.evidence.commands.export import FORMS, take_out
from alongside.evidence.commands.sources import (
    Brought,
    bring_in,
    decide,
    describe_source,
    finish,
    mark_by_hand,
    withdraw,
)
from alongside.evidence.commands.studies import (
    add_participant,
    change_participant,
    close_study,
    open_study,
    reopen_study,
    rewrite_study,
)

__all__ = [
    "FORMS",
    "Brought",
    "add_participant",
    "begin_blind_coding",
    "bring_back",
    "bring_in",
    "bring_project",
    "change_participant",
    "close_study",
    "code_passage",
    "decide",
    "describe_source",
    "finish",
    "finish_blind_coding",
    "make_code",
    "mark_by_hand",
    "merge_codes",
    "move_code",
    "open_study",
    "reopen_study",
    "retire_code",
    "rewrite_code",
    "rewrite_memo",
    "rewrite_study",
    "take_out",
    "uncode",
    "undo_coding",
    "withdraw",
    "write_memo",
]
