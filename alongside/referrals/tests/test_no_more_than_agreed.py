"""No sequence of questions, messages and counter-offers shows an agency what its agreement does not name."""

from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from alongside.consent import queries as consents
from alongside.files.models import File
from alongside.kernel import clock, ctx
from alongside.kernel.refusal import Refusal
from alongside.plans import queries as plans
from alongside.referrals import commands, queries
from alongside.referrals.models import Message, Referral
from alongside.referrals.tests import cast
from tests import databases
from tests.lanes import often

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.costly("sequences of what two agencies say to each other"),
]
WORDS = st.sampled_from(["Which door is better?", "The side door.", "Could it be a woman?"])
ENDS = ("withdraw", "take back", "decline", "not them", "worked")


class Talk(RuleBasedStateMachine):
    """An open desk, an agency that was asked, one that was asked something else, and one never asked."""

    @initialize()
    def begin(self):
        databases.empty()
        desk = cast.agency("Riverside")
        self.maya = cast.worker(desk)
        self.ines = cast.worker(cast.agency("Cedar", "criminal-legal", "legal-clinic"), "Ines", "intake")
        self.dev = cast.worker(cast.agency("Lakeside", kind="housing"), "Dev", "intake")
        self.noor = cast.worker(cast.agency("Hillcrest"), "Noor")
        self.file = cast.file(self.maya)
        self.wish = cast.priority(self.file, self.maya)
        self.asked = cast.request(self.file, self.maya, self.ines.agency, self.wish)
        self.other = cast.request(self.file, self.maya, self.dev.agency, self.wish, introduction="Other.")
        self.unnamed = cast.priority(self.file, self.maya, "Nobody is told of this.", need="housing")
        self.items = {item.item_id for item in self._items(self.ines)}
        self.said, self.messages, self.is_live = [], set(), True

    def _items(self, who):
        with ctx.as_worker(who.pk):
            return consents.lets_see(who, self.file.id)

    def _try(self, who, command, **what):
        try:
            with ctx.as_worker(who.pk):
                referral = queries.get_referral(who, self.asked.id)
                return command(referral=referral, by=who, at=clock.now(), **what)
        except (Refusal, Referral.DoesNotExist):
            return None

    @rule(words=WORDS, who=st.sampled_from(["maya", "ines", "dev", "noor"]))
    def write(self, words, who):
        if message := self._try(getattr(self, who), commands.write, words=words):
            assert who in ("maya", "ines")
            self._is_said(message, words)

    def _is_said(self, message, words):
        assert self.is_live
        if message.id not in self.messages:  # pressed twice, it is said once
            self.messages.add(message.id)
            self.said.append(words)

    @rule(words=WORDS, who=st.sampled_from(["maya", "ines", "dev", "noor"]))
    def ask_back(self, words, who):
        if message := self._try(getattr(self, who), commands.ask_back, words=words):
            assert who == "ines"
            self._is_said(message, words)

    @rule(days=st.integers(1, 20))
    def not_yet(self, days):
        self._try(self.ines, commands.say_not_yet, possible_from=clock.today() + timedelta(days=days))

    @rule(hour=st.sampled_from([None, time(14)]))
    def yes(self, hour):
        self._try(self.ines, commands.say_yes, hour=hour)

    @precondition(lambda self: self.is_live)
    @rule(how=st.sampled_from(ENDS), instead=st.booleans())
    def end(self, how, instead):
        maya, asked, at = self.maya, self.asked, clock.now()
        suggested = self.noor.agency_id if instead else None
        no = {"reason": "no-capacity", "barriers": [], "wait_band": "", "instead": suggested}
        with ctx.as_worker(maya.pk):
            if how == "withdraw":
                commands.withdraw(file_id=asked.file_id, release_id=asked.release_id, by=maya, at=at)
            elif how == "not them":
                who = f"agency:{self.ines.agency_id}"
                commands.block(file_id=asked.file_id, against=who, item_id=None, by=maya, at=at)
        ended = how in ("withdraw", "not them")
        if how == "take back":
            ended = self._try(maya, commands.take_back)
        elif how == "decline":
            ended = self._try(self.ines, commands.decline, **no)
        elif how == "worked":
            self._try(maya, commands.record_outcome, outcome="worked")
            with ctx.as_worker(maya.pk):
                ended = queries.get_referral(maya, asked.id).outcome == "worked"
        self.is_live = not ended

    @rule()
    def ask_suggested(self):
        self._try(self.maya, commands.ask_suggested)

    @invariant()
    def who_was_asked_sees_what_was_named_and_what_was_said_while_it_lives(self):
        asked, ines = self.asked, self.ines
        with ctx.as_worker(ines.pk):
            assert {i.item_id for i in consents.lets_see(ines, self.file.id)} == (
                self.items if self.is_live else set()
            )
            assert [s.text for s in queries.said(ines, asked)] == (self.said if self.is_live else [])
            assert plans.released(ines, self.file.id, [self.unnamed.id]) == []
        with ctx.as_worker(self.maya.pk):
            assert [s.text for s in queries.said(self.maya, asked)] == (self.said if self.is_live else [])

    @invariant()
    def nobody_else_sees_anything_of_it(self):
        for who in (self.dev, self.noor):
            with ctx.as_worker(who.pk):
                assert not Message.objects.exists()
                assert not Referral.objects.filter(id=self.asked.id).exists()
        with ctx.as_worker(self.noor.pk):
            assert not Referral.objects.exists()
            assert not File.objects.exists()
            assert consents.lets_see(self.noor, self.file.id) == []


def test_no_sequence_of_what_is_said_shows_more_than_was_agreed():
    run_state_machine_as_test(
        Talk,
        settings=settings(
            max_examples=often(quick=4, thorough=60),
            stateful_step_count=12,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
