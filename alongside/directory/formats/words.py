"""Words as they are searched: small letters, no accents, nothing too short to mean something."""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(
    "a an and at by de des du et for in la le les of on or the to un une aux au l d s inc ltd".split()
)
_MARKS = {ord(c): None for c in map(chr, range(0x300, 0x370))} | {
    ord("’"): "'",
    ord("œ"): "oe",
    ord("æ"): "ae",
}


def words_of(*texts: str) -> list[str]:
    """Return the words that these texts are found by, each once, in order."""
    text = " ".join(text for text in texts if text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_MARKS)
    return [
        word for word in dict.fromkeys(_WORD.findall(text.lower())) if word not in _EMPTY and len(word) <= 40
    ]
