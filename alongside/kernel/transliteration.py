"""Letters as they are compared and searched: small, Latin, without marks, whatever the script."""

import unicodedata
from typing import Final

from anyascii import anyascii

_MARKS: Final = dict.fromkeys(range(0x0300, 0x0370)) | {ord("’"): "'", ord("ʼ"): "'", ord("ʻ"): "'"}


def folded(text: str) -> str:
    """Return a text in small Latin letters: Đ is d, ø is o, þ is th, ᐊ is a. Pictures are left out."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).translate(_MARKS)
    if decomposed.isascii():  # by far the most, and much faster
        return decomposed.lower()
    letters = (
        letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter) != "So"
    )
    return anyascii("".join(letters).translate(_MARKS)).lower()
