"""Counts stated in the text beside those that are counted: the same, typed, or said otherwise elsewhere.

And beside those of the same text in the other language.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.briefs.edition import inline_markup, stated_counts
from alongside.briefs.edition.document import LANGUAGES, Contradiction, Fact, Text
from alongside.briefs.edition.stated_counts import Counted, Stated
from alongside.briefs.queries.figures import in_both
from alongside.kernel.punctuation import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alongside.briefs.edition.document import Document, Figure
    from alongside.evidence.queries import Method

Known = dict[str, list[Counted]]


def known(document: Document, figures: list[tuple[Figure, str]], method: Method | None) -> Known:
    """Return everything of a brief that is counted: its tables by their unit, and its method."""
    found = stated_counts.counted(figures)
    found["recommendations"] = [Counted(len(document.recommendations))]
    if method:
        took_part = [Counted(sum(role.count for role in method.roles))]
        took_part += [Counted(role.count, (Text(role.en, role.fr),)) for role in method.roles]
        took_part += [Counted(coders) for coders in (method.coders, method.apart) if coders]
        found["people"] = took_part
        found["interviews"] = [Counted(method.interviews)]
    return found


def compared(document: Document, counted: Known, more: list[Contradiction]) -> Document:
    """Return a document that says which of its numbers were typed, and which stand otherwise elsewhere.

    :param more: contradictions found elsewhere
    """
    typed: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    wrong: dict[tuple[object, ...], dict[str, tuple[Stated, Counted]]] = {}
    for count in stated_counts.stated(document):
        found = stated_counts.otherwise(count, counted)
        if found is False:
            typed[count.language].append(count.words)
        elif found is not True:
            same = wrong.setdefault((count.place, count.measure, count.number), {})
            same.setdefault(count.language, (count, found))
    facts = [_typed(typed)] if any(typed.values()) else []
    return replace(
        document,
        method_box=(*document.method_box, *facts),
        contradictions=(
            *more,
            *(_contradiction(each) for each in wrong.values()),
            *(_unlike(*pair) for pair in stated_counts.unlike(document)),
        ),
    )


def _typed(words: Mapping[str, list[str]]) -> Fact:
    def told() -> str:
        said = listed(dict.fromkeys(words[get_language() or "en"])) or _("none in this language")
        return _("%(numbers)s. Whoever wrote this typed them; nothing here counts them.") % {"numbers": said}

    return Fact(in_both(lambda: _("Numbers typed in the text")), in_both(told))


def _unlike(one: Stated, other: Stated) -> Contradiction:
    def told() -> str:
        said = {"english": one.words, "french": other.words}
        return _("The English says “%(english)s”, the French “%(french)s”. Say the same in both.") % said

    return Contradiction(one.place, in_both(told))


def _contradiction(by_language: Mapping[str, tuple[Stated, Counted]]) -> Contradiction:
    def told() -> str:
        language = get_language() or "en"
        count, one = by_language.get(language) or next(iter(by_language.values()))
        of = " · ".join(part.of(language) for part in (*one.labels, one.period) if part.of(language))
        number = inline_markup.count(one.number or 0, language)
        return _(
            "The text says “%(words)s”; counted here is %(number)s%(of)s. Write that, or say in the text "
            "what yours counts."
        ) % {"words": count.words, "number": number, "of": f" ({of})" if of else ""}

    count, _one = next(iter(by_language.values()))
    return Contradiction(count.place, in_both(told))
