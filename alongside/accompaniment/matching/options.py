"""Who comes into question for which appointment: the only place that sees a wall.

`options` takes out of each appointment whoever is in its `without`, together with every mention of them as
chosen or as backup, before it asks anything else; what it returns has no `without` any more. Points, bounds,
reasons, counts and the solver see only that. So a companion behind a wall is, for that appointment, exactly a
companion who does not exist, and the answer is the same to the byte. And because who reads it may know who
works there, an appointment nobody comes to has no explanation of its own: nobody was free, all were
elsewhere, and nobody was left are one answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from alongside.accompaniment.matching.problem import Appointment, Companion, Problem, Travel

Plan = Mapping[str, str]  # appointment to companion


@dataclass(frozen=True)
class Options:
    """What is left to decide: appointments in the order of time, and who could come to which."""

    appointments: Mapping[str, Appointment]
    companions: Mapping[str, Companion]
    travel: Travel
    fixed: Plan
    could: Mapping[str, tuple[str, ...]]

    @cached_property
    def clashes(self) -> Mapping[str, frozenset[str]]:
        """For each appointment, those that nobody can come to as well.

        Every two are held against the table, not only neighbours: that differs only where a detour is
        shorter than the way itself.
        """
        found: dict[str, set[str]] = {name: set() for name in self.appointments}
        appointments = list(self.appointments.values())
        for place, first in enumerate(appointments):
            for then in appointments[place + 1 :]:
                if self._ready(first, then) > then.begins_at:
                    found[first.id].add(then.id)
                    found[then.id].add(first.id)
        return {name: frozenset(others) for name, others in found.items()}

    def _ready(self, first: Appointment, then: Appointment) -> datetime:
        return first.ends_at + self.travel.takes(first.place, then.place)

    def free_in(self, plan: Plan, companion: str, appointment: str) -> bool:
        """Whether a companion can come there beside all that a plan gives them already."""
        return not any(plan.get(other) == companion for other in self.clashes[appointment])


def options(problem: Problem) -> Options:
    """Take the walls out, fix whom the persons chose, and return who could come to the rest."""
    companions = {companion.id: companion for companion in sorted(problem.companions, key=lambda c: c.id)}
    asked = sorted(problem.appointments, key=lambda a: (a.begins_at, a.id))
    left = {
        appointment.id: tuple(name for name in companions if name not in appointment.without)
        for appointment in asked
    }
    appointments = {
        appointment.id: _without_walls(appointment, left[appointment.id]) for appointment in asked
    }
    fixed = {name: appointment.chosen for name, appointment in appointments.items() if appointment.chosen}
    whole = Options(appointments, companions, problem.travel, fixed, {})
    could = {
        name: tuple(
            c for c in left[name] if _could(companions[c], appointment) and whole.free_in(fixed, c, name)
        )
        for name, appointment in appointments.items()
    }
    return replace(whole, could=could)


def _without_walls(appointment: Appointment, left: tuple[str, ...]) -> Appointment:
    return replace(
        appointment,
        without=frozenset(),
        chosen=appointment.chosen if appointment.chosen in left else "",
        backups=tuple(name for name in dict.fromkeys(appointment.backups) if name in left),
    )


def _could(companion: Companion, appointment: Appointment) -> bool:
    speaks = (
        not (appointment.language_must and appointment.language)
        or appointment.language in companion.languages
    )
    return speaks and companion.free(appointment.begins_at, appointment.ends_at) is not None
