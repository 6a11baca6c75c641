"""Tables of the evidence.

Studies, who took part (by role only), what they said, the codebook, and what was marked with it.
"""

from alongside.evidence.models.codebook import Change, Code, CodeChange
from alongside.evidence.models.coding import BlindCoding, Coding, Memo
from alongside.evidence.models.exchange import Exchange
from alongside.evidence.models.sources import (
    MOVES_OF_SOURCE,
    Decision,
    Identifier,
    Mentioned,
    Source,
    SourceKind,
    SourceState,
)
from alongside.evidence.models.studies import (
    MOVES_OF_STUDY,
    Participant,
    SpeaksAs,
    Study,
    StudyState,
    StudyVersion,
)

__all__ = [
    "MOVES_OF_SOURCE",
    "MOVES_OF_STUDY",
    "BlindCoding",
    "Change",
    "Code",
    "CodeChange",
    "Coding",
    "Decision",
    "Exchange",
    "Identifier",
    "Memo",
    "Mentioned",
    "Participant",
    "Source",
    "SourceKind",
    "SourceState",
    "SpeaksAs",
    "Study",
    "StudyState",
    "StudyVersion",
]
