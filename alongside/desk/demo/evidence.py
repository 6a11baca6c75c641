"""What people in Two Rivers said, and what could not be had there, made into a published brief.

Told while somebody looks around already.
"""

from __future__ import annotations

from alongside.agencies.queries import seated_as
from alongside.briefs.demo import publication
from alongside.briefs.queries import is_taken
from alongside.desk.demo import prices
from alongside.kernel import clock, ctx

EDITOR, SECOND, LEADERS = "esme", "kofi", ("ruth", "grace", "helen")
CALLERS = ("priya", "tala", "felix")  # one at each of the leaders' agencies


def tell() -> bool:
    """Tell it unless it was told before; return whether it was told now."""
    with ctx.as_operator():
        seats = {name: seated_as(name) for name in (EDITOR, SECOND, *LEADERS, *CALLERS)}
    people = {name: worker for name, worker in seats.items() if worker}
    if len(people) < len(seats):
        return False
    with ctx.as_worker(people[EDITOR].pk):
        if is_taken("two-rivers"):
            return False
    made_by = publication.People(
        people[EDITOR],
        people[SECOND],
        people[LEADERS[0]],
        tuple(people[name] for name in CALLERS),
        tuple(people[name] for name in LEADERS),
    )
    publication.make(made_by, clock.now(), base="http://127.0.0.1:8000")
    with ctx.as_worker(people[EDITOR].pk):
        prices.write_down(by=people[EDITOR], at=clock.now())
    return True
