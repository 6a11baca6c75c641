"""Whatever anybody does, in any order, as time passes.

A place is offered once, nobody loses theirs in line, and what is free is derived.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from alongside.agencies.models import Worker
from alongside.agencies.tests import cast
from alongside.beds import commands, queries
from alongside.beds.models import Waiting
from alongside.kernel import ctx
from alongside.kernel.refusal import Refusal
from tests import databases
from tests.lanes import often

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
PLACES = 2
EXAMPLES = int(os.environ.get("ALONGSIDE_CHECKS", "0")) // 400 or often(quick=3, thorough=12)
REASONS = st.sampled_from(["", "not-a-fit", "suited"])
STANDING = {"waiting", "offered", "accepted"}


class Line(RuleBasedStateMachine):
    """Two desks, one shelter, one programme with two places; a model of the line beside the real one."""

    waits = Bundle("waits")

    def __init__(self) -> None:
        super().__init__()
        databases.empty()
        self.at = datetime(2026, 3, 1, tzinfo=UTC)
        self.shelter = cast.worker(cast.agency("Cedar House", kind="shelter"), "Ruth", "intake")
        self.desks = [cast.worker(cast.agency(name), "Maya") for name in ("Riverside", "Lakeside")]
        self.of: dict[object, Worker] = {}
        self.state: dict[object, str] = {}
        self.offered_until: dict[object, datetime] = {}
        self.offered: dict[object, datetime] = {}
        self.order: list[object] = []
        self.taken = 0

    @initialize()
    def open(self) -> None:
        facts = {"name": "Rooms", "region": "central", "stay": "months", "think_hours": 48}
        numbers = {"actual": PLACES, "unavailable": 0, "occupied": 0}
        with ctx.as_worker(self.shelter.pk):
            self.offering = commands.keep(offering_id=None, facts=facts, by=self.shelter, at=self.at)
            commands.count(
                offering_id=self.offering.pk, **numbers, reason="opening", by=self.shelter, at=self.at
            )

    @rule(target=waits, desk=st.integers(0, 1))
    def join(self, desk: int) -> object:
        by = self.desks[desk]
        with ctx.as_worker(by.pk):
            waiting = commands.waitlist.join(offering=self.offering, profile={}, by=by, at=self.at)
        self.of[waiting.pk], self.state[waiting.pk] = by, "waiting"
        self.order.append(waiting.pk)
        return waiting

    @rule(hours=st.sampled_from([1, 24, 60, 400]))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        for pk in self.order:
            if self.state[pk] in ("offered", "accepted") and self.offered_until[pk] <= self.at:
                self.state[pk] = "lapsed" if self.state[pk] == "accepted" else "waiting"

    @rule(waiting=waits, reason=REASONS)
    def offer(self, waiting: Waiting, reason: str) -> None:
        before = [pk for pk in self.order if self.state[pk] in ("waiting", "lapsed")]
        may = self.free() > 0 and waiting.pk in before and (before[0] == waiting.pk or reason)
        assert self.try_to("offer_place", waiting, self.shelter, reason=reason) == bool(may)
        if may:
            self.state[waiting.pk], self.offered[waiting.pk] = "offered", self.at
            self.offered_until[waiting.pk] = self.at + timedelta(hours=48)

    @rule(waiting=waits)
    def accept(self, waiting: Waiting) -> None:
        may = self.state[waiting.pk] == "offered"
        assert self.try_to("accept", waiting) == may
        self.goes(waiting, "accepted", may)

    @rule(waiting=waits, stays=st.booleans())
    def decline(self, waiting: Waiting, stays: bool) -> None:
        may = self.state[waiting.pk] in ("offered", "accepted")
        assert self.try_to("decline", waiting, stays=stays) == may
        self.goes(waiting, "waiting" if stays else "rests", may)

    @rule(waiting=waits)
    def rejoin(self, waiting: Waiting) -> None:
        may = self.state[waiting.pk] == "rests"
        assert self.try_to("rejoin", waiting) == may
        self.goes(waiting, "waiting", may)

    @rule(waiting=waits)
    def think_longer(self, waiting: Waiting) -> None:
        live = self.state[waiting.pk] in ("offered", "accepted")
        may = live and self.offered_until[waiting.pk] - self.offered[waiting.pk] == timedelta(hours=48)
        assert self.try_to("give_time", waiting) == may
        if may:
            self.offered_until[waiting.pk] += timedelta(hours=48)

    @rule(waiting=waits)
    def move_in(self, waiting: Waiting) -> None:
        may = self.state[waiting.pk] == "accepted" or (self.state[waiting.pk] == "lapsed" and self.free() > 0)
        assert self.try_to("move_in", waiting, self.shelter) == may
        self.goes(waiting, "moved-in", may)
        self.taken += may

    @rule(waiting=waits)
    def leave(self, waiting: Waiting) -> None:
        may = self.state[waiting.pk] in (*STANDING, "lapsed", "rests")
        assert self.try_to("leave", waiting) == may
        self.goes(waiting, "left", may)

    @rule()
    def somebody_moves_out(self) -> None:
        if self.taken:
            with ctx.as_worker(self.shelter.pk):
                commands.step(
                    offering_id=self.offering.pk, occupied=-1, reason="departure", by=self.shelter, at=self.at
                )
            self.taken -= 1

    @invariant()
    def nothing_is_offered_twice(self) -> None:
        rows = self.look(
            "select slot, tstzrange(held_at, coalesce(ended_at, until)) as during, "
            "held_at <= %s and coalesce(ended_at, until) > %s as live from beds_hold where not "
            "isempty(tstzrange(held_at, coalesce(ended_at, until)))"
        )
        live = [slot for slot, _during, is_live in rows if is_live]
        assert len(live) == len(set(live)) == self.held()

    @invariant()
    def what_is_taken_and_held_fits_and_the_rest_is_free(self) -> None:
        if not hasattr(self, "offering"):
            return
        with ctx.as_worker(self.shelter.pk):
            last = queries.last_count(self.offering)
            held = queries.held(self.offering, self.at)
            free = queries.waitlist.own_list(self.shelter, self.offering, self.at).free
        assert (last.occupied, held) == (self.taken, self.held())
        assert last.occupied + held <= last.actual == PLACES
        assert free == self.free()

    @invariant()
    def everybody_stands_behind_as_many_as_the_model_says(self) -> None:
        ahead, waits_for = 0, [pk for pk in self.order if self.state[pk] in (*STANDING, "lapsed")]
        expected = {}
        for pk in waits_for:
            expected[pk] = ahead
            ahead += self.state[pk] != "accepted"
        told = {}
        for desk in self.desks:
            with ctx.as_worker(desk.pk):
                told |= {
                    pk: place.ahead
                    for pk, place in queries.waitlist.places(
                        [p for p in waits_for if self.of[p] == desk], self.at
                    ).items()
                }
        assert told == expected

    def try_to(self, verb: str, waiting: Waiting, by: Worker | None = None, **more: object) -> bool:
        by = by or self.of[waiting.pk]
        try:
            with ctx.as_worker(by.pk):
                getattr(commands.waitlist, verb)(waiting=waiting, by=by, at=self.at, **more)
        except Refusal:
            return False
        return True

    def goes(self, waiting: Waiting, to: str, may: bool) -> None:
        if may:
            self.state[waiting.pk] = to

    def held(self) -> int:
        return sum(self.state[pk] in ("offered", "accepted") for pk in self.order)

    def free(self) -> int:
        return PLACES - self.taken - self.held()

    def look(self, query: str) -> list[tuple]:  # type: ignore[type-arg]
        return databases.superuser().execute(query, [self.at, self.at]).fetchall()


def test_nobody_loses_their_place_and_no_place_is_offered_twice(superuser):
    run_state_machine_as_test(
        Line,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            database=None,
            derandomize="ALONGSIDE_CHECKS" not in os.environ,
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.filter_too_much,
                HealthCheck.data_too_large,
            ],
        ),
    )


def test_of_two_offers_made_in_one_moment_the_later_counts(superuser):
    line = Line()
    line.open()
    waiting = line.join(desk=0)
    for _ in range(4):
        line.offer(waiting=waiting, reason="")
        line.decline(waiting=waiting, stays=True)
    line.offer(waiting=waiting, reason="")
    line.time_passes(hours=1)
    line.think_longer(waiting=waiting)
    line.accept(waiting=waiting)
    line.nothing_is_offered_twice()
