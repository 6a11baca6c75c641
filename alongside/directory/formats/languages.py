"""Languages as people write them, as the codes we keep (BCP 47)."""

import re
from functools import lru_cache

import langcodes

from alongside.kernel.vocabulary import LANGUAGES

_SPLIT = re.compile(r"[,;/|&]|\band\b|\bet\b")
_THREE = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "oji": "oj",
    "cre": "cr",
    "ara": "ar",
    "spa": "es",
    "zho": "zh",
    "chi": "zh",
}


@lru_cache(maxsize=4000)
def code_of(word: str) -> str | None:
    """Return the code of a language given by name (English or French) or by code, or None."""
    plain = word.strip().casefold()
    if not plain:
        return None
    for code, term in LANGUAGES.items():
        names = {
            code,
            term.en.casefold(),
            term.fr.casefold(),
            term.en.split(" (")[0].casefold(),
            term.fr.split(" (")[0].casefold(),
        }
        if plain in names:
            return code
    if plain in _THREE:
        return _THREE[plain]
    if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]+)*", plain) and langcodes.Language.get(plain).is_valid():
        known: str | None = langcodes.Language.get(plain).language
        return known
    return None


def codes_of(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the codes of the languages named in a text, and the words that are none we know."""
    words = [word.strip() for word in _SPLIT.split(text) if word.strip()]
    known = {word: code_of(word) for word in words}
    return tuple(dict.fromkeys(code for code in known.values() if code)), [
        word for word, code in known.items() if not code
    ]
