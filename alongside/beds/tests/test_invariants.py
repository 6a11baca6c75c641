"""What is promised of beds, whatever happens in whatever order, checked against PostgreSQL after every step.

1 available is derived · 2 never negative · 3 occupied ≤ total · 4 held ≤ total − occupied · 5 a confirmation
leaves available unchanged · 6 letting go or running out gives one back · 7 no hold at zero · 8 an edit may
not wipe live holds · 9 two at once on the last bed: exactly one.
"""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from alongside.agencies.tests import cast
from alongside.beds import commands, queries, rules
from alongside.beds.models import Request, State
from alongside.beds.tests.conftest import asked, count, offering
from alongside.kernel import clock, ctx
from alongside.kernel.refusal import Refusal
from tests import databases
from tests.lanes import often

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
COLUMNS = """
    select o.id, c.actual, c.occupied,
        (select count(*) from beds_hold h where h.offering_id = o.id and h.held_at <= %(at)s
        and coalesce(h.ended_at, h.until) > %(at)s)
    from beds_offering o cross join lateral
        (select * from beds_count x where x.offering_id = o.id order by number desc limit 1) c
"""


class Beds(RuleBasedStateMachine):
    """Two programmes of one shelter, three workers who ask for others, and time that passes.

    The model is a handful of numbers.
    """

    superuser = None

    @initialize(actual=st.integers(0, 3), at_once=st.booleans())
    def open_house(self, actual, at_once):
        databases.empty()
        self.now = clock.now()
        self.ruth = cast.worker(cast.agency("Cedar House", kind="shelter"), "Ruth", "intake")
        desk = cast.agency("Riverside")
        self.askers = [
            cast.worker(desk, "Maya"),
            cast.worker(desk, "Ana"),
            cast.worker(cast.agency("North"), "Omar"),
        ]
        self.houses = [offering(self.ruth, name=name, holds_at_once=at_once) for name in ("Cedar", "Birch")]
        self.at_once = at_once
        self.total = {house.pk: actual for house in self.houses}
        self.occupied = {house.pk: 0 for house in self.houses}
        self.asked: list[SimpleNamespace] = []
        for house in self.houses:
            count(house, self.ruth, actual=actual)
        self.now = clock.now()

    def live(self, house=None, asker=None):
        return [
            request
            for request in self.asked
            if request.until
            and request.until > self.now
            and (house is None or request.house == house)
            and (asker is None or request.asker == asker)
        ]

    def free(self, house):
        return self.total[house] - self.occupied[house] - len(self.live(house))

    def state(self, request):
        return (
            State.RELEASED
            if request.state in rules.HOLDING and not (request.until and request.until > self.now)
            else request.state
        )

    def does(self, may, by, command, **arguments):
        """Do it, and see that it is refused exactly when the model says so."""
        try:
            with ctx.as_worker(by.pk):
                getattr(commands, command)(by=by, at=self.now, **arguments)
        except Refusal:
            assert not may, f"{command} was refused"
            return False
        assert may, f"{command} was let through"
        return True

    def moves(self, request, to, by, command, also=True, **more):
        may = to in rules.MOVES[self.state(request)] and also
        if self.does(may, by, command, request=request.request, **more):
            request.state = to
            return True
        return False

    def some(self, data, *states):
        there = [
            request for request in self.asked if not states or self.state(request) in states
        ] or self.asked
        return data.draw(st.sampled_from(there))

    @rule(house=st.integers(0, 1), asker=st.integers(0, 2), at_once=st.booleans())
    def ask(self, house, asker, at_once):
        by, of = self.askers[asker], self.houses[house]
        with ctx.as_worker(by.pk):
            begun = commands.draft(offering=of, profile={}, by=by, at=self.now)
        request = SimpleNamespace(
            request=begun, house=of.pk, asker=by, state=State.DRAFTED, until=None, extended=False
        )
        may = not at_once or (
            self.at_once and self.free(of.pk) > 0 and len(self.live(asker=by)) < rules.HELD_BY_ONE
        )
        if self.does(may, by, "ask", request=begun, at_once=at_once):
            request.state = State.SOFT_HOLD if at_once else State.ASKED
            request.until = self.now + timedelta(hours=4) if at_once else None
            self.asked.append(request)

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), hours=st.integers(1, 13))
    def hold(self, data, hours):
        request = self.some(data, State.ASKED)
        fits = (
            self.free(request.house) > 0
            and len(self.live(asker=request.asker)) < rules.HELD_BY_ONE
            and 2 <= hours <= 12
        )
        if self.moves(request, State.SOFT_HOLD, self.ruth, "hold", also=fits, hours=hours):
            request.until = self.now + timedelta(hours=hours)
            request.hours = hours

    @precondition(lambda self: self.asked)
    @rule(
        data=st.data(),
        move=st.sampled_from(
            [("offer", State.OFFERED), ("accept", State.ACCEPTED), ("set_out", State.EN_ROUTE)]
        ),
    )
    def confirm(self, data, move):
        request = self.some(data, *rules.HOLDING)
        before = self.free(request.house)
        self.moves(request, move[1], request.asker, move[0])
        assert self.free(request.house) == before

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), ends=st.sampled_from([("decline", State.DECLINED), ("release", State.RELEASED)]))
    def let_go(self, data, ends):
        request = self.some(data)
        if self.moves(request, ends[1], request.asker, ends[0]):
            request.until = None

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), answer=st.sampled_from(["full", "not-a-fit"]))
    def not_offered(self, data, answer):
        request = self.some(data, State.ASKED, *rules.HOLDING)
        if self.moves(
            request, State.NOT_OFFERED, self.ruth, "not_offer", answer=answer, barriers=["co_location"]
        ):
            request.until = None

    @precondition(lambda self: self.asked)
    @rule(data=st.data())
    def missed(self, data):
        request = self.some(data, *rules.EXPECTED)
        if self.moves(request, State.NOT_COME, self.ruth, "record_not_come"):
            request.until = None

    @precondition(lambda self: self.asked)
    @rule(data=st.data())
    def arrived(self, data):
        request = self.some(data, *rules.HOLDING, State.RELEASED, State.NOT_COME)
        held = bool(request.until and request.until > self.now)
        if self.moves(request, State.ARRIVED, self.ruth, "arrive", also=held or self.free(request.house) > 0):
            request.until = None
            self.occupied[request.house] += 1

    @precondition(lambda self: self.asked)
    @rule(data=st.data())
    def extended(self, data):
        request = self.some(data, *rules.HOLDING)
        may = bool(request.until and request.until > self.now) and not request.extended
        if self.does(may, request.asker, "extend", request=request.request):
            request.until += request.until - self._held_at(request)
            request.extended = True

    def _held_at(self, request):
        with ctx.as_worker(self.ruth.pk):
            return queries.hold_of(request.request).held_at

    @rule(house=st.integers(0, 1), actual=st.integers(-1, 4), occupied=st.integers(-1, 4))
    def counted(self, house, actual, occupied):
        of = self.houses[house]
        may = actual >= 0 and occupied >= 0 and occupied + len(self.live(of.pk)) <= actual
        numbers = {"actual": actual, "unavailable": 0, "occupied": occupied, "reason": "shift"}
        if self.does(may, self.ruth, "count", offering_id=of.pk, **numbers):
            self.total[of.pk], self.occupied[of.pk] = actual, occupied

    @rule(house=st.integers(0, 1))
    def somebody_left(self, house):
        of = self.houses[house]
        if self.does(
            self.occupied[of.pk] > 0, self.ruth, "step", offering_id=of.pk, occupied=-1, reason="departure"
        ):
            self.occupied[of.pk] -= 1

    @rule(minutes=st.sampled_from([1, 29, 61, 119, 240, 600]))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @invariant()
    def what_postgresql_holds_is_what_was_promised(self):
        if not hasattr(self, "houses"):
            return
        rows = {of: numbers for of, *numbers in self.superuser.execute(COLUMNS, {"at": self.now}).fetchall()}
        with ctx.as_worker(self.ruth.pk):
            board = {tonight.offering.pk: tonight for tonight in queries.board(self.ruth, self.now)}
        for house in self.houses:
            actual, occupied, held = rows[house.pk]
            assert (actual, occupied, held) == (
                self.total[house.pk],
                self.occupied[house.pk],
                len(self.live(house.pk)),
            )
            assert 0 <= occupied <= actual
            assert 0 <= held <= actual - occupied
            assert board[house.pk].free == actual - occupied - held == self.free(house.pk) >= 0


