"""Finding who offers what: by words, need, place, language, age and hours."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Collate

from alongside.directory.criteria import Asked
from alongside.directory.formats.words import words_of
from alongside.directory.models import Entry
from alongside.directory.queries.entries import SHOWN, open_at, visible_to
from alongside.kernel import clock, geography
from alongside.kernel.vocabulary import NEEDS, SERVICE_TYPES, kinds_said, needs_of, needs_said

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


PER_PAGE = 12
_MOST_WORDS = 6
_SHORT = 4  # letters: what is shorter is like too much
_NEARLY = 0.75  # how much of two words is the same, where one is taken for a slip of the other
# For each word typed: the words that entries have and that begin like it, and those spelled nearly so;
# stricter where the word itself exists, because a list may hold the same mistake.
_ALIKE = """
    select asked.word, alike.word
    from unnest(%s::text[]) as asked(word)
    cross join lateral (
        (select w.word from directory_word w
          where w.word like asked.word || '%%' and (length(asked.word) > 2 or w.word = asked.word)
              order by length(w.word) limit 12)
        union
        (select w.word from directory_word w
          where w.word %% asked.word
            and (similarity(w.word, asked.word) >= 0.5 or not exists (select from directory_word same
                where same.word = asked.word))
          order by similarity(w.word, asked.word) desc limit 6)
    ) as alike
