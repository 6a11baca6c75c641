"""Whatever anybody does, in any order, as time passes.

Nothing is printed that was withdrawn, refused, unseen, over, for other readers, or in other words.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from alongside.kernel import ctx
from alongside.kernel.refusal import Refusal
from alongside.quotes import commands, queries
from alongside.quotes.tests import stage
from tests import databases
from tests.lanes import often

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
EXAMPLES = int(os.environ.get("ALONGSIDE_CHECKS", "0")) // 400 or often(quick=3, thorough=12)
AUDIENCES = ("table", "funder", "public")
WORDS = st.sampled_from(
    ["They asked four times.", "They asked me five times.", "Nobody came.", "Personne n’est venu. 😀\r\n"]
)


class Quotes(RuleBasedStateMachine):
    """Two editors and one study.

    Beside the real quotes a model that knows only what each speaker saw and said.
    """

    made = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        databases.empty()
        self.at = datetime(2026, 3, 1, 15, tzinfo=UTC)
        self.there = stage.study()
        self.words: dict[object, str] = {}
        self.seen: dict[object, str | None] = {}
        self.said: dict[object, tuple[str, frozenset[str], date] | None] = {}
        self.safe: dict[object, bool] = {}
        self.translated: dict[object, tuple[str, bool] | None] = {}
        self.over: set[object] = set()

    def quote(self, pk):
        return queries.get_quote(self.there.noor, pk)

    def attempt(self, command, pk, **more):
        """Do it as it is done; whether it was not refused."""
        try:
            with ctx.as_worker(self.there.noor.pk):
                command(quote=self.quote(pk), by=self.there.noor, **more)
        except Refusal:
            return False
        return True

    @rule(target=made, words=WORDS, of=st.sampled_from(["person", "provider"]))
    def collect(self, words, of):
        pk = stage.collected(self.there, words, at=self.at, of=of).pk
        self.words[pk], self.seen[pk], self.said[pk], self.safe[pk], self.translated[pk] = (
            words,
            None,
            None,
            False,
            None,
        )
        return pk

    @rule(pk=made, words=WORDS, kind=st.sampled_from(["as_is", "edited", "paraphrase"]))
    def reword(self, pk, words, kind):
        if self.attempt(commands.reword, pk, kind=kind, words=words, at=self.at):
            assert pk not in self.over
            self.words[pk], self.seen[pk], self.said[pk], self.safe[pk], self.translated[pk] = (
                words,
                None,
                None,
                False,
                None,
            )

    @rule(pk=made, stale=st.booleans())
    def show(self, pk, stale):
        with ctx.as_worker(self.there.noor.pk):
            words = queries.words_of(self.quote(pk))
            digest = queries.digest_of(self.quote(pk), "Other words." if stale else words) if words else b""
        if self.attempt(commands.show, pk, digest=digest, way="paper", shown_by_role="me", at=self.at):
            assert not stale
            assert pk not in self.over
            self.seen[pk], self.said[pk] = self.words[pk], None

    @rule(
        pk=made,
        audiences=st.sets(st.sampled_from(AUDIENCES)),
        days=st.sampled_from([-1, 0, 1, 30, 365, 4_000]),
        translate=st.booleans(),
    )
    def agree(self, pk, audiences, days, translate):
        until = self.at.date() + timedelta(days=days)
        terms = {
            "attribution": "nothing",
            "audiences": sorted(audiences),
            "may_translate": translate,
            "until": until.isoformat(),
        }
        if self.attempt(commands.set_terms, pk, **terms) and self.attempt(commands.agree, pk, at=self.at):
            assert self.seen[pk] == self.words[pk]
            assert pk not in self.over
            assert audiences
            assert 0 < days < 1_200
            self.said[pk] = (self.words[pk], frozenset(audiences), until)
            self.may_translate = getattr(self, "may_translate", {}) | {pk: translate}

    @rule(pk=made)
    def refuse(self, pk):
        if self.attempt(commands.refuse, pk, at=self.at):
            assert self.seen[pk] is not None
            self.end(pk)

    @rule(pk=made)
    def withdraw(self, pk):
        assert self.attempt(commands.withdraw, pk, at=self.at) == (pk not in self.over)
        self.end(pk)

    def end(self, pk):
        self.over.add(pk)
        self.said[pk] = None

    @rule(pk=made, answer=st.sampled_from(["no", "no", "could"]), choice=st.booleans())
    def think_over(self, pk, answer, choice):
        told = {"answer": answer, "traces": ["dates"], "reasons": "", "their_choice": choice}
        if self.attempt(commands.think_over, pk, at=self.at, **told):
            self.safe[pk] = answer == "no" or choice

    @rule(pk=made, checked=st.booleans())
    def translate(self, pk, checked):
        if not self.attempt(
            commands.translate, pk, language="fr", words="Traduit.", translator="us", at=self.at
        ):
            return
        with ctx.as_worker(self.there.ana.pk):
            if checked:
                commands.check_translation(
                    translation=queries.translations(self.quote(pk))[0], by=self.there.ana, at=self.at
                )
        before = self.translated[pk]
        self.translated[pk] = ("Traduit.", checked or bool(before and before[1]))

    @rule(days=st.sampled_from([1, 31, 366]))
    def time_passes(self, days):
        self.at += timedelta(days=days)

    @invariant()
    def nothing_is_printed_that_may_not_be(self):
        on = self.at.date()
        for audience in AUDIENCES:
            found = {
                pk: quotable
                for quotable in stage.publishable(self.there, audience, on)
                for pk in quotable.voices
            }
            expected = {
                pk
                for pk, said in self.said.items()
                if said and self.safe[pk] and pk not in self.over and audience in said[1] and said[2] >= on
            }
            assert set(found) == expected
            with ctx.as_worker(self.there.noor.pk):
                assert (
                    queries.standing(self.there.noor, list(self.words), audience=audience, on=on) == expected
                )
            for pk in expected:
                assert found[pk].words["en"] == self.seen[pk] == self.said[pk][0]
                french = self.translated[pk]
                if len(found[pk].voices) == 1:
                    assert ("fr" in found[pk].words) == bool(self.may_translate[pk] and french and french[1])
                assert found[pk].until == min(self.said[voice][2] for voice in found[pk].voices)

    @invariant()
    def what_is_over_has_no_words_left(self):
        with ctx.as_worker(self.there.noor.pk):
            assert all(queries.words_of(self.quote(pk)) is None for pk in self.over)


@pytest.mark.costly("stories of many steps, each through the real commands")
def test_no_sequence_of_moves_prints_what_may_not_be_printed(db):
    run_state_machine_as_test(
        Quotes,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
