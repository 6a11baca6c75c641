"""What may be printed under the words: a role, a role and a region, or what is broader than both.

A role that stands for fewer than three people of the study names one (practice.md 6), so it is merged into a
broader one, whatever was agreed to. What the speaker chose as a name stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.evidence import queries as evidence
from alongside.quotes.models import Attribution, Quote
from alongside.quotes.queries.terms import agreed_terms, attribution_of, broader_attribution

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.quotes.queries.publishable import Quotable
    from alongside.quotes.rules import Terms

    Path = tuple[str, ...]
    People = Mapping[UUID, Path]

ROLES = (Attribution.ROLE, Attribution.ROLE_REGION)


def attributed(
    viewer: Worker, study_id: UUID, agreed: Iterable[Quote], found: Iterable[Quotable]
) -> list[Quotable]:
    """Put under each quote what may stand there, and count how many people of the study that could be.

    Without as many behind a role and its region, the role stands alone; without as many behind the role, only
    as what somebody speaks.
    """
    quotes = {quote.id: quote for quote in agreed}
    said = [
        (quotable, quote, agreed_terms(quote.consent))
        for quotable in found
        if (quote := quotes[quotable.id]).consent
    ]
    took_part = evidence.participants(viewer, study_id)
    people = {person.pk: evidence.path_of(person) for person in took_part}
    tongues: dict[UUID, set[str]] = defaultdict(set)
    for person in took_part:
        tongues[person.pk] |= {person.language} - {""}
    named: dict[tuple[str, ...], set[UUID]] = defaultdict(set)
    for quotable, quote, terms in said:
        tongues[quotable.speaker_id].add(quotable.original)
        named[_name(quotable)].add(quotable.speaker_id)
        if terms.attribution in ROLES or quotable.speaker_id not in people:
            people[quotable.speaker_id] = _path(quote, terms) or (_as_what(quote),)
    unnamed = set(people) - {quotable.speaker_id for quotable, quote, terms in said if _path(quote, terms)}
    may: dict[UUID, Path] = {}
    for as_what in {path[0] for path in people.values()}:  # both stand for more people than take part
        those = {who: path for who, path in people.items() if path[0] == as_what}
        may |= evidence.generalised(those, unnamed)
    printed = []
    for quotable, quote, terms in said:
        path = _path_printed(quote, terms, may[quotable.speaker_id])
        could = named[_name(quotable)] if terms.attribution == Attribution.NAME else _under(people, path)
        alike = sum(not tongues[person] or quotable.original in tongues[person] for person in could)
        printed.append(replace(_printed(quotable, quote, terms, path), alike=alike))
    return printed


def joined(quotables: Iterable[Quotable]) -> list[Quotable]:
    """Return one of each speaker's quotes that a reader can tell to be of one person.

    The same stands under them, they were said in the same language, and there are fewer than three of whom
    both are true.
    """
    few: dict[tuple[UUID, str, tuple[str, ...]], list[Quotable]] = defaultdict(list)
    for quotable in quotables:
        for speaker in quotable.speakers if quotable.alike < evidence.LEAST else ():
            few[speaker, quotable.original, _name(quotable)].append(quotable)
    return [first for first, *others in few.values() if others]


def _name(quotable: Quotable) -> tuple[str, ...]:
    return tuple(words.casefold() for words in quotable.attribution.values())


def _as_what(quote: Quote) -> str:
    return "lived" if quote.lived else "provider"


def _path(quote: Quote, terms: Terms) -> Path:
    """What was agreed to stand under a quote, from the broadest on; empty where nothing does."""
    if terms.attribution in (Attribution.NOTHING, Attribution.NAME):
        return ()
    as_what = _as_what(quote)
    if terms.attribution == Attribution.LIVED:
        return (as_what,)
    role = terms.names.get("en", "").casefold()
    return (as_what, role, terms.region) if terms.region else (as_what, role)


def _path_printed(quote: Quote, terms: Terms, allowed: Path) -> Path:
    """What is printed of it: no more than may be, and of a role at least as what somebody speaks."""
    path = _path(quote, terms)
    if terms.attribution in ROLES:
        return path[: max(1, len(allowed))] if path[: len(allowed)] == allowed else path[:1]
    return path


def _under(people: People, path: Path) -> list[UUID]:
    return [person for person, whole in people.items() if whole[: len(path)] == path]


def _printed(quotable: Quotable, quote: Quote, terms: Terms, path: Path) -> Quotable:
    if path == _path(quote, terms):
        return quotable
    if len(path) > 1:
        alone = attribution_of(quote, replace(terms, attribution=Attribution.ROLE, region=""))
        return replace(quotable, attribution=alone, merged=True)
    return replace(quotable, attribution=broader_attribution(quote), merged=True)
