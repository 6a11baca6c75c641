"""Whatever anybody asks, approves, pays, gives back or breaks off, in any order: the books balance.

A model of a pot beside the real one. Any act may be killed at any statement: its connection is ended by the
server, as when a process dies, and then it was never done.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from alongside.agencies.tests import cast as people
from alongside.fund import commands
from alongside.fund.models import Instalment, Purchase
from alongside.fund.tests import cast
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.kernel.refusal import Refusal
from tests import databases
from tests.lanes import often

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
EXAMPLES = int(os.environ.get("ALONGSIDE_CHECKS", "0")) // 400 or often(quick=8, thorough=60)
AMOUNTS = st.integers(1, 300_00)
KILLED = st.sampled_from([0] * 6 + [1, 2, 3, 5, 8, 13])  # at which statement, mostly at none
OPEN = {"committed": "committed", "paid": "paid"}
SETTINGS = settings(
    max_examples=EXAMPLES,
    stateful_step_count=30,
    deadline=None,
    database=None,
    derandomize="ALONGSIDE_CHECKS" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


@contextmanager
def killed(statement: int) -> Iterator[None]:
    """End the connection under whatever is done, as it comes to a statement."""
    left = [statement]

    def at_each(execute: Callable[..., Any], *said: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            pid = connection.connection.info.backend_pid
            databases.superuser().execute("select pg_terminate_backend(%s, 5000)", [pid])
        return execute(*said)

    with connection.execute_wrapper(at_each):
        yield


class Books(RuleBasedStateMachine):
    """Two who ask, a leader who approves, one pot; what should stand in it beside what does."""

    asked = Bundle("asked")

    def __init__(self) -> None:
        super().__init__()
        databases.empty()
        self.at = clock.now() - timedelta(days=300)
        here = people.agency("Riverside")
        self.maya, self.priya = (people.worker(here, name) for name in ("Maya", "Priya"))
        self.ruth = cast.leader(here)
        self.model = dict.fromkeys(
            ("granted", "available", "committed", "paid", "receipted", "written-off"), 0
        )
        self.purchases: dict[Any, str] = {}
        self.payments: dict[Any, tuple[str, int]] = {}

    @initialize(cents=st.integers(0, 1000_00))
    def open(self, cents: int) -> None:
        self.ends_on = clock.day(self.at) + timedelta(days=200)
        still = clock.today() + timedelta(days=1)  # the database's own day counts as well
        self.pot = cast.pot(self.ruth, cents, ends_on=still, at=self.at)
        self.move(cents, "granted", "available")

    def move(self, cents: int, source: str, target: str) -> None:
        self.model[source] -= cents
        self.model[target] += cents

    def done(self, act: Callable[..., Any], by: Any, kill: int = 0, **said: Any) -> Any:
        """Do it; nothing if it was refused, or killed before it was over."""
        try:
            with killed(kill) if kill else nullcontext(), ctx.as_worker(by.pk):
                return act(**said, by=by, at=self.at) or True
        except Refusal:
            return None
        except OperationalError:
            if not kill:
                raise
            return None
        finally:
            if kill:
                connection.close()

    @rule(target=asked, cents=AMOUNTS, times=st.sampled_from([1, 1, 1, 3]), kill=KILLED)
    def ask(self, cents: int, times: int, kill: int) -> Any:
        said = {"kind": "taxi", "payee": "seller", "file_id": None, "cents": cents, "times": times}
        made = self.done(commands.ask, self.maya, kill, purchase_id=uuid7(), pot=self.pot, **said)
        possible = self.takes and cents <= self.model["available"] and cents * times <= cast.LIMIT
        assert bool(made) == possible or kill
        if made:
            self.purchases[made.pk] = "asked"
        return made and made.pk

    @property
    def takes(self) -> bool:
        return clock.day(self.at) <= self.ends_on

    @rule(pk=asked, who=st.sampled_from(["maya", "priya", "ruth"]), kill=KILLED)
    def approve(self, pk: Any, who: str, kill: int) -> None:
        if not pk:
            return
        purchase = self.found(Purchase, pk)
        possible = self.takes and who != "maya" and self.purchases[pk] == "asked"
        possible &= purchase.cents <= self.model["available"]
        if made := self.done(commands.approve, getattr(self, who), kill, purchase=purchase):
            self.purchases[pk] = made.state
            self.follow(pk)
        assert bool(made) == possible or kill

    @rule(pk=asked, act=st.sampled_from(["decline", "withdraw", "end"]), kill=KILLED)
    def decide(self, pk: Any, act: str, kill: int) -> None:
        if not pk:
            return
        by = {"decline": self.priya, "withdraw": self.maya, "end": self.maya}[act]
        more = {"reason": "otherwise"} if act == "decline" else {}
        of = self.found(Purchase, pk)
        if made := self.done(getattr(commands, act), by, kill, purchase=of, **more):
            self.purchases[pk] = made.state

    @rule(data=st.data(), act=st.sampled_from(["pay", "receipt", "refund"]), cents=AMOUNTS, kill=KILLED)
    def an_amount(self, data: Any, act: str, cents: int, kill: int) -> None:
        pk = self.any_payment(data)
        state, held = self.payments.get(pk, ("", 0))
        source, target = {
            "pay": ("committed", "paid"),
            "receipt": ("paid", "receipted"),
            "refund": ("receipted", "available"),
        }[act]
        more = {"receipt": {"number": "7"}, "refund": {"line_id": uuid7()}}.get(act, {})
        if not pk:
            return
        made = self.done(
            getattr(commands, act),
            self.maya,
            kill,
            instalment=self.found(Instalment, pk),
            cents=cents,
            **more,
        )
        assert bool(made) == (state == source and cents <= held) or kill
        if made and act == "refund":
            self.move(cents, source, target)
            self.payments[pk] = ("receipted", held - cents)
        elif made:
            self.move(cents, source, target)
            self.move(held - cents, source, "available")
            self.payments[pk] = (target, cents)

    @rule(data=st.data(), act=st.sampled_from(["release", "write_off", "bring_back"]), kill=KILLED)
    def the_whole(self, data: Any, act: str, kill: int) -> None:
        pk = self.any_payment(data)
        source, target = {
            "release": ("committed", "available"),
            "write_off": ("paid", "written-off"),
            "bring_back": ("paid", "available"),
        }[act]
        if not pk:
            return
        state, held = self.payments[pk]
        made = self.done(getattr(commands, act), self.priya, kill, instalment=self.found(Instalment, pk))
        assert bool(made) == (state == source) or kill
        if made:
            self.move(held, source, target)
            self.payments[pk] = ("over", held)

    @rule(act=st.sampled_from(["allot", "take_back"]), cents=AMOUNTS, kill=KILLED)
    def the_pot(self, act: str, cents: int, kill: int) -> None:
        possible = self.takes if act == "allot" else cents <= self.model["available"]
        made = self.done(getattr(commands, act), self.ruth, kill, pot=self.pot, line_id=uuid7(), cents=cents)
        assert bool(made) == possible or kill
        if made:
            self.move(cents if act == "allot" else -cents, "granted", "available")

    @rule(days=st.sampled_from([1, 10, 31, 70]))
    def time_passes(self, days: int) -> None:
        self.at = min(self.at + timedelta(days=days), clock.now())
        if not self.takes:
            with ctx.as_worker(self.ruth.pk):
                commands.change_pot(pot=self.pot, name="Winter", ends_on=self.ends_on, by=self.ruth)
        commands.commit_due(self.at)
        for pk, state in self.purchases.items():
            if state == "approved":
                self.follow(pk)

    def any_payment(self, data: Any) -> Any:
        return data.draw(st.sampled_from(sorted(self.payments))) if self.payments else None

    def found(self, model: Any, pk: Any) -> Any:
        with ctx.as_worker(self.ruth.pk):
            return model.objects.select_related().get(pk=pk)

    def follow(self, pk: Any) -> None:
        """Take up in the model what was newly set aside."""
        with ctx.as_worker(self.ruth.pk):
            rows = list(Instalment.objects.filter(purchase_id=pk, state="committed"))
        for row in rows:
            if row.pk not in self.payments:
                assert row.due_on <= self.ends_on
                self.payments[row.pk] = ("committed", row.cents)
                self.move(row.cents, "available", "committed")

    @invariant()
    def the_books_balance(self) -> None:
        ask = databases.superuser().execute
        stands = dict(ask("select code, cents from fund_potaccount").fetchall())
        assert stands in (self.model, {}), "what stands in the pot is what the model says"
        assert all(cents >= 0 for code, cents in self.model.items() if code != "granted")
        assert ask("select 1 from fund_entry group by transaction_id having sum(cents) <> 0").fetchall() == []
        lines, sides = "fund_transaction t", "fund_entry e where e.transaction_id = t.id"
        assert ask(f"select 1 from {lines} where not exists (select 1 from {sides})").fetchall() == []
        by_account = "select account, sum(cents) from fund_entry group by account"
        assert dict(ask(by_account).fetchall()) == {code: n for code, n in stands.items() if n} | {
            code: 0 for code, n in stands.items() if not n and self.moved(code)
        }

    def moved(self, code: str) -> bool:
        ask = databases.superuser().execute
        return bool(ask("select 1 from fund_entry where account = %s", [code]).fetchall())


def test_the_books_balance_whatever_is_done_or_broken_off():
    run(Books, settings=SETTINGS)


def test_a_line_killed_between_its_sides_was_never_written(live):
    books = Books()
    books.open(500_00)
    pk = books.ask(100_00, 1, 0)
    for statement in range(1, 30):
        books.approve(pk, "ruth", statement)
        books.the_books_balance()
        if books.purchases[pk] == "approved":
            break
    assert statement > 6, "each statement of it was one at which it was killed"
    assert books.model["committed"] == 100_00
