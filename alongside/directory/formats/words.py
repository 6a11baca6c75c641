"""Words as they are searched: small letters, no accents, nothing too short to mean something."""

import re

from alongside.kernel.transliteration import folded

_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(
    "a an and at by de des du et for in la le les of on or the to un une aux au l d s inc ltd".split()
)


def words_of(*texts: str) -> list[str]:
    """Return the words that these texts are found by, each once, in order."""
    text = folded(" ".join(text for text in texts if text))
    return [word for word in dict.fromkeys(_WORD.findall(text)) if word not in _EMPTY and len(word) <= 40]
