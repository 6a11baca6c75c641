"""A passage's name that only repeats its first words: how it was cut from them, and cut again."""

from __future__ import annotations

TAILS = ("…", "...", "")


def repeats(called: str, words: str) -> str:
    """Return how a passage's name was cut from its words, as `length|tail`; nothing if it wasn't."""
    for tail in TAILS:
        head = called.removesuffix(tail)
        for way, flat in (("", words), ("flat", " ".join(words.split()))):
            if called.endswith(tail) and head and flat.startswith(head):
                return f"{'' if head == flat else len(head)}|{tail}|{way}"
    return ""


def cut(how: str, words: str) -> str:
    """Cut a passage's name from its words again, in the same way."""
    length, tail, way = how.split("|")
    flat = " ".join(words.split()) if way else words
    return flat + tail if not length else flat[: int(length)] + tail
