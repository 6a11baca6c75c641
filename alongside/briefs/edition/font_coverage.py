"""Which characters the vendored fonts can show.

So a page never shows an empty box without saying what stood there.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "fonts"
LONG = 28  # letters without a place to break a line
BREAK = "\u200b"


@cache
def shown() -> frozenset[int]:
    """Return every code point that one of the fonts has a picture of in each of its weights."""
    found = [_of_font(path.read_bytes()) for path in sorted(FONTS.glob("*-400.ttf"))]
    return frozenset().union(*found)


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


def _of_font(content: bytes) -> frozenset[int]:
    """Read the character map (formats 4 and 12) of a TrueType font."""
    tables = struct.unpack(">H", content[4:6])[0]
    start = next(
        struct.unpack(">I", content[12 + 16 * n + 8 : 12 + 16 * n + 12])[0]
        for n in range(tables)
        if content[12 + 16 * n : 16 + 16 * n] == b"cmap"
    )
    found: set[int] = set()
    for n in range(struct.unpack(">H", content[start + 2 : start + 4])[0]):
        at = start + struct.unpack(">I", content[start + 4 + 8 * n + 4 : start + 4 + 8 * n + 8])[0]
        kind = struct.unpack(">H", content[at : at + 2])[0]
        found |= _format_12(content, at) if kind == 12 else _format_4(content, at) if kind == 4 else set()
    return frozenset(found)


def _format_12(content: bytes, at: int) -> set[int]:
    groups = struct.unpack(">I", content[at + 12 : at + 16])[0]
    spans = (struct.unpack(">III", content[at + 16 + 12 * n : at + 28 + 12 * n]) for n in range(groups))
    return {code for first, last, _glyph in spans for code in range(first, last + 1)}


def _format_4(content: bytes, at: int) -> set[int]:
    half = struct.unpack(">H", content[at + 6 : at + 8])[0]
    segments = half // 2

    def read(where: int) -> tuple[int, ...]:
        return struct.unpack(f">{segments}H", content[where : where + half])

    ends, starts, deltas, offsets = (
        read(at + 14),
        read(at + 16 + half),
        read(at + 16 + 2 * half),
        at + 16 + 3 * half,
    )
    found = set()
    for n, (first, last, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
        shift = struct.unpack(">H", content[offsets + 2 * n : offsets + 2 * n + 2])[0]
        for code in range(first, min(last, 0xFFFE) + 1):
            where = offsets + 2 * n + shift + 2 * (code - first)
            glyph = (
                (code + delta) & 0xFFFF if not shift else struct.unpack(">H", content[where : where + 2])[0]
            )
            if glyph:
                found.add(code)
    return found
