"""Which characters the vendored fonts can show.

So a page never shows an empty box without saying what stood there.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "fonts"
LONG = 28  # letters without a place to break a line
BREAK = "\u200b"


@cache
def shown() -> frozenset[int]:
    """Return every code point that one of the fonts has a picture of in each of its weights."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to load, and only an edition needs it

    return frozenset().union(*(TTFont(path).getBestCmap() for path in FONTS.glob("*-400.ttf")))


def printable(words: str) -> str:
    """Return words as the fonts can show them.

    A character without a picture is named (`[U+1F600]`), and a very long run may be broken.
    """
    composed = unicodedata.normalize("NFC", words)
    known = shown()
    return _breakable(
        "".join(
            letter if ord(letter) in known or letter in "\n\t\u200b" else _named(letter)
            for letter in composed
        )
    )


def unshown(words: str) -> list[str]:
    """Return the characters of a text that would have to be named, each once."""
    known = shown()
    return sorted(
        {
            letter
            for letter in unicodedata.normalize("NFC", words)
            if ord(letter) not in known and letter not in "\n\t\r\u200b"
        }
    )


def _named(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind.startswith("Z"):
        return "\u00a0" if letter == "\u202f" else " "
    if letter in "\u2010\u2011":
        return "-"
    return "" if kind in ("Cc", "Cf", "Cs") or "\ufe00" <= letter <= "\ufe0f" else f"[U+{ord(letter):04X}]"


def _breakable(words: str) -> str:
    """Put places to break a line into runs longer than a line could be.

    After the signs of an address, else after every few letters.
    """
    return " ".join(_broken(run) if len(run) > LONG else run for run in words.split(" "))


def _broken(run: str) -> str:
    out, since = [], 0
    for letter in run:
        out.append(letter)
        since = 0 if letter in "\n\t\u00a0" else since + 1
        if (letter in "/-_.?&=,;" and since > 3) or since >= LONG:
            out.append(BREAK)
            since = 0
    return "".join(out)
