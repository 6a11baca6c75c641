"""The tables of the briefs.

What is being written, who answered for it and signed it, and the editions that are frozen.
"""

from alongside.briefs.models.briefs import MOVES, Audience, Brief, State, words_of
from alongside.briefs.models.editions import FILES, Edition, Proof, Signature
from alongside.briefs.models.sections import Check, Kind, Section, SectionFigure, SectionQuote

__all__ = [
    "FILES",
    "MOVES",
    "Audience",
    "Brief",
    "Check",
    "Edition",
    "Kind",
    "Proof",
    "Section",
    "SectionFigure",
    "SectionQuote",
    "Signature",
    "State",
    "words_of",
]
