"""Every read of the evidence.

The database shows an editor their own agency's only, and of two who read blind neither the other's (decision
0016).
"""

from alongside.evidence.generalisation import LEAST, generalised
from alongside.evidence.models import Coding
from alongside.evidence.queries.codebook import (
    codes,
    example_of,
    flat,
    get_code,
    history_of,
    put_away,
    themes,
    under,
)
from alongside.evidence.queries.coding import (
    codings_in,
    get_coding,
    get_memo,
    get_passage,
    memos,
    passages,
    passages_of,
)
from alongside.evidence.queries.comparison import (
    blind_codings,
    compared,
    finished_blind_codings,
    open_blind_coding,
    read_apart,
)
from alongside.evidence.queries.exchange import came_of, exchanges, get_exchange, kept_of
from alongside.evidence.queries.export import cleaning
from alongside.evidence.queries.method import Method, method_of, path_of
from alongside.evidence.queries.sources import (
    agencies,
    get_source,
    identifiers_of,
    sources,
    suggested_identifiers,
    uncleaned,
    withdrawn,
    words_of,
)
from alongside.evidence.queries.studies import (
    get_participant,
    get_study,
    may_look,
    participants,
    studies,
    versions,
    writers_of,
)

__all__ = [
    "LEAST",
    "Coding",
    "Method",
    "agencies",
    "blind_codings",
    "came_of",
    "cleaning",
    "codes",
    "codings_in",
    "compared",
    "example_of",
    "exchanges",
    "finished_blind_codings",
    "flat",
    "generalised",
    "get_code",
    "get_coding",
    "get_exchange",
    "get_memo",
    "get_participant",
    "get_passage",
    "get_source",
    "get_study",
    "history_of",
    "identifiers_of",
    "kept_of",
    "may_look",
    "memos",
    "method_of",
    "open_blind_coding",
    "participants",
    "passages",
    "passages_of",
    "path_of",
    "put_away",
    "read_apart",
    "sources",
    "studies",
    "suggested_identifiers",
    "themes",
    "uncleaned",
    "under",
    "versions",
    "withdrawn",
    "words_of",
    "writers_of",
]
