"""The invented brief, from first interview to published edition, by the commands of a real one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from alongside.briefs import commands, queries, rules
from alongside.briefs.demo import draft, interviews, numbers, words
from alongside.kernel import ctx

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.models import Brief, Edition

BASE = "https://alongside.example"
NOTES = {
    "fairness": (
        "partly",
        "It holds for the district it was counted in; who never reached an agency is not in it.",
    )
}


@dataclass(frozen=True)
class People:
    """Who makes it: two evidence editors and somebody who signs with them."""

    editor: Worker
    second: Worker
    leader: Worker
    callers: tuple[Worker, ...] = ()  # workers of agencies whose noes are invented first
    leaders: tuple[Worker, ...] = ()  # who give their agencies' noes to be counted together


def make(
    people: People, at: datetime, base: str = BASE, say: Callable[[str], None] = lambda _words: None
) -> Edition:
    """Make the invented edition; `say` is told each step."""
    gathered = interviews.gather(by=people.editor, second=people.second, at=at)
    say(f"{len(gathered.quotes)} quotes, each seen and agreed to by whoever spoke")
    noes = numbers.count(people.callers, people.leaders, at)
    say(f"{noes} requests that came to nothing, at {len(people.callers)} agencies")
    with ctx.as_worker(people.editor.pk):
        tables = numbers.prepare(by=people.editor, at=at)
    say(f"{len(tables)} tables, protected for everybody")
    with ctx.as_worker(people.editor.pk):
        brief = written(people.editor, gathered, tables, at)
        checksum = commands.prove(brief=brief, base=base, by=people.editor, at=at).checksum
    for who in (people.editor, people.leader):
        with ctx.as_worker(who.pk):
            commands.sign(brief=queries.get_brief(who, brief.pk), checksum=checksum, by=who, at=at)
    say("signed by two")
    with ctx.as_worker(people.editor.pk):
        return commands.publish(brief=brief, by=people.editor, at=at)


def written(
    by: Worker, gathered: interviews.Gathered, tables: dict[str, tuple[UUID, words.Pair]], at: datetime
) -> Brief:
    """Write the brief with its quotes, tables and answers, ready to be put in proof."""
    brief = draft.write(by=by, at=at, study_id=gathered.study_id, half=numbers.half_before(at))
    advice = {
        recommendation.code: recommendation for _title, group in words.GROUPS for recommendation in group
    }
    shown = {"need": "need-half", "barrier": "barrier-region", "shelter": "need-region"}
    for section in queries.sections(brief):
        if section.kind == queries.Kind.RECOMMENDATION:
            recommendation = advice[section.code]
            _choose(section, [gathered.quotes[said.words] for said in recommendation.quotes], by, at)
            if recommendation.table in shown:
                release_id, finding = tables[shown[recommendation.table]]
                commands.choose_figures(
                    section=section, figures=[(release_id, draft.both(finding))], by=by, at=at
                )
        elif section.kind == queries.Kind.PLEA:
            _choose(section, [gathered.quotes[words.PLEA_QUOTE.words]], by, at)
    for question in rules.QUESTIONS:
        answer, note = NOTES.get(question, (rules.answers_to(question)[0], ""))
        commands.answer(brief=brief, question=question, answer=answer, words=note, by=by, at=at)
    return brief


def _choose(section: Any, quote_ids: list[UUID], by: Worker, at: datetime) -> None:
    commands.choose_quotes(section=section, quote_ids=quote_ids, by=by, at=at)
