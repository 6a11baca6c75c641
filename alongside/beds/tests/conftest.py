"""The people of these tests.

A desk that looks for a bed, a shelter with two programmes, somebody who is neither.
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from alongside.agencies.tests import cast
from alongside.beds import commands
from alongside.kernel import clock, ctx
from tests.frozen import frozen


def offering(by, **facts):
    """A programme of somebody's shelter."""
    with ctx.as_worker(by.pk):
        told = {"name": "Cedar nights", "region": "central", "stay": "tonight"} | facts
        return commands.keep(offering_id=None, facts=told, by=by, at=clock.now())


def count(of, by, actual=4, occupied=0, unavailable=0, reason="shift"):
    """A count of it."""
    numbers = {"actual": actual, "unavailable": unavailable, "occupied": occupied}
    with ctx.as_worker(by.pk):
        return commands.count(offering_id=of.pk, **numbers, reason=reason, by=by, at=clock.now())


def rule(of, by, **facts):
    """What stands in the way there: `pets="talks"`, `identification="clears"`, `smoking="stops"`."""
    said = {code: {"stands": how != "clears", "negotiable": how == "talks"} for code, how in facts.items()}
    with ctx.as_worker(by.pk):
        commands.keep_rules(offering_id=of.pk, facts=said, verified_on=clock.today(), by=by, at=clock.now())
        of.refresh_from_db()


def draft(of, by, **profile):
    """A request not asked yet."""
    with ctx.as_worker(by.pk):
        return commands.draft(offering=of, profile=profile, by=by, at=clock.now())


def asked(of, by, *, keep_apart="", at_once=False, **profile):
    """A request that was asked."""
    request = draft(of, by, **profile)
    with ctx.as_worker(by.pk):
        return commands.ask(request=request, keep_apart=keep_apart, at_once=at_once, by=by, at=clock.now())


def do(verb, request, by, **more):
    """One command of somebody's on a request."""
    with ctx.as_worker(by.pk):
        return getattr(commands, verb)(request=request, by=by, at=clock.now(), **more)


@pytest.fixture
@frozen
def house(db):
    """A desk, a shelter, another desk, and one programme with four beds, two taken."""
    desk, shelter = cast.agency("Riverside"), cast.agency("Cedar House", kind="shelter")
    there = SimpleNamespace(
        maya=cast.worker(desk, "Maya"),
        ruth=cast.worker(shelter, "Ruth", "intake"),
        coordinator=cast.worker(shelter, "Cleo", "coordinator"),
        noor=cast.worker(cast.agency("The never"), "Noor"),
        police=cast.worker(cast.agency("City Police", "criminal-legal", "police"), "Pat", "intake"),
    )
    there.offering = offering(there.ruth)
    count(there.offering, there.ruth, actual=4, occupied=2)
    return there
