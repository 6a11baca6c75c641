"""The ten pages somebody has in front of them every day, with one of everything on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.test import Client

from alongside.beds.tests import conftest as beds
from alongside.directory.tests import factories
from alongside.handovers.commands import hand_over
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans
from alongside.referrals.tests import cast

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

PAGES = {
    "my day": ("maya", "/day"),
    "files": ("maya", "/files/"),
    "a file": ("maya", "/files/{file}"),
    "whom to ask": ("maya", "/requests/of/{file}/whom?about={wish}"),
    "what may be seen": ("maya", "/requests/{draft}/agreement"),
    "a request, by who asked": ("maya", "/requests/{sent}"),
    "a request, by who was asked": ("ines", "/requests/{sent}"),
    "requests": ("maya", "/requests/"),
    "beds": ("ines", "/beds/board"),
    "handing over": ("maya", "/handovers/new"),
    "directory": ("maya", "/directory/?words=beds"),
}


@dataclass
class Scene:
    """Who is there, and the ids in the addresses."""

    people: dict[str, Worker] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    handles: list[str] = field(default_factory=list)  # code names, which chance gives

    def signed_in(self, name: str) -> tuple[Client, str]:
        """Who looks at a page, signed in, and its address."""
        who, path = PAGES[name]
        client = cast.sign_in(Client(), self.people[who])
        return client, path.format(**self.ids)


def build() -> Scene:
    """Maya's file of Jo, with two wants, a request and a draft; Ines's shelter; Gus, who goes home."""
    here, shelter = cast.agency("Riverside"), cast.agency("North Shore", "community", "shelter")
    maya, ines, gus = cast.worker(here, "Maya"), cast.worker(shelter, "Ines"), cast.worker(here, "Gus")
    factories.kept(ines, "North Shore beds", community="Thunder Bay")
    beds.count(beds.offering(ines), ines)
    file = cast.file(maya, "Jo")
    wish = cast.priority(file, maya)
    cast.priority(file, maya, "Somebody who speaks Punjabi.", need="")
    for by, words in ((maya, "Ask about a deposit."), (gus, "Ring the school.")):
        promised = {"words": words, "worker_id": by.pk, "due_on": clock.today()}
        with ctx.as_worker(by.pk):
            plans.add_step(file_id=file.id, priority_id=None, by=by, at=clock.now(), **promised)
    with ctx.as_worker(gus.pk):
        hand_over(to=maya, notes={}, by=gus, at=clock.now())
    sent = cast.request(file, maya, shelter, wish)
    draft = cast.talked_about(file, maya, shelter, wish)
    ids = {"file": file.id, "wish": wish.id, "sent": sent.id, "draft": draft.id}
    handles = [file.handle, sent.handle, draft.handle]
    return Scene({"maya": maya, "ines": ines}, ids, handles)
