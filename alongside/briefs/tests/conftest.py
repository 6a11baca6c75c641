"""The people of these tests, and a brief with everything in it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from alongside.agencies.tests import cast
from alongside.briefs import commands, rules
from alongside.briefs.demo import draft
from alongside.kernel import clock, ctx
from tests.frozen import frozen

BASE = "https://alongside.example"


def do(verb, by, **told):
    """One command of somebody's, in a transaction of its own."""
    with ctx.as_worker(by.pk):
        return getattr(commands, verb)(by=by, at=clock.now(), **told)


def asked(by, question, *told, **more):
    """What somebody is told."""
    with ctx.as_worker(by.pk):
        return question(*told, **more)


def written(by, **facts):
    """A brief with all its words and answers, without quotes and tables."""
    with ctx.as_worker(by.pk):
        brief = draft.write(by=by, at=clock.now(), **facts)
        for question in rules.QUESTIONS:
            hoped = rules.answers_to(question)[0]
            commands.answer(brief=brief, question=question, answer=hoped, words="", by=by, at=clock.now())
    return brief


def again(brief):
    """The brief as it stands."""
    return type(brief).objects.get(pk=brief.pk)


@pytest.fixture
@frozen
def house(db):
    """An agency with two editors, a leader and a privacy officer; an Indigenous-led one with a data steward.

    And somebody elsewhere.
    """
    desk, lodge = cast.agency("Riverside"), cast.agency("Still Water", kind="indigenous-led")
    other = cast.agency("The never")
    there = SimpleNamespace(desk=desk, lodge=lodge)
    for name, of, role in (
        ("esme", desk, "editor"),
        ("kofi", desk, "editor"),
        ("ruth", desk, "leader"),
        ("noor", desk, "privacy-officer"),
        ("maya", desk, "caseworker"),
        ("margo", lodge, "data-steward"),
        ("wenona", lodge, "editor"),
        ("eve", other, "editor"),
        ("dan", other, "data-steward"),
    ):
        setattr(there, name, cast.worker(of, name.capitalize(), role))
    return there
