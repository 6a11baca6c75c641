"""An open desk's day: who came by without a name, and what was written down for one of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from alongside.files.queries import caseload
from alongside.kernel import ctx
from alongside.kernel.ids import uuid7
from alongside.visits import commands as visits

if TYPE_CHECKING:
    from alongside.desk.demo.scenario import District

# hours ago, about what, and how long it took
CAME = ((27, "food", "short"), (26, "sitting", "longer"), (4, "housing", "half-an-hour"), (3, "unsaid", ""),
        (2, "money", "short"), (1, "law", ""))  # fmt: skip
DONE = "Rang the room on Mill Street; it is free from Thursday."
NEXT = "Go along on Thursday and look at it."


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
    return len(CAME)
