"""A hundred and fifty files at every stage, from nothing filled in to the person's own last word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.desk.demo import people, words
from alongside.desk.demo.scenario import District, Story, Turn, ask, open_file, send, talk, wish
from alongside.files import commands as files
from alongside.kernel import clock
from alongside.plans import commands as plans
from alongside.referrals import commands as referrals

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.files.models import File
    from alongside.plans.models import Priority
    from alongside.referrals.models import Referral

# Whom one asks for what: agencies' short names.
ASKED_FOR = {
    "shelter_tonight": ("north-shore", "lakeside"),
    "shelter_weeks": ("north-shore", "lakeside", "homes"),
    "housing": ("homes",),
    "housing_costs": ("homes", "victim-services"),
    "counselling": ("blue-door", "passerelle", "stillwater"),
    "peer_support": ("blue-door", "maple-circle"),
    "indigenous_led": ("maple-circle",),
    "health_care": ("mill-street",),
    "dental": ("mill-street",),
    "assault_care": ("hospital",),
    "legal_advice": ("cedar",),
    "family_contact": ("cedar", "childrens-aid"),
    "record_clearing": ("cedar",),
    "immigration": ("cedar",),
    "substance_use": ("stillwater",),
    "accompaniment": ("blue-door", "victim-services"),
    "money": ("victim-services", "riverside"),
    "identification": ("mill-street", "riverside"),
    "pets": ("north-shore",),
    "safety": ("victim-services", "police"),
}
DECLINES: tuple[tuple[str, list[str], str], ...] = (
    ("no-capacity", ["full"], ""),
    ("waitlist", [], "months_1_3"),
    ("not-a-fit", ["pets"], ""),
    ("more-needed", [], ""),
    ("waitlist", ["french"], "months_3_6"),
    ("not-a-fit", ["catchment", "house_rules"], ""),
    ("no-capacity", ["full", "shared_room"], ""),
)


def nothing(d: District, by: Worker, ago: float) -> Story:
    """Somebody came by and said nothing about themselves. That is complete."""
    yield by, d.day(ago)
    open_file(by, d.day(ago))


def called(d: District, by: Worker, ago: float) -> Story:
    """Only what they want to be called."""
    yield by, d.day(ago, 11)
    open_file(by, d.day(ago, 11), d.name())


def reached(state: str) -> Callable[[District, Worker, float], Story]:
    """A way of reaching them, in this state."""

    def story(d: District, by: Worker, ago: float) -> Story:
        ago = {"ok": min(ago, 12.0), "stale": max(ago, 45.0)}.get(state, max(ago, 3.0))
        at = d.day(ago, 13)
        yield by, at
        file = open_file(by, at, d.name(), d.one_of(("en", "fr", "es")))
        body = dict(d.one_of(words.REACHES))
        contact = files.write_contact(
            file=file, contact_id=None, body=body, safe=state != "unverified", by=by, at=at
        )
        wish(file, d.one_of(words.WANTS), by, at)
        if state in ("suspended", "revoked"):
            yield by, d.day(ago / 2, 9)
            files.stop_contact(contact=contact, for_good=state == "revoked", by=by, at=d.day(ago / 2, 9))

    return story


def wanted(d: District, by: Worker, ago: float) -> Story:
    """What they want, in their order; what we do about it; what we merely think."""
    at = d.day(ago, 14)
    yield by, at
    file, wishes, _name = _begin(d, by, at, d.draw.randint(1, 4))
    for number, priority in enumerate(wishes):
        due = (
            clock.day(d.midnight) + timedelta(days=d.draw.randint(-3, 12)) if d.draw.random() < 0.7 else None
        )
        promised = d.one_of(words.STEPS_FR if priority.language == "fr" else words.STEPS)
        step = plans.add_step(
            file_id=file.id,
            priority_id=priority.id,
            words=promised,
            worker_id=by.pk,
            due_on=due,
            by=by,
            at=at,
        )
        if number % 2:
            plans.do_step(step=step, done=True, by=by, at=at)
    yield from _ours(d, file, by, ago, at)
    if len(wishes) > 2:
        yield by, d.day(ago / 3, 15)
        plans.order(file_id=file.id, ids=[p.id for p in reversed(wishes)], by=by, at=d.day(ago / 3, 15))
        plans.put_away(
            priority=wishes[0], how_it_went=d.one_of(words.HOW_IT_WENT), by=by, at=d.day(ago / 3, 15)
        )


def drafted(how: str) -> Callable[[District, Worker, float], Story]:
    """A request that has not gone: being written, or they said not now, or rather not."""

    def story(d: District, by: Worker, ago: float) -> Story:
        at = d.day(min(ago, 20), 10)
        yield by, at
        file, wishes, name = _begin(d, by, at, 2)
        asked = ask(d, file, _whom(d, wishes[0], by), wishes[0], _introduction(d, name, wishes[0]), by, at)
        if how:
            yield by, d.day(min(ago, 20) / 2, 11)
            release = consents.get_release(by, file.id, asked.release_id)
            consent.decline(
                release=release, for_good=how == "declined", by=by, at=d.day(min(ago, 20) / 2, 11)
            )

    return story


def asked(fate: str, number: int = 0) -> Callable[[District, Worker, float], Story]:
    """A request that went, and what became of it."""

    def story(d: District, by: Worker, ago: float) -> Story:
        ago = {
            "waiting": 1.0 + number % 3,
            "overdue": 9.0 + number,
            "expired": 70.0 + number,
            "soon": 26.0,
        }.get(fate, min(max(ago, 8.0), 160.0))
        at = d.day(ago, 9 + number % 6)
        yield by, at
        file, wishes, name = _begin(d, by, at, d.draw.randint(1, 3))
        to = _whom(d, wishes[0], by)
        request = ask(d, file, to, wishes[0], _introduction(d, name, wishes[0]), by, at)
        until = {"expired": at + timedelta(days=30), "soon": d.now + timedelta(days=3 + number % 3)}.get(
            fate, d.now + timedelta(days=10 + number % 9)
        )
        talk(file, request, by, at, until=until, kinds=("called", "languages", "introduction", "priority"))
        request = send(request, by, at, within=timedelta(days=5))
        answerer = d.workers[people.ANSWERS[_slug(d, to.pk)]]
        yield from _became(d, fate, number, request, by, answerer, ago)

    return story


def _became(
    d: District, fate: str, number: int, request: Referral, by: Worker, other: Worker, ago: float
) -> Iterator[Turn]:
    if fate in ("waiting", "overdue", "expired"):
        return
    if fate in ("taken-back", "withdrawn", "not-them", "mistake"):
        yield from _ended(d, fate, request, by, ago / 2)
        return
    first, last = d.day(ago * 0.7, 11), d.day(min(ago * 0.35, 6 + number), 15)
    yield other, first
    referrals.mark_seen(referral=request, by=other, at=first)
    if fate == "declined":
        reason, barriers, band = DECLINES[number % len(DECLINES)]
        referrals.decline(
            referral=request, reason=reason, barriers=barriers, wait_band=band, by=other, at=first
        )
    else:
        request = referrals.accept(referral=request, by=other, at=first)
        yield from _answered(d, fate, number, request, by, other, last)
    if number % 2:
        yield by, max(first, d.day(ago * 0.2, 16))
        referrals.acknowledge(referral=request, by=by, at=d.day(ago * 0.2, 16))


def _answered(
    d: District, fate: str, number: int, request: Referral, by: Worker, other: Worker, last: datetime
) -> Iterator[Turn]:
    moves = {
        "in-progress": ("in-progress",),
        "on-hold": ("in-progress", "on-hold"),
        "completed": ("in-progress", "completed"),
        "failed": ("failed",),
    }
    for to in moves.get(fate, ()):
        yield other, last
        request = referrals.progress(
            referral=request, to=to, barriers=["far"] if to == "failed" else [], by=other, at=last
        )
    outcome = ("worked", "chose-otherwise", "not-said", "worked", "")[number % 5]
    if fate == "completed" and outcome:
        yield by, d.day(1, 10)
        referrals.record_outcome(referral=request, outcome=outcome, by=by, at=d.day(1, 10))
    if fate == "fulfilled":
        yield by, d.day(1, 12)
        release = consents.get_release(by, request.file_id, request.release_id)
        consent.end(release=release, by=by, at=d.day(1, 12), because="done", state="fulfilled")


def _ended(d: District, fate: str, request: Referral, by: Worker, ago: float) -> Iterator[Turn]:
    at = d.day(ago, 12)
    yield by, at
    if fate == "taken-back":
        referrals.take_back(referral=request, by=by, at=at)
    elif fate == "withdrawn":
        referrals.withdraw(file_id=request.file_id, release_id=request.release_id, by=by, at=at)
    elif fate == "mistake":
        referrals.progress(referral=request, to="entered-in-error", by=by, at=at)
    else:
        referrals.block(
            file_id=request.file_id, against=f"agency:{request.to_agency_id}", item_id=None, by=by, at=at
        )


def blocked(kind: str) -> Callable[[District, Worker, float], Story]:
    """A "not them", of any kind.

    A role, a colleague, one thing for one agency, one thing for everybody else, or one taken back.
    """

    def story(d: District, by: Worker, ago: float) -> Story:
        at, later = d.day(ago, 10), d.day(ago / 2, 17)
        yield by, at
        file, wishes, _name = _begin(d, by, at, 2)
        yield by, later
        against, item = {
            "role": (f"role:{d.agencies['police'].pk}:intake", None),
            "colleague": (f"worker:{_colleague(d, by).pk}", None),
            "item": (f"agency:{d.agencies['childrens-aid'].pk}", wishes[0].id),
            "nobody": ("", wishes[-1].id),
            "lifted": (f"agency:{d.agencies['lakeside'].pk}", None),
        }[kind]
        referrals.block(file_id=file.id, against=against, item_id=item, by=by, at=later)
        if kind == "lifted":
            block = consents.blocks(file.id).get()
            consent.lift_block(block=block, by=by, at=later)

    return story


def closed(how: str) -> Callable[[District, Worker, float], Story]:
    """A file that is closed, closed and opened again, or that somebody asks to be destroyed."""

    def story(d: District, by: Worker, ago: float) -> Story:
        ago = max(ago, 60.0)
        at, end = d.day(ago, 10), d.day(ago / 3, 16)
        yield by, at
        file, _wishes, _name = _begin(d, by, at, 1)
        files.write_contact(file=file, contact_id=None, body=dict(words.REACHES[4]), safe=True, by=by, at=at)
        if how == "to destroy":
            asker = by if by.may("destroy-files") else _caseworker(d, by)
            yield asker, end
            files.ask_to_destroy(file=file, by=asker)
            return
        yield by, end
        files.close(file=file, by=by, at=end)
        if how == "reopened":
            yield by, d.day(ago / 6, 10)
            files.reopen(file=file, by=by, at=d.day(ago / 6, 10))

    return story


def _begin(d: District, by: Worker, at: datetime, number: int) -> tuple[File, list[Priority], str]:
    """Open a file with a name, a language and what they want. At the French desk, in French."""
    french = d.agencies["passerelle"].pk == by.agency_id or d.draw.random() < 0.12
    able = [want for want in words.WANTS if (want[2] == "fr") == french and want[0] in ASKED_FOR]
    wants = [d.one_of(able), *(d.one_of(words.WANTS) for _ in range(number - 1))]
    name = d.name()
    file = open_file(by, at, name, "fr" if french else wants[-1][2])
    paces = ("now", "now", "later", "not-now", "")
    wishes = [wish(file, want, by, at, pace=paces[place % 5]) for place, want in enumerate(wants)]
    return file, wishes, name[0]


def _ours(d: District, file: File, by: Worker, ago: float, at: datetime) -> Iterator[Turn]:
    if d.draw.random() < 0.4:
        plans.add_step(
            file_id=file.id,
            priority_id=None,
            words=d.one_of(words.OURS),
            worker_id=by.pk,
            due_on=None,
            by=by,
            at=at,
        )
    if d.draw.random() < 0.4:
        idea = plans.suggest(file_id=file.id, words=d.one_of(words.IDEAS), by=by, at=at)
        if d.draw.random() < 0.3:
            yield by, d.day(ago / 2, 12)
            plans.drop_suggestion(suggestion=idea, by=by, at=d.day(ago / 2, 12))


def _whom(d: District, about: Priority, by: Worker) -> Any:
    able = [d.agencies[slug] for slug in ASKED_FOR[about.need] if d.agencies[slug].pk != by.agency_id]
    return d.one_of(able or [d.agencies["riverside"], d.agencies["blue-door"]])


def _introduction(d: District, name: str, about: Priority) -> str:
    language = "fr" if about.language == "fr" else "en"
    return d.one_of(words.INTRODUCTIONS[language]).format(called=name)


def _colleague(d: District, by: Worker) -> Worker:
    return next(
        (w for w in d.workers.values() if w.agency_id == by.agency_id and w.pk != by.pk), d.workers["bo"]
    )


def _caseworker(d: District, by: Worker) -> Worker:
    return next(w for w in d.workers.values() if w.agency_id == by.agency_id and w.role == "caseworker")


def _slug(d: District, agency_id: Any) -> str:
    return next(slug for slug, agency in d.agencies.items() if agency.pk == agency_id)


def every_stage() -> list[Callable[[District, Worker, float], Story]]:
    """Return the stages of eighty-eight files; seven more are scripted."""
    return [
        *[closed("to destroy") for _ in range(2)],
        *[nothing] * 3,
        *[called] * 6,
        *[reached(state) for state in ("ok", "ok", "unverified", "stale", "suspended", "revoked")],
        *[wanted] * 12,
        *[drafted(how) for how in ("", "", "", "deferred", "declined")],
        *[
            asked(fate, n)
            for fate, many in (
                ("waiting", 5),
                ("overdue", 5),
                ("accepted", 3),
                ("in-progress", 3),
                ("completed", 3),
            )
            for n in range(many)
        ],
        *[asked("declined", n) for n in range(len(DECLINES))],
        *[
            asked(fate, n)
            for fate in ("on-hold", "failed", "taken-back", "withdrawn", "expired", "soon")
            for n in range(2)
        ],
        *[asked(fate) for fate in ("not-them", "mistake", "fulfilled")],
        *[blocked(kind) for kind in ("role", "colleague", "item", "nobody", "lifted")],
        *[closed("") for _ in range(6)],
        closed("reopened"),
        closed("to destroy"),
    ]
