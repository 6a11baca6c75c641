"""What the pages of quotes lay out: a study's quotes by theme, one quote with its next step, a passage as a quote."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.evidence import queries as evidence
from alongside.kernel import clock
from alongside.quotes import queries, rules
from alongside.quotes.models import AGREED, OVER, Quote, State

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

SHELVES = {  # what an editor looks for: what waits for whom
    "show": (State.COLLECTED,),
    "ask": (State.SHOWN,),
    "agreed": AGREED,
    "over": OVER,
}


def shelf_names() -> dict[str, str]:
    """What the filters of a study's quotes are called."""
    return {"show": _("To be shown"), "ask": _("Shown, to be asked"), "agreed": _("Agreed to"), "over": _("Over")}


def of_study(viewer: Worker, study_id: UUID, shelf: str) -> dict[str, Any]:
    """Return a study's quotes by theme, those of one shelf only if one is asked for, and what puts the agreed ones out of balance."""
    found = queries.quotes(viewer, study_id)
    counts = {name: found.filter(state__in=states).count() for name, states in SHELVES.items()}
    chosen = found.filter(state__in=SHELVES[shelf]) if shelf in SHELVES else found.exclude(state__in=OVER)
    by_theme: dict[UUID | None, list[dict[str, Any]]] = defaultdict(list)
    for quote in chosen:
        by_theme[quote.theme_id].append(_line(quote))
    queries.read_many(viewer, sum(map(len, by_theme.values())))
    names = shelf_names()
    return {
        "groups": _in_order(viewer, study_id, by_theme), "shelf": shelf if shelf in SHELVES else "",
        "shelves": [(name, names[name], counts[name]) for name in SHELVES], "problems": _problems(viewer, study_id, found), "any": sum(counts.values()),
    }  # fmt: skip


def _line(quote: Quote) -> dict[str, Any]:
    today = clock.today()
    words = None if quote.over else queries.words_of(quote)
    past = bool(quote.consent and quote.consent.until and quote.consent.until < today)
    return {"quote": quote, "words": words, "past": past, "gone": words is None and not quote.over}


def _in_order(viewer: Worker, study_id: UUID, by_theme: dict[UUID | None, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The themes in their order, then what stands under a code that is put away, then what has none."""
    groups = []
    for theme in evidence.themes(viewer, study_id):
        if lines := by_theme.pop(theme.pk, []):
            groups.append({"name": theme.name, "lines": lines, "speakers": _speakers(lines)})
    for lines in [by_theme[one] for one in by_theme if one]:
        groups.append({"name": lines[0]["quote"].theme.name, "lines": lines, "speakers": _speakers(lines)})
    if lines := by_theme.get(None, []):
        groups.append({"name": "", "lines": lines, "speakers": _speakers(lines)})
    return groups


def _speakers(lines: list[dict[str, Any]]) -> int:
    return len({line["quote"].speaker_id for line in lines if not line["quote"].over})


def _problems(viewer: Worker, study_id: UUID, found: QuerySet[Quote]) -> list[dict[str, Any]]:
    """What puts the agreed quotes out of balance, in words: by letter and number, or by theme."""
    agreed = list(found.filter(state__in=AGREED).filter(Q(source=None) | ~Q(source__state="withdrawn")))
    people: dict[UUID | None, str] = {one.speaker_id: one.participant.code for one in agreed if one.participant}
    themes: dict[UUID | None, str] = {one.theme_id: one.theme.name for one in agreed if one.theme}
    problems = rules.out_of_balance([(one.theme_id, one.speaker_id) for one in agreed])
    return [{"problem": one, "name": (people if one.kind == "speaker" else themes).get(one.about, "")} for one in problems]


def of_quote(viewer: Worker, quote: Quote) -> dict[str, Any]:
    """Return everything a quote's own page shows."""
    words = None if quote.over else queries.words_of(quote)
    terms = queries.agreed_terms(quote.consent) if quote.consent else None
    past = bool(terms and terms.until and terms.until < clock.today())
    checked = queries.thought_over(quote)
    return {
        "quote": quote, "words": words, "terms": terms, "past": past, "attributed": queries.attribution_of(quote, terms) if terms else {},
        "audiences": [queries.Audience(one).label for one in terms.audiences] if terms else [],
        "checked": checked, "safe": rules.is_safe(checked), "traces": [queries.Trace(one).label for one in checked.traces] if checked else [],
        "reasons": queries.opened(checked, "reasons") if checked else "", "left": queries.why_not(quote, on=clock.today()),
        "translations": [{"one": one, "words": queries.opened(one, "words"), "mine": one.translated_by == viewer.pk} for one in _translations(quote)],
        "history": history(quote), "next": next_step(quote, words, past),
    }  # fmt: skip


def _translations(quote: Quote) -> list[Any]:
    return [] if quote.over else queries.translations(quote)


def next_step(quote: Quote, words: str | None, past: bool) -> str:
    """Return the one thing to do next, as a code of the page: show, ask, again, or nothing."""
    if quote.over or words is None:
        return ""
    if quote.state == State.COLLECTED:
        return "show"
    return "ask" if quote.state == State.SHOWN else "again" if past else ""


def history(quote: Quote) -> list[dict[str, Any]]:
    """Return what happened to a quote, newest first: wordings, showings, answers. Never the words."""
    told = [
        *({"at": one.written_at, "what": _("Words: %(kind)s") % {"kind": one.get_kind_display()}} for one in queries.wordings(quote)),
        *(
            {
                "at": one.shown_at,
                "what": _("They saw the exact words. %(way)s") % {"way": f"{one.get_way_display()}. {one.get_shower_display()}."},
            }
            for one in queries.seeings(quote)
        ),
        *({"at": one.heard_at, "what": _("They said yes.") if one.yes else _("They said no.")} for one in queries.answers(quote)),
    ]
    if quote.withdrawn_at:
        told.append({"at": quote.withdrawn_at, "what": _("Taken back.")})
    return sorted(told, key=lambda one: one["at"], reverse=True)


def taken_from(viewer: Worker, coding_id: UUID) -> Quote | None:
    """Return the quote that was made of this passage already, unless that is over."""
    return Quote.objects.filter(agency_id=viewer.agency_id, passage_id=coding_id).exclude(state__in=OVER).first()


def passage_as_quote(viewer: Worker, coding_id: UUID) -> dict[str, Any]:
    """Return a coded passage as what a quote is collected from: its words as they stand in the clean text, its theme, its speaker."""
    coding = evidence.get_coding(viewer, coding_id)
    passage = evidence.get_passage(viewer, coding_id)
    theme = coding.code
    while theme.parent_id:
        theme = evidence.get_code(viewer, theme.parent_id)
    speaker = evidence.get_participant(viewer, passage.participant_id) if passage.participant_id else None
    return {
        "study_id": coding.study_id, "words": passage.words, "language": passage.language or "en", "theme_id": theme.pk, "source_id": passage.source_id,
        "participant_id": passage.participant_id, "passage_id": coding_id, "lived": speaker is None or speaker.speaks_as == "lived",
    }  # fmt: skip


def telling(viewer: Worker, words: str) -> list[dict[str, Any]]:
    """Return what in these words may tell who somebody is, as the same suggestions as for a source: pieces of text, some of them marked."""
    pieces, at = [], 0
    for one in evidence.telling(viewer, words):
        pieces += [{"words": words[at : one.start], "kind": ""}, {"words": words[one.start : one.end], "kind": one.kind}]
        at = one.end
    pieces.append({"words": words[at:], "kind": ""})
    return [piece for piece in pieces if piece["words"]]
