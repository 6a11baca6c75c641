"""What somebody means who types sentences and a code in one line."""

from __future__ import annotations

import pytest

from alongside.evidence.text import shorthand


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("12-14 trust", (12, 14, "trust")),
        ("12 – 14  the trust", (12, 14, "the trust")),
        ("7 waiting alone", (7, 7, "waiting alone")),
        ("3 à 5 confiance", (3, 5, "confiance")),
        ("trust", (None, None, "trust")),
        ("24", (None, None, "24")),
        ("", (None, None, "")),
    ],
)
def test_one_line_says_sentences_and_code(line, told):
    assert tuple(shorthand.read(line)) == told
