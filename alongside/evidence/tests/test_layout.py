"""How words to decide about are laid out."""

from __future__ import annotations

from alongside.evidence.text import layout
from alongside.text import identifiers


def test_alike_words_are_one_decision():
    class Mark:
        """As the table has it."""

        def __init__(self, start, end):
            self.start, self.end, self.kind, self.decision, self.instead, self.pk = (
                start,
                end,
                "name",
                "",
                "",
                start,
            )

    text = "Josée came. JOSEE’S bag. I saw josée."
    marks = [Mark(suggestion.start, suggestion.end) for suggestion in identifiers.suggest(text)]

    assert len(marks) == 3
    assert len(layout.groups(text, marks, "en")) == 1
