"""What can be said of somebody for an appointment: codes and values, which `words` puts into a sentence.

Each is said of these two alone, never beside others: "the fewest hours of all" would tell who was counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alongside.accompaniment.matching.options import Options, Plan
from alongside.accompaniment.matching.problem import Appointment, Companion

ONE_OUTING = timedelta(hours=6)  # two appointments no further apart are gone to one after the other


class Code(StrEnum):
    """What is said; beside it, what the value of a reason holds."""

    CHOSEN = "chosen"  # the person chose them
    BACKUP = "backup"  # the person would take them instead
    NOT_FREE = "not_free"  # they were chosen, and are not free then
    AT_ONCE = "at_once"  # they were chosen for another at the same time: its id
    NO_TIME_BETWEEN = (
        "no_time_between"  # they were chosen for another that the way leaves no time for: its id
    )
    KNOWS = "knows"  # how often they went along
    NEVER_MET = "never_met"
    SAME_FACE = "same_face"  # to how many more appointments of this person they come in these days
    SPEAKS = "speaks"  # the language wished for
    SPEAKS_NOT = "speaks_not"
    GENDER = "gender"  # the gender wished for
    GENDER_NOT = "gender_not"
    FREE_UNTIL = "free_until"  # the moment
    WAY = "way"  # minutes from home
    WAY_ASSUMED = "way_assumed"  # minutes assumed for a way that is not in the table


CONFLICTS = frozenset({Code.NOT_FREE, Code.AT_ONCE, Code.NO_TIME_BETWEEN})


@dataclass(frozen=True)
class Reason:
    """One thing that can be said of somebody for an appointment."""

    code: Code
    value: int | str | datetime | None = None


class Reasons:
    """What can be said beside a plan."""

    def __init__(self, options: Options, plan: Plan) -> None:
        self.options = options
        self.agenda: dict[str, list[Appointment]] = {companion: [] for companion in options.companions}
        for name, appointment in options.appointments.items():
            if name in plan:
                self.agenda[plan[name]].append(appointment)

    def of(self, name: str, appointment: Appointment) -> tuple[Reason, ...]:
        """Return what can be said of a companion for an appointment, the person's own word first."""
        companion = self.options.companions[name]
        besides = [other for other in self.agenda[name] if other.id != appointment.id]
        return (
            *_person_said(companion, appointment),
            *(self._conflicts(companion, appointment, besides) if appointment.chosen == name else ()),
            *_familiar(companion, appointment, besides),
            *_wishes(companion, appointment),
            *self._free_until(companion, appointment, besides),
            *self._way(companion, appointment, besides),
        )

    def assumed(self) -> set[tuple[str, str]]:
        """Return the ways of the plan between named places that are not in the table."""
        return {
            (here, there)
            for name, agenda in self.agenda.items()
            for appointment in agenda
            for here, there in self._legs(self.options.companions[name], appointment, agenda)
            if here and there and not self.options.travel.way(here, there).known
        }

    def _conflicts(
        self, companion: Companion, appointment: Appointment, besides: list[Appointment]
    ) -> Iterator[Reason]:
        if companion.free(appointment.begins_at, appointment.ends_at) is None:
            yield Reason(Code.NOT_FREE)
        for other in besides:
            if other.id in self.options.clashes[appointment.id]:
                at_once = other.begins_at < appointment.ends_at and appointment.begins_at < other.ends_at
                yield Reason(Code.AT_ONCE if at_once else Code.NO_TIME_BETWEEN, other.id)

    def _free_until(
        self, companion: Companion, appointment: Appointment, besides: list[Appointment]
    ) -> Iterator[Reason]:
        span = companion.free(appointment.begins_at, appointment.ends_at)
        leaves = [
            other.begins_at - self.options.travel.takes(appointment.place, other.place)
            for other in besides
            if other.begins_at >= appointment.ends_at
        ]
        if span and (until := min([span[1], *leaves])) >= appointment.ends_at:
            yield Reason(Code.FREE_UNTIL, until)

    def _way(
        self, companion: Companion, appointment: Appointment, besides: list[Appointment]
    ) -> Iterator[Reason]:
        travel = self.options.travel
        from_home = travel.way(companion.home, appointment.place)
        if from_home.known and from_home.minutes:
            yield Reason(Code.WAY, from_home.minutes)
        if not all(travel.way(*leg).known for leg in self._legs(companion, appointment, besides)):
            yield Reason(Code.WAY_ASSUMED, travel.unknown)

    def _legs(
        self, companion: Companion, appointment: Appointment, agenda: list[Appointment]
    ) -> Iterator[tuple[str, str]]:
        yield companion.home, appointment.place
        yield appointment.place, companion.home
        before = [other for other in agenda if other.ends_at <= appointment.begins_at]
        if before and appointment.begins_at - before[-1].ends_at <= ONE_OUTING:
            yield before[-1].place, appointment.place


def _person_said(companion: Companion, appointment: Appointment) -> Iterator[Reason]:
    if appointment.chosen == companion.id:
        yield Reason(Code.CHOSEN)
    elif companion.id in appointment.backups:
        yield Reason(Code.BACKUP)


def _familiar(companion: Companion, appointment: Appointment, besides: list[Appointment]) -> Iterator[Reason]:
    times = companion.knows.get(appointment.file, 0)
    yield Reason(Code.KNOWS, times) if times else Reason(Code.NEVER_MET)
    again = sum(1 for other in besides if other.file == appointment.file)
    if again:
        yield Reason(Code.SAME_FACE, again)


def _wishes(companion: Companion, appointment: Appointment) -> Iterator[Reason]:
    if appointment.language:
        speaks = appointment.language in companion.languages
        yield Reason(Code.SPEAKS if speaks else Code.SPEAKS_NOT, appointment.language)
    if appointment.gender:
        theirs = appointment.gender in companion.genders
        yield Reason(Code.GENDER if theirs else Code.GENDER_NOT, appointment.gender)
