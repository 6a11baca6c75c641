"""Finding a file again by a name, forgiving of spelling, without any name in the database.

A name is cut into trigrams, as pg_trgm cuts; each is blinded with a key of the agency's own and shortened to
16 bits, so that what is stored collides on purpose. Candidates come from an equality look-up that the
policies filter; only then are names opened and compared.
"""

import hmac
from collections.abc import Iterable

from alongside.kernel.transliteration import folded

ENOUGH = 0.45  # share of the asked trigrams that a name must hold


def trigrams(text: str, *, whole: bool = True) -> set[str]:
    """Return the trigrams of every word.

    Not `whole`: the last word may go on, as when somebody has typed half of it.
    """
    words = "".join(c if c.isalnum() else " " for c in folded(text)).split()
    found: set[str] = set()
    for number, word in enumerate(words, 1):
        padded = f"  {word} " if whole or number < len(words) else f"  {word}"
        found |= {padded[i : i + 3] for i in range(len(padded) - 2)}
    return found


def blind(pieces: Iterable[str], key: bytes) -> list[int]:
    """Return the blinded terms: 16 bits of HMAC-SHA256 each."""
    return sorted({int.from_bytes(hmac.digest(key, piece.encode(), "sha256")[:2], "big") for piece in pieces})


def likeness(asked: set[str], name: str) -> float:
    """Return which share of the asked trigrams the name holds, 0 to 1."""
    return len(asked & trigrams(name)) / len(asked) if asked else 0.0