"""


@dataclass
class Page:
    """One page of what was found."""

    entries: list[Entry]
    total: int
    number: int
    asked: Asked
    divisions: list[str]
    size: int = PER_PAGE

    @property
    def cannot_be_searched(self) -> bool:
        """Whether words were typed, and nothing in them can be looked for."""
        return bool(self.asked.words.strip()) and not words_of(self.asked.words)

    @property
    def knows_the_place(self) -> bool:
        """Whether the place that was asked for, if one was, is known here."""
        return not self.asked.place or bool(self.divisions or self.entries)

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))


def find(viewer: Worker | None, asked: Asked, *, size: int = PER_PAGE) -> Page:
    """Return what fits best: by need, then by language, then nearest, then by name.

    Misspellings are forgiven.
    """
    divisions = geography.divisions_meant(asked.place) if asked.place else []
    entries, by_need = _for_need(visible_to(viewer).filter(SHOWN), asked.need)
    entries, by_place = _at_place(entries, asked.place, divisions)
    entries, by_language = _in_language(entries, asked.language)
    entries, best = _for_age(entries, asked.age), [*by_need, *by_language, *by_place]
    if asked.no_police:
        entries = entries.filter(flags__contains=["no_police_needed"])
    if asked.open_now:
        entries = entries.exclude(details__has_key="closed_for_now")
        entries = entries.filter(Exists(open_at(clock.now())))
    words = words_of(asked.words)[:_MOST_WORDS]
    alike = _alike(words)
    meant, by_words = _by_words(entries, asked.words, words, alike)
    ids, total, number = _ranked(meant, [*by_words, *best], asked.page, size)
    if not total and len(alike) > 1:
        meant, by_words = _by_any_word(entries, alike)
        ids, total, number = _ranked(meant, [*by_words, *best], asked.page, size)
    chosen = Entry.objects.defer("words").in_bulk(ids) if ids else {}
    return Page([chosen[each] for each in ids], total, number, asked, divisions, size)


def _ranked(entries: QuerySet[Entry], best: list[Any], number: int, size: int) -> tuple[list[UUID], int, int]:
    """Return the ids of one page, how many there are in all, and which page it is.

    A page past the end is the last.
    """
    ranked = entries.order_by(*best, _not(Q(offered_by__isnull=False)), Collate("name", "C"), "id")
    start = (max(1, number) - 1) * size
    rows = list(ranked.annotate(total=Window(Count("*"))).values_list("pk", "total")[start : start + size])
    if rows or start == 0:
        return [pk for pk, _total in rows], rows[0][1] if rows else 0, max(1, number)
    total = entries.count()
    return _ranked(entries, best, max(1, -(-total // size)), size) if total else ([], 0, 1)


# What follows keeps the entries that fit, and says by what they are put in order, best first: nothing where
# nothing of the kind was asked.


def _for_need(entries: QuerySet[Entry], need: str) -> tuple[QuerySet[Entry], list[Any]]:
    if not need:
        return entries, []
    fit = RawSQL("array_position(directory_entry.needs, %s::varchar)", [need], output_field=IntegerField())
    return entries.filter(needs__contains=[need]), [fit]


def _at_place(
    entries: QuerySet[Entry], place: str, divisions: list[str]
) -> tuple[QuerySet[Entry], list[Any]]:
    if not place:
        return entries, []
    if not divisions:
        words = words_of(place)
        alike = _alike(words)
        if not words or len(alike) < len(words):  # every word of it, or it is another place
            return entries.none(), []
        named = reduce(and_, [Q(words__overlap=some) for some in alike.values()])
        return entries.filter(named, community__gt=""), []
    nearness = Case(
        When(community__iexact=place.strip(), then=0),
        When(division__in=divisions, then=1),
        default=2,
        output_field=IntegerField(),
    )
    beyond = Q(serves__overlap=[*divisions, "on"]) & ~Q(
        serves=[]
    )  # the second half lets it be found by its index
    return entries.filter(Q(division__in=divisions) | beyond), [nearness]


def _in_language(entries: QuerySet[Entry], language: str) -> tuple[QuerySet[Entry], list[Any]]:
    if not language:
        return entries, []
    named = [When(Q(name_fr__gt=""), then=1)] if language == "fr" else []
    fit = Case(When(languages__contains=[language], then=0), *named, default=2, output_field=IntegerField())
    return entries.filter(Q(languages__contains=[language]) | Q(languages=[])), [fit]


def _for_age(entries: QuerySet[Entry], age: int | None) -> QuerySet[Entry]:
    if age is None:
        return entries
    return entries.filter(
        Q(minimum_age=None) | Q(minimum_age__lte=age), Q(maximum_age=None) | Q(maximum_age__gte=age)
    )


def _by_words(
    entries: QuerySet[Entry], text: str, words: list[str], alike: dict[str, list[str]]
) -> tuple[QuerySet[Entry], list[Any]]:
    """Keep the entries that are found by every word typed.

    Those that hold them as they were typed come first, then those of the kind that was named.
    """
    if not words:
        return (entries.none() if text.strip() else entries), []
    meant = reduce(and_, [Q(words__overlap=some) for some in alike.values()]) if alike else Q(pk__in=[])
    kinds, needs = kinds_said(text), needs_said(text) or _needs_nearly_said(words, alike)
    if kinds:
        meant |= Q(
            service_type__in=kinds, needs__overlap=[need for kind in kinds for need in needs_of(kind)]
        )  # by way of the needs' index
    if needs:
        meant |= Q(needs__overlap=needs)
    of_the_kind = [_not(Q(service_type__in=kinds))] if kinds else []
    return entries.filter(meant), [_not(Q(words__contains=words)), *of_the_kind]


def _by_any_word(entries: QuerySet[Entry], alike: dict[str, list[str]]) -> tuple[QuerySet[Entry], list[Any]]:
    """Keep the entries that are found by any word typed; those found by more of them come first."""
    found = [Q(words__overlap=some) for some in alike.values()]
    missed = sum(
        (Case(When(each, then=0), default=1, output_field=IntegerField()) for each in found), Value(0)
    )
    return entries.filter(reduce(or_, found)), [missed]


def _not(condition: Q) -> Case:
    return Case(When(condition, then=Value(False)), default=Value(True), output_field=BooleanField())


def _needs_nearly_said(words: list[str], alike: dict[str, list[str]]) -> list[str]:
    """Return the needs whose own name has a word like one typed, of those that stand for nothing else."""
    named: dict[str, list[str]] = {}
    answered = {code: [code] for code in NEEDS} | {code: needs_of(code)[:1] for code in SERVICE_TYPES}
    for code, term in (NEEDS | SERVICE_TYPES).items():
        for word in words_of(term.en, term.fr):
            named.setdefault(word, []).extend(answered[code])
    unknown = [word for word in words if word not in alike and len(word) > _SHORT]
    meant = [near for word in unknown for near in get_close_matches(word, named, 1, 0.85)]
    return list(dict.fromkeys(code for near in meant for code in named[near]))


def _alike(words: list[str]) -> dict[str, list[str]]:
    """Return, for each word typed, the words of the directory that it may stand for.

    A word that names a need or a kind of service is no slip of another.
    """
    if not words:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, [words])
        near: dict[str, dict[str, float]] = {}
        named = {word for word in words if needs_said(word) or kinds_said(word)}
        for asked, word in cursor.fetchall():
            alike = 1.0 if word.startswith(asked) else SequenceMatcher(None, asked, word).ratio()
            if alike == 1 or (alike >= _NEARLY and asked not in named):
                near.setdefault(asked, {})[word] = alike
    return {asked: _nearest(asked, some) for asked, some in near.items()}


def _nearest(asked: str, near: dict[str, float]) -> list[str]:
    """Of the words one may stand for, all where it is one itself, else the nearest."""
    least = 0.0 if asked in near else max(near.values()) - 0.05
    return [word for word, alike in near.items() if alike >= least]
