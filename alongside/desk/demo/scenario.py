"""How a story is told: turn by turn.

Each turn at its moment and signed as the worker whose turn it is, all stories in the order of their days.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from alongside.agencies.queries import seated
from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.desk.demo import words
from alongside.files import commands as files
from alongside.files import queries as file_queries
from alongside.kernel import ctx
from alongside.kernel.commands import finish_effects
from alongside.plans import commands as plans
from alongside.plans import queries as plan_queries
from alongside.referrals import commands as referrals
from alongside.referrals import queries as referral_queries
from alongside.trail import commands as trail

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker
    from alongside.files.models import File
    from alongside.plans.models import Priority
    from alongside.referrals.models import Referral

Thing = TypeVar("Thing")
Turn = tuple["Worker", datetime]
Story = Generator[Turn, None, None]
LONG_ENOUGH = timedelta(
    days=178
)  # an agreement lasts 180 days at most, and the other side can answer here only while it lives


@dataclass
class District:
    """Who there is, what day it is, and the seed from which everything is drawn."""

    now: datetime
    midnight: datetime
    agencies: dict[str, Agency]
    workers: dict[str, Worker]
    draw: random.Random
    entries: dict[str, UUID] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)

    def day(self, ago: float, hour: float = 10) -> datetime:
        """Return a moment so many days ago, never later than now."""
        return min(self.now, self.midnight - timedelta(days=ago) + timedelta(hours=hour))

    def one_of(self, things: Sequence[Thing]) -> Thing:
        """Draw one of these."""
        return self.draw.choice(things)

    def name(self) -> tuple[str, str]:
        """Draw what somebody wants to be called, every name once before any comes again."""
        if not self.names:
            self.names = list(words.CALLED)
            self.draw.shuffle(self.names)
        return self.names.pop()


def replay(stories: Iterable[Story]) -> int:
    """Tell the stories, each turn in the order of its moment; return how many turns there were."""
    waiting: list[tuple[datetime, int, Worker, Story]] = []
    for number, story in enumerate(stories):
        by, at = next(story)
        waiting.append((at, number, by, story))
    heapq.heapify(waiting)
    turns = 0
    while waiting:
        worker = waiting[0][2]
        with ctx.as_worker(worker.pk), trail.gathered():
            while waiting and waiting[0][2] == worker:
                _, number, _, story = heapq.heappop(waiting)
                turns += 1
                following = next(story, None)
                if following:
                    heapq.heappush(waiting, (following[1], number, following[0], story))
        finish_effects()  # keys that were lent in this turn are there in the next
    return turns


def wish(
    file: File, want: Sequence[str], by: Worker, at: datetime, *, pace: str = "now", **private: str
) -> Priority:
    """Write down what somebody wants: need, statement, language, what good looks like, next step."""
    need, statement, language, good, step = want
    said = {name: text for name, text in (("statement", statement), ("good", good), ("step", step)) if text}
    facts = {"pace": pace, "language": language, "need": need}
    return plans.add_priority(file_id=file.id, words=said, private=private, facts=facts, by=by, at=at)


def ask(
    d: District,
    file: File,
    to: Agency,
    about: Priority,
    introduction: str,
    by: Worker,
    at: datetime,
    *,
    role: str = "",
) -> Referral:
    """Begin to ask for the service an agency offers, with the introduction read back and right."""
    entry = d.entries.get(to.slug)
    asked = referrals.draft(
        file_id=file.id,
        to_agency_id=to.pk,
        to_role=role,
        need=about.need,
        priority_id=about.id,
        entry_id=entry,
        by=by,
        at=at,
    )
    return referrals.introduce(referral=asked, words=introduction, approved=True, by=by, at=at)


def talk(
    file: File,
    asked: Referral,
    by: Worker,
    at: datetime,
    *,
    until: datetime,
    kinds: Sequence[str] = ("called", "introduction", "priority"),
) -> None:
    """Put down what is to be shared and how it was agreed, without its counting yet.

    Of what they want, only what is asked about.
    """
    release = consents.get_release(by, file.id, asked.release_id)
    items = [
        *referral_queries.shareable_introduction(by, asked),
        *file_queries.shareable(by, file),
        *plan_queries.shareable(by, file.id),
    ]
    chosen = [
        i for i in items if i["kind"] in kinds and (i["kind"] != "priority" or i["id"] == asked.priority_id)
    ]
    consent.name_items(release=release, items=chosen, by=by)
    consent.set_terms(
        release=release,
        by=by,
        until=until,
        capacity="self",
        method="oral-witnessed",
        others_present="alone",
        explained=True,
    )


def send(asked: Referral, by: Worker, at: datetime, *, within: timedelta = timedelta(days=5)) -> Referral:
    """Let it count and go."""
    draft = referral_queries.get_draft(by, asked.id)
    release = consents.get_release(by, draft.file_id, draft.release_id)
    return referrals.agree_and_send(
        referral=draft,
        read_back=referral_queries.paper(by, draft, release).version,
        answer_within=within,
        by=by,
        at=at,
    )


def open_file(by: Worker, at: datetime, called: tuple[str, str] | None = None, language: str = "") -> File:
    """Open a file; perhaps with what to call them and their language."""
    file = files.open(by=by, at=at)
    if called:
        files.set_name(file=file, called=called[0], pronouns=called[1], by=by, at=at)
    if language:
        files.set_languages(
            file=file,
            tags=[language, "en"] if language != "en" else ["en"],
            words=words.IN_THEIR_LANGUAGES[language],
            by=by,
            at=at,
        )
    return file


def seat(worker: Any) -> Worker:
    """Return a worker as the pages know them, with agency and account."""
    found = seated(worker.pk)
    assert found  # noqa: S101 - seated a moment ago
    return found
