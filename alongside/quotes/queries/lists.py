"""The quotes of a study by theme, with what each waits for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.evidence import queries as evidence
from alongside.kernel import clock
from alongside.kernel.queries import being_destroyed
from alongside.quotes import rules
from alongside.quotes.models import AGREED, OVER, State
from alongside.quotes.queries.quotes import quotes, read_many, words_of

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.quotes.models import Quote


LISTS = {  # what an editor looks for: what waits for whom
    "show": (State.COLLECTED,),
    "ask": (State.SHOWN,),
    "agreed": AGREED,
    "over": OVER,
}


def list_names() -> dict[str, str]:
    """What the filters of a study's quotes are called."""
    return {
        "show": _("To be shown"),
        "ask": _("Shown, to be asked"),
        "agreed": _("Agreed to"),
        "over": _("Over"),
    }


def quotes_by_theme(viewer: Worker, study_id: UUID, list_code: str) -> dict[str, Any]:
    """Return a study's quotes by theme, and what puts the agreed ones out of balance.

    Those of one list only, if one is asked for.
    """
    found = quotes(viewer, study_id)
    counts = {name: found.filter(state__in=states).count() for name, states in LISTS.items()}
    chosen = found.filter(state__in=LISTS[list_code]) if list_code in LISTS else found.exclude(state__in=OVER)
    by_theme: dict[UUID | None, list[dict[str, Any]]] = defaultdict(list)
    for quote in chosen:
        by_theme[quote.theme_id].append(_line(quote))
    read_many(viewer, sum(map(len, by_theme.values())))
    names = list_names()
    wordless = (line["quote"].holder_id for lines in by_theme.values() for line in lines if not line["words"])
    return {
        "being_destroyed": being_destroyed(*wordless),
        "groups": _in_order(viewer, study_id, by_theme),
        "list_code": list_code if list_code in LISTS else "",
        "lists": [(name, names[name], counts[name]) for name in LISTS],
        "problems": _problems(viewer, study_id, found),
        "any": sum(counts.values()),
    }


def _line(quote: Quote) -> dict[str, Any]:
    today = clock.today()
    words = None if quote.over else words_of(quote)
    past = bool(quote.consent and quote.consent.until and quote.consent.until < today)
    return {"quote": quote, "words": words, "past": past, "gone": words is None and not quote.over}


def _in_order(
    viewer: Worker, study_id: UUID, by_theme: dict[UUID | None, list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """The themes in their order, then what stands under a code that is put away, then what has none."""
    groups = []
    for theme in evidence.themes(viewer, study_id):
        if lines := by_theme.pop(theme.pk, []):
            groups.append({"name": theme.name, "lines": lines, "speakers": _speakers(lines)})
    for lines in [by_theme[theme_id] for theme_id in by_theme if theme_id]:
        groups.append({"name": lines[0]["quote"].theme.name, "lines": lines, "speakers": _speakers(lines)})
    if lines := by_theme.get(None, []):
        groups.append({"name": "", "lines": lines, "speakers": _speakers(lines)})
    return groups


def _speakers(lines: list[dict[str, Any]]) -> int:
    return len({line["quote"].speaker_id for line in lines if not line["quote"].over})


def _problems(viewer: Worker, study_id: UUID, found: QuerySet[Quote]) -> list[dict[str, Any]]:
    """What puts the agreed quotes out of balance, in words: by letter and number, or by theme."""
    agreed = list(found.filter(state__in=AGREED).filter(Q(source=None) | ~Q(source__state="withdrawn")))
    people: dict[UUID | None, str] = {
        quote.speaker_id: quote.participant.code for quote in agreed if quote.participant
    }
    themes: dict[UUID | None, str] = {quote.theme_id: quote.theme.name for quote in agreed if quote.theme}
    problems = rules.out_of_balance([(quote.theme_id, quote.speaker_id) for quote in agreed])
    return [
        {"problem": problem, "name": (people if problem.kind == "speaker" else themes).get(problem.about, "")}
        for problem in problems
    ]
