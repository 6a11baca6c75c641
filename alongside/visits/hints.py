"""What a note may say that it had better not: a hint to a human, and no refusal (practice.md 2.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.text.short_notes import telling

SHORT = 280  # letters; what is longer has begun to tell a story
# An opinion on whether somebody is believed has no place in a note (practice.md 2.7).
OPINION = re.compile(
    r"\b(?:claims?|claimed|alleged(?:ly)?|supposedly|apparently|admits?|admitted|den(?:y|ies|ied)|inconsistent"
    r"|credible|manipulative|non-?compliant|refused|hysterical|vague|liar|lying|lied"
    r"|prétend|allègue|soi-disant|apparemment|avoue|nie|incohérente?|crédible|manipulat(?:eur|rice)|refuse"
    r"|ment|menti|menteu(?:r|se)|hystérique)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Hint:
    """What a human may want to look at before a note is kept; it is no refusal."""

    words: Promise
    pieces: tuple[str, ...] = ()


def hints_in(*texts: str) -> list[Hint]:
    """Return what a note may say that it had better not: a story, an opinion, somebody else."""
    found, words = [], "\n".join(texts)
    if any(len(text) > SHORT for text in texts):
        found.append(
            Hint(_("It is long. What was done and what comes next is enough; a court may read the rest."))
        )
    if opinions := tuple(dict.fromkeys(match.group() for match in OPINION.finditer(words))):
        found.append(Hint(_("It may say whether somebody is believed."), opinions))
    told = telling(words)
    if pieces := (*told.sure, *told.perhaps):
        found.append(Hint(_("It may say who somebody is, or name somebody else."), pieces))
    return found
