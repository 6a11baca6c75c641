"""An open desk's day at a hub: who came by without a name, who sits there, who waits, and one “Thursday”."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from alongside.files.queries import caseload
from alongside.hub import commands as hubs
from alongside.hub.queries import midnight
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.visits import commands as visits

if TYPE_CHECKING:
    from alongside.desk.demo.scenario import District
    from alongside.hub.models import Hub

# hours ago, about what, and how long it took
CAME = ((27, "food", "short"), (26, "sitting", "longer"), (4, "housing", "half-an-hour"), (3, "unsaid", ""),
        (2, "money", "short"), (1, "law", ""))  # fmt: skip
DONE = "Rang the room on Mill Street; it is free from Thursday."
NEXT = "Go along on Thursday and look at it."

HUB = ("riverside", "mill-street", "cedar", "homes", "childrens-aid")
NURSE = "The nurse"
SITS = (
    ("maya", "Maya", 6),
    ("chidi", NURSE, 2),
    ("arjun", "The lawyer", 3),
)  # what they are called, how long
NEXT_THERE = {"olive": "housing", "fatima": "children"}
# minutes ago, about what, how many of the nurse and the lawyer they want to see, their words for the desk
WAITS = (
    (20, "health", 2, "Not while the man with the red cap is here."),
    (8, "money", 0, ""),
    (4, "housing", 0, ""),
)
PROMISED = "Look at the form for the room together, with Homes."


def tell(d: District) -> int:
    """Count who came to Maya's desk yesterday and today, one of them with a note; return how many."""
    maya = d.workers["maya"]
    with ctx.as_worker(maya.pk):
        for ago, topic, length in CAME:
            at = d.now - timedelta(hours=ago)
            visit = visits.record(visit_id=uuid7(), topic=topic, by=maya, at=at)
            if length:
                visits.tell_length(visit=visit, length=length, by=maya)
            if topic == "housing":
                file = caseload(maya, mine=True)[0]
                visits.write(visit=visit, file_id=file.id, done=DONE, next_step=NEXT, said="", by=maya, at=at)
    _hub(d)
    return len(CAME)


def _hub(d: District) -> None:
    """Five agencies share a place; three sit there today, two people wait, and a third was told Thursday."""
    with ctx.as_operator():
        agencies = [d.agencies[slug] for slug in HUB]
        hub = hubs.open_hub(name="Station Street", name_fr="Rue de la Gare", agencies=agencies)
    thursday = clock.shared_day(d.now) + timedelta(days=(3 - clock.shared_day(d.now).weekday()) % 7 or 7)
    for username, called, hours in SITS:
        by = d.workers[username]
        until = min(d.now + timedelta(hours=hours), midnight(d.now))
        with ctx.as_worker(by.pk):
            hubs.sit(hub=hub, called=called, until=until, by=by, at=d.now)
            if called == NURSE:
                hubs.be_busy(until=min(d.now + timedelta(minutes=30), until), by=by)
    for username, need in NEXT_THERE.items():
        with ctx.as_worker(d.workers[username].pk):
            hubs.say_next(hub=hub, next_on=thursday, next_for=need, by=d.workers[username])
    _waiting(d, hub, thursday)


def _waiting(d: District, hub: Hub, thursday: date) -> None:
    """Two wait; whoever came last was promised Thursday, in their file."""
    maya, services = d.workers["maya"], [d.agencies[slug].pk for slug in ("mill-street", "cedar")]
    with ctx.as_worker(maya.pk):
        for ago, topic, wanted, not_while in WAITS:
            waiting = hubs.wait(
                hub=hub,
                waiting_id=uuid4(),
                topic=topic,
                services=services[:wanted],
                kept_out=[],
                not_while=not_while,
                language="en",
                by=maya,
                at=d.now - timedelta(minutes=ago),
            )
        file = caseload(maya, mine=True)[1]
        hubs.promise(waiting=waiting, file_id=file.id, words=PROMISED, on=thursday, by=maya, at=d.now)
