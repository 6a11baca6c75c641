"""Tables of the quotes.

The words, who saw them, what they agreed to, and what was asked before anybody else could read them.
"""

from alongside.quotes.models.checks import QuoteCheck, Recognised, Trace
from alongside.quotes.models.consents import Attribution, Audience, QuoteConsent, QuoteReview, ShownBy, Way
from alongside.quotes.models.quotes import AGREED, MOVES, OVER, Quote, State
from alongside.quotes.models.wordings import QuoteTranslation, QuoteWording, Translator, Wording

__all__ = [
    "AGREED",
    "MOVES",
    "OVER",
    "Attribution",
    "Audience",
    "Quote",
    "QuoteCheck",
    "QuoteConsent",
    "QuoteReview",
    "QuoteTranslation",
    "QuoteWording",
    "Recognised",
    "ShownBy",
    "State",
    "Trace",
    "Translator",
    "Way",
    "Wording",
]