def test_no_order_of_anything_breaks_what_is_promised(superuser):
    machine = type("TheBeds", (Beds,), {"superuser": superuser}).TestCase
    machine.settings = settings(
        max_examples=often(quick=6, thorough=20),
        stateful_step_count=30,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink]
        if "ALONGSIDE_SHRINK" in os.environ
        else [Phase.generate],  # a shorter story takes minutes
    )
    machine("runTest").runTest()


@pytest.mark.parametrize("door", ["the shelter answers", "held at once"])
def test_two_at_once_on_the_last_bed_exactly_one(house, door):
    last = offering(house.ruth, name="The last bed", holds_at_once=True)
    count(last, house.ruth, actual=1)
    both = [cast.worker(cast.agency(f"Desk {n}"), f"Asker {n}") for n in range(8)]
    at_once = door == "held at once"
    if at_once:
        with_drafts = [(by, _begun(last, by)) for by in both]
        tries = [
            lambda by=by, draft=draft: _try(by, "ask", request=draft, at_once=True)
            for by, draft in with_drafts
        ]
    else:
        requests = [asked(last, by) for by in both]
        tries = [
            lambda request=request: _try(house.ruth, "hold", request=request, hours=4) for request in requests
        ]

    outcomes = _all_at_once(tries)

    assert sorted(outcomes) == [False] * 7 + [True]
    with ctx.as_worker(house.ruth.pk):
        assert Request.objects.filter(state=State.SOFT_HOLD).count() == 1


