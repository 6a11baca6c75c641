"""The invented interviews, and the quotes from them.

Brought in, read by two, shown to whoever spoke, agreed, translated and checked, all by command.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from alongside.briefs.demo import words
from alongside.evidence import commands as evidence
from alongside.evidence import queries as evidences
from alongside.kernel import clock, ctx
from alongside.quotes import commands as quotes
from alongside.quotes import queries as quotables

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.demo.words import Said

LIVED = (5, 8, 10)
QUESTIONS = (
    "What did people ask you for this year?",
    "What could you not find for them?",
    "What stood in the way?",
    "When did agencies act together, and what made that possible?",
    "What did people say they wanted first?",
    "What would you do with another worker?",
    "What should somebody who has never worked here know?",
)
BEFORE = "I have been thinking about your question since last week. There is not one answer to it."
AFTER = (
    "I don't know whether that helps. You asked what could not be had, and mostly that is what I think about."
)


@dataclass
class Gathered:
    """The invented study, and its quotes by what was said."""

    study_id: UUID
    quotes: dict[words.Pair, UUID] = field(default_factory=dict)


def all_said() -> list[Said]:
    """Every invented quote, in the order of print."""
    return [
        *(
            said
            for _title, advice in words.GROUPS
            for recommendation in advice
            for said in recommendation.quotes
        ),
        words.PLEA_QUOTE,
    ]


def gather(*, by: Worker, second: Worker, at: datetime) -> Gathered:
    """Do the whole study: interviews, themes, two readers, and quotes that may be printed.

    `second` reads blind and checks translations.
    """
    with ctx.as_worker(by.pk):
        study = evidence.open_study(facts=_study(at), by=by, at=at)
        themes = {
            code: evidence.make_code(
                study_id=study.pk, facts={"name": name[0], "is_theme": True}, by=by, at=at
            ).pk
            for code, name in words.THEMES
        }
    told: dict[int, list[Said]] = defaultdict(list)
    for said in all_said():
        told[said.speaker].append(said)
    gathered = Gathered(study.pk)
    for speaker, all_of_them in sorted(told.items()):
        with ctx.as_worker(by.pk):
            person = _person(study.pk, speaker, all_of_them[0].original, by, at)
            source, passages = _interview(study.pk, person.pk, speaker, all_of_them, themes, by, at)
            asked = [
                _agreed(said, study.pk, themes[said.theme], source.pk, person.pk, passage[0], by, at)
                for said, passage in zip(all_of_them, passages, strict=True)
            ]
        with ctx.as_worker(second.pk):
            if speaker <= 6:
                _read_again(source.pk, passages, second, at, all_but_last=speaker == 6)
            for said, (quote, translated) in zip(all_of_them, asked, strict=True):
                quotes.think_over(
                    quote=quote, answer="no", traces=[], reasons="", their_choice=False, by=second, at=at
                )
                quotes.check_translation(translation=translated, by=second, at=at)
                gathered.quotes[said.words] = UUID(str(quote.pk))
    return gathered


def _study(at: datetime) -> dict[str, Any]:
    day = clock.day(at)
    return {
        "title": "What could not be had in Two Rivers",
        "question": "What was asked for in the district that could not be had, and what would have helped?",
        "method": words.METHOD[0].split("^")[0].strip(),
        "guide": list(QUESTIONS),
        "recruited_from": day - timedelta(days=150),
        "recruited_until": day - timedelta(days=90),
        "ethics": "None needed: invented for a demonstration",
    }


def _person(study_id: UUID, speaker: int, language: str, by: Worker, at: datetime) -> Any:
    role, role_fr = (name.lower() for name in words.ATTRIBUTION[speaker])
    facts = {
        "role": role,
        "role_fr": role_fr,
        "speaks_as": "lived" if speaker in LIVED else "provider",
        "language": language,
    }
    return evidence.add_participant(study_id=study_id, facts=facts, by=by, at=at)


def _interview(
    study_id: UUID,
    person_id: UUID,
    speaker: int,
    told: list[Said],
    themes: dict[str, UUID],
    by: Worker,
    at: datetime,
) -> tuple[Any, list[tuple[UUID, UUID, int, int]]]:
    """Bring an interview in, see to its identifying words, and code what is quoted from it."""
    language = told[0].original
    text = "\n\n".join([BEFORE, *(said.words[1 if language == "fr" else 0] for said in told), AFTER])
    on: date = clock.day(at) - timedelta(days=140 - 4 * speaker)
    source = evidence.bring_in(
        study_id=study_id,
        name=f"Interview {speaker}",
        text=text,
        language=language,
        collected_on=on,
        participant_id=person_id,
        by=by,
        at=at,
    )
    evidence.decide(
        source_id=source.pk,
        identifier_ids=[identifier.pk for identifier in evidences.identifiers_of(source)],
        decision="keep",
        by=by,
        at=at,
    )
    source = evidence.finish(source_id=source.pk, by=by, at=at)
    clean, passages = evidences.words_of(source), []
    for said in told:
        words_said = said.words[1 if language == "fr" else 0]
        start = clean.index(words_said)
        place = (themes[said.theme], start, start + len(words_said))
        coding = evidence.code_passage(
            source_id=source.pk, code_id=place[0], start=place[1], end=place[2], by=by, at=at
        )
        passages.append((coding.pk, *place))
    return source, passages


def _read_again(
    source_id: UUID,
    passages: list[tuple[UUID, UUID, int, int]],
    second: Worker,
    at: datetime,
    *,
    all_but_last: bool,
) -> None:
    """A second reader, blind, who mostly sees the same."""
    evidence.begin_blind_coding(source_id=source_id, by=second, at=at)
    for _coding, code_id, start, end in passages[: -1 if all_but_last else None]:
        evidence.code_passage(source_id=source_id, code_id=code_id, start=start, end=end, by=second, at=at)
    evidence.finish_blind_coding(source_id=source_id, by=second, at=at)


def _agreed(
    said: Said,
    study_id: UUID,
    theme_id: UUID,
    source_id: UUID,
    person_id: UUID,
    coding_id: UUID,
    by: Worker,
    at: datetime,
) -> tuple[Any, Any]:
    """Collect a quote, show it to whoever spoke, write down their yes, and translate it."""
    lived, other = said.speaker in LIVED, "en" if said.original == "fr" else "fr"
    own, translated = said.words if said.original == "en" else said.words[::-1]
    quote = quotes.collect(
        study_id=study_id,
        words=own,
        language=said.original,
        lived=lived,
        theme_id=theme_id,
        source_id=source_id,
        participant_id=person_id,
        passage_id=coding_id,
        by=by,
        at=at,
    )
    quotes.show(
        quote=quote,
        digest=quotables.digest_of(quote, own),
        way="paper",
        shown_by_role="interviewer",
        by=by,
        at=at,
    )
    until = (clock.day(at) + timedelta(days=365)).isoformat()
    name = {"name_en": said.attribution[0], "name_fr": said.attribution[1]}
    terms = {
        "attribution": "lived" if lived else "role",
        "audiences": ["table", "funder", "public"],
        "may_translate": True,
        "until": until,
    }
    quotes.set_terms(quote=quote, by=by, **(terms | name))
    quotes.agree(quote=quote, by=by, at=at)
    made = quotes.translate(
        quote=quote, language=other, words=translated, translator="certified", by=by, at=at
    )
    return quote, made
