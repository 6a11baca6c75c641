"""Every read of the quotes.

For their own editors, and for a brief only what may be printed, in the very words that were seen.
"""

from alongside.quotes.models import (
    Attribution,
    Audience,
    Recognised,
    ShownBy,
    State,
    Trace,
    Translator,
    Way,
    Wording,
)
from alongside.quotes.queries.attributions import joined
from alongside.quotes.queries.details import details_of
from alongside.quotes.queries.lists import quotes_by_theme
from alongside.quotes.queries.passages import identifying_pieces, passage_as_quote, taken_from
from alongside.quotes.queries.publishable import Quotable, balance, publishable, standing, why_not
from alongside.quotes.queries.quotes import (
    LANGUAGES,
    counts,
    digest_of,
    get_quote,
    get_translation,
    opened,
    read,
    thought_over,
    translations,
    words_of,
)
from alongside.quotes.queries.terms import as_terms, attribution_of, terms_of, usual_until
from alongside.quotes.rules import may_work

__all__ = [
    "LANGUAGES",
    "Attribution",
    "Audience",
    "Quotable",
    "Recognised",
    "ShownBy",
    "State",
    "Trace",
    "Translator",
    "Way",
    "Wording",
    "as_terms",
    "attribution_of",
    "balance",
    "counts",
    "details_of",
    "digest_of",
    "get_quote",
    "get_translation",
    "identifying_pieces",
    "joined",
    "may_work",
    "opened",
    "passage_as_quote",
    "publishable",
    "quotes_by_theme",
    "read",
    "standing",
    "taken_from",
    "terms_of",
    "thought_over",
    "translations",
    "usual_until",
    "why_not",
    "words_of",
]
