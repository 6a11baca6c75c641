"""A code's definition, include, exclude and example as one description, and back.

REFI-QDA has one description for a code.
"""

from __future__ import annotations

PARTS = (
    "Include",
    "Exclude",
    "Example",
)  # the same in every language, so that a codebook can go round the world and come home


def join(definition: str, include: str = "", exclude: str = "", example: str = "") -> str:
    """Return one description: the definition, then a paragraph for each further part."""
    told = [
        f"{part}: {words}" for part, words in zip(PARTS, (include, exclude, example), strict=True) if words
    ]
    return "\n\n".join([definition, *told]) if told else definition


def split(description: str) -> tuple[str, str, str, str]:
    """Return definition, include, exclude and example.

    The whole as a definition where it was not written by `join`.
    """
    rest, parts = description, {}
    for part in reversed(PARTS):
        head, mark, words = rest.rpartition(f"\n\n{part}: ")
        if mark:
            rest, parts[part] = head, words
    include, exclude, example = (parts.get(part, "") for part in PARTS)
    found = (rest, include, exclude, example)
    return found if join(*found) == description else (description, "", "", "")
