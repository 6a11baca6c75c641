"""First appointments, and who goes along to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from alongside.accompaniment import commands as companions
from alongside.accompaniment.commands import availability as planning
from alongside.accompaniment.commands import check_ins as watches
from alongside.accompaniment.queries import State
from alongside.appointments import commands as appointments
from alongside.files.queries import caseload
from alongside.handovers import commands as handovers
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7

if TYPE_CHECKING:
    from alongside.accompaniment.models import Accompaniment
    from alongside.agencies.models import Worker
    from alongside.appointments.models import Appointment
    from alongside.desk.demo.scenario import District
    from alongside.files.models import File

# from now on, in hours; how long; their name for it, where, and what is to be arranged
BOOKED: tuple[tuple[float, int, str, str, dict[str, str]], ...] = (
    (-50.0, 1, "The dentist", "Mill Street Clinic, side door", {}),
    (3.0, 1, "The Tuesday thing", "18 Mill Street, side door", {"travel": "A taxi both ways"}),
    (26.0, 2, "The paper place", "Service desk, second floor", {"childcare": "For two, until noon"}),
    (75.0, 1, "The room with the plants", "Second floor, blue door", {}),
)
# what whoever goes along reads
CARD = {
    "called": "Jo",
    "introduction": "This is Jo. Jo would like to know how to see their son.",
    "said": "Only that I have a son. Nothing about before.",
    "not_said": "Where they live. Who told them to come.",
    "signal": "Did you bring the blue one?",
    "speaks": "Jo. You, only when they look at you.",
}
RING = "whoever is on, 555-0134"
AGREED = (
    "Don’t ring them. Ring Ruth, and say which colleague it is. Ruth decides with you who goes there,"
    " in twos, and whether the police are asked."
)
WARNING = "The waiting room has two doors: sit by the second."


def tell(d: District) -> list[Appointment]:
    """Book four appointments for people of Maya's caseload; one was yesterday, one needs an interpreter."""
    maya = d.workers["maya"]
    with ctx.as_worker(maya.pk):
        files = list(caseload(maya, mine=True))[: len(BOOKED)]
        made = [_book(d, file, *told) for file, told in zip(files, BOOKED, strict=False)]
        past, soon = made[0], made[1]
        appointments.attend(
            appointment=past, attendance="went", next_step="Again in six months.", by=maya, at=d.now
        )
        appointments.seek_interpreter(
            appointment=soon, language="ase", manner="present", source="sign-service", worker_id=None,
            order="", by=maya, at=d.now,
        )  # fmt: skip
    return made


def _book(
    d: District, file: File, hours: float, long: int, alias: str, where: str, arrange: dict[str, str]
) -> Appointment:
    starts = (d.now + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
    return appointments.book(
        id=uuid7(),
        file_id=file.id,
        starts_at=starts,
        ends_at=starts + timedelta(hours=long),
        words={"alias": alias, "where": where, "arrangements": arrange},
        by=d.workers["maya"],
        at=min(d.now, starts - timedelta(days=1)),
    )


def tell_companions(d: District, booked: list[Appointment]) -> None:
    """Who goes along at Riverside; Sol with one person today, and somebody who fell ill tomorrow.

    June is on leave for a week.
    """
    maya, sol, priya, ruth = (d.workers[name] for name in ("maya", "sol", "priya", "ruth"))
    a_year_ago, lately = clock.day(d.now) - timedelta(days=300), clock.day(d.now) - timedelta(days=40)
    with ctx.as_worker(ruth.pk):
        for who, kind, languages in ((sol, "peer", ["en", "es"]), (priya, "worker", ["en", "fr"])):
            companions.keep_companion(
                worker_id=who.pk, kind=kind, record_checked_on=a_year_ago, trained_on=a_year_ago,
                conflicts_said_on=lately, languages=languages, gender="", is_free=True, by=ruth, at=d.now,
            )  # fmt: skip
        _places(ruth)
        in_a_week = clock.day(d.now) + timedelta(days=7)
        handovers.say_away(whose=d.workers["june"], back_on=in_a_week, by=ruth, at=d.now)
    for who, until in ((sol, 16 * 60), (priya, 15 * 60)):
        with ctx.as_worker(who.pk):
            week = {weekday: [(8 * 60, until)] for weekday in range(5)}
            planning.keep_week(worker_id=who.pk, week=week, by=who, at=d.now)
    today, ill = booked[1], booked[2]
    with ctx.as_worker(maya.pk):
        with_sol = _prepared(d, today, sol, priya)
        gone = _prepared(d, ill, sol, priya)
        planning.wish(
            accompaniment=gone, place_id=None, language="fr", is_must=False, gender="", by=maya, at=d.now
        )
        companions.answer(appointment=booked[3], state=State.MAYBE, by=maya, at=d.now)
    with ctx.as_worker(sol.pk):
        companions.cannot_come(accompaniment=gone, by=sol, at=d.now)
    _watched(d, ruth, priya, sol, with_sol)


def _watched(d: District, ruth: Worker, priya: Worker, sol: Worker, going: Accompaniment) -> None:
    """Riverside agreed how somebody watches; Priya does until tonight, over Sol."""
    with ctx.as_worker(ruth.pk):
        watches.keep_rules(minutes=20, ring=RING, instructions=AGREED, by=ruth, at=d.now)
    with ctx.as_worker(priya.pk):
        watches.watch(until_at=d.now + timedelta(hours=9), by=priya, at=d.now)
    with ctx.as_worker(sol.pk):
        watches.check_in(
            accompaniment=going, watcher_id=priya.pk, where="18 Mill Street, side door",
            until_at=d.now + timedelta(hours=5), by=sol, at=d.now,
        )  # fmt: skip


def _places(ruth: Worker) -> None:
    """Three places under Riverside's own words for them; the way up the hill takes longer than down."""
    house, court, clinic = places = [uuid7() for _ in range(3)]
    for place, name in zip(places, ("Our place", "The courthouse", "The clinic up the hill"), strict=True):
        planning.name_place(place_id=place, name=name, by=ruth)
    planning.keep_ways(
        minutes={
            (house, court): 15,
            (court, house): 15,
            (house, clinic): 25,
            (clinic, house): 20,
            (None, None): 40,
        },
        by=ruth,
    )


def _prepared(d: District, appointment: Appointment, who: Worker, instead: Worker) -> Accompaniment:
    maya = d.workers["maya"]
    made = companions.answer(appointment=appointment, state=State.ACCEPTED, by=maya, at=d.now)
    companions.choose(
        accompaniment=made, companion_id=who.pk, backup_id=instead.pk, is_own=False, by=maya, at=d.now
    )
    companions.prepare(
        accompaniment=made, words=CARD, warning=WARNING, met="met", seat="beside",
        by=maya, at=d.now,
    )  # fmt: skip
    companions.confirm(accompaniment=made, by=maya, at=d.now)
    return made
