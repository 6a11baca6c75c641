"""A hub with a desk, a clinic, a legal clinic and child protection; and an agency that has no part in it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from alongside.agencies.tests import cast
from alongside.hub import commands
from alongside.hub.models import Sitting, Waiting
from alongside.kernel import clock, ctx

AGENCIES = {
    "maya": ("Riverside", "community", "open-desk", "Maya", "caseworker"),
    "noor": ("Mill Street", "healthcare", "health-centre", "Noor", "caseworker"),
    "ray": ("Cedar Legal", "criminal-legal", "legal-clinic", "Ray", "caseworker"),
    "ana": ("Family First", "community", "child-protection", "Ana", "caseworker"),
    "zoe": ("Hillcrest", "community", "open-desk", "Zoe", "caseworker"),
}
OUTSIDE = "zoe"


def people(**more):
    """The hub and its people; nobody sits there yet."""
    seated = {
        key: cast.worker(cast.agency(name, sector, kind), called, role, passphrase=cast.PASSPHRASE)
        for key, (name, sector, kind, called, role) in AGENCIES.items()
    }
    priya = cast.worker(seated["maya"].agency, "Priya", passphrase=cast.PASSPHRASE)
    agencies = [worker.agency for key, worker in seated.items() if key != OUTSIDE]
    with ctx.as_operator():
        hub = commands.open_hub(name="Station Street", name_fr="Rue de la Gare", agencies=agencies)
    return SimpleNamespace(hub=hub, priya=priya, **seated, **more)


def sits(who, hub, called=None):
    """They sit there for the rest of the day."""
    at = clock.now()
    with ctx.as_worker(who.pk):
        return commands.sit(hub=hub, called=called or who.name, until=end(at), by=who, at=at)


def end(at):
    """The last minute of the day."""
    return clock.shared_midnight(clock.shared_day(at) + timedelta(days=1)) - timedelta(minutes=1)


def waits(who, hub, **said):
    """Somebody waits there, whom this worker met first."""
    told = {"topic": "health", "services": [], "kept_out": [], "not_while": "", "language": "en"} | said
    with ctx.as_worker(who.pk):
        return commands.wait(hub=hub, waiting_id=uuid4(), **told, by=who, at=clock.now())


def words_seen(who):
    """The words of those who wait, as far as this worker sees them."""
    with ctx.as_worker(who.pk):
        return [waiting.word for waiting in Waiting.objects.order_by("came_at", "id")]


def sitting_seen(who):
    """Who sits there, as far as this worker sees it."""
    with ctx.as_worker(who.pk):
        return [sitting.called for sitting in Sitting.objects.order_by("called")]
