"""Languages as people write them, as the codes we keep (BCP 47)."""

import re
from functools import lru_cache

import langcodes

from alongside.kernel.transliteration import folded
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


# Words that say something of languages and name none.
_NO_LANGUAGE = frozenset(
    "all any yes no none various other others multiple many every interpreter tous toutes toute oui non "
    "aucune autre autres plusieurs".split()
)
# Names of languages that our list has by another name, or as one of a wider one.
_ALSO = {
    name: code
    for code, names in {
        "ase": "asl|sign language|american sign language|langue des signes",
        "fcs": "lsq|langue des signes quebecoise",
        "zh": "mandarin|putonghua",
        "fa": "persian|persan",
        "tl": "filipino|pilipino",
        "oj": "ojibwe|ojibway|ojibwa|anishinaabemowin",
        "ojs": "oji cree|ojicree|severn ojibwa",
        "moh": "mohawk|kanienkeha",
        "en": "anglais",
        "fr": "francais",
        "es": "castilian",
    }.items()
    for name in names.split("|")
}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Every name of our own list, as it is compared: whole, before its bracket, and each in the bracket."""
    names: dict[str, str] = {}
    for code, term in LANGUAGES.items():
        for said in (term.en, term.fr):
            outside, _, inside = said.partition("(")
            for name in (said, outside, *re.split(r"[,;/]| or | ou ", inside.rstrip(")"))):
                if plain := _plain(name):
                    names.setdefault(plain, code)
    return {**_ALSO, **names}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", folded(name)).strip()


@lru_cache(maxsize=4000)
def code_of(word: str) -> str | None:
    """Return the code of a language given by name (English or French) or by code, or None.

    A name comes before a code: ASL is a sign language and no island's, “No” is no language.
    """
    said = word.strip().casefold()
    plain = _plain(word)
    if not plain or plain in _NO_LANGUAGE:
        return None
    if plain in _names():
        return _names()[plain]
    if said in LANGUAGES:
        return said
    if said in _THREE:
        return _THREE[said]
    if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]+)*", said) and langcodes.Language.get(said).is_valid():
        known: str | None = langcodes.Language.get(said).language
        return known
    return None


def codes_of(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the codes of the languages named in a text, and the words that are none we know."""
    words = [word.strip() for word in _SPLIT.split(text) if word.strip()]
    known = {word: code_of(word) for word in words}
    return tuple(dict.fromkeys(code for code in known.values() if code)), [
        word for word, code in known.items() if not code
    ]
