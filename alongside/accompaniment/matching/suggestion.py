"""The suggestion itself: for each appointment who could come, why, and who else."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.accompaniment.matching import points
from alongside.accompaniment.matching.options import Options, Plan, options
from alongside.accompaniment.matching.problem import Appointment, Problem
from alongside.accompaniment.matching.program import Proof, best_plan
from alongside.accompaniment.matching.reasons import CONFLICTS, Reason, Reasons


@dataclass(frozen=True)
class Could:
    """Somebody who could come, and what can be said of it."""

    companion: str
    reasons: tuple[Reason, ...]

    @property
    def conflicts(self) -> list[Reason]:
        """What stands in the way of whom the person chose."""
        return [reason for reason in self.reasons if reason.code in CONFLICTS]


@dataclass(frozen=True)
class Proposal:
    """For one appointment: who could come, or nobody, and who else could without anything else being moved.

    Where the person chose somebody there are no others, unless that cannot be done: then their own backups.
    """

    appointment: str
    who: Could | None
    others: tuple[Could, ...]


@dataclass(frozen=True)
class Suggestion:
    """For every appointment a proposal, how far it can be from the best, and which ways had to be assumed."""

    proposals: tuple[Proposal, ...]
    proof: Proof
    assumed: tuple[tuple[str, str], ...]


def suggest(problem: Problem, *, seconds: float = 10.0) -> Suggestion:
    """Suggest who could come to each appointment, as good as can be found in so many seconds.

    The same question has the same answer, in whatever order it is asked, as long as the seconds suffice.
    """
    open_to = options(problem)
    plan, proof = best_plan(open_to, seconds)
    return said_of(open_to, plan, proof)


def said_of(open_to: Options, plan: Plan, proof: Proof) -> Suggestion:
    """Put a plan that was found into a suggestion."""
    said = Reasons(open_to, plan)
    proposals = tuple(_proposal(open_to, plan, said, each) for each in open_to.appointments.values())
    return Suggestion(proposals, proof, tuple(sorted(said.assumed())))


def could_come(problem: Problem, appointment: str) -> tuple[Could, ...]:
    """Return who could come to one appointment beside what was chosen elsewhere.

    Those first against whom least speaks.
    """
    open_to = options(problem)
    plan = {name: who for name, who in open_to.fixed.items() if name != appointment}
    said, asked = Reasons(open_to, plan), open_to.appointments[appointment]
    return tuple(Could(name, said.of(name, asked)) for name in _others(open_to, plan, asked))


def _proposal(options: Options, plan: Plan, said: Reasons, appointment: Appointment) -> Proposal:
    name = plan.get(appointment.id)
    who = Could(name, said.of(name, appointment)) if name else None
    others = _others(options, plan, appointment)
    if appointment.chosen:
        others = [other for other in appointment.backups if other in others] if who and who.conflicts else []
    return Proposal(appointment.id, who, tuple(Could(other, said.of(other, appointment)) for other in others))


def _others(options: Options, plan: Plan, appointment: Appointment) -> list[str]:
    """Return who else could come beside what they do already, those first against whom least speaks."""
    free = [
        companion
        for companion in options.could[appointment.id]
        if companion != plan.get(appointment.id) and options.free_in(plan, companion, appointment.id)
    ]
    return sorted(free, key=lambda one: (points.of_one_more(options, plan, appointment.id, one), one))