def _begun(of, by):
    with ctx.as_worker(by.pk):
        return commands.draft(offering=of, profile={}, by=by, at=clock.now())


def _try(by, command, **arguments):
    try:
        with ctx.as_worker(by.pk):
            getattr(commands, command)(by=by, at=clock.now(), **arguments)
    except Refusal:
        return False
    return True


def _all_at_once(tries):
    start, outcomes = threading.Barrier(len(tries)), [None] * len(tries)

    def run(number, attempt):
        start.wait()
        try:
            outcomes[number] = attempt()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tries)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_three_beds_are_held_for_one_worker_and_no_more(house):
    many = offering(house.ruth, name="Many beds", holds_at_once=True)
    count(many, house.ruth, actual=9)

    tries = [_try(house.maya, "ask", request=_begun(many, house.maya), at_once=True) for _ in range(4)]

    assert tries == [True, True, True, False]


def test_the_database_alone_keeps_two_holds_off_one_bed(house, superuser):
    """Even with the triggers off and every rule forgotten, a bed is held once."""
    from psycopg.errors import ExclusionViolation

    first, other = asked(house.offering, house.maya), asked(house.offering, house.noor)
    put = """insert into beds_hold
        (id, offering_id, shelter_id, agency_id, request_id, token, slot, asker, asker_slot, held_at, until)
        select gen_random_uuid(), r.offering_id, r.shelter_id, r.agency_id, r.id,
            'TOKEN', 1, r.asked_by, 1, now(), now() + interval '4 hours'
        from beds_request r where r.id = %s"""
    superuser.execute("set session_replication_role = replica")
    superuser.execute(put, [first.pk])

    with pytest.raises(ExclusionViolation):
        superuser.execute(put, [other.pk])
    superuser.execute("reset session_replication_role")
