"""What was handed over and waits to be taken, and what one took over."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.handovers import queries
from alongside.kernel.worklists import Action, Item, Part, Says, together

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

ON_A_BOARD = gettext_lazy("Handed over before")


def items(worker: Worker, at: datetime) -> Says:
    """Yield each hand-over that waits for this worker, and the files they took over in this shift."""
    if worker.keeps_files:
        yield from together(_to_take(worker, at), _taken(worker, at))


def _to_take(worker: Worker, at: datetime) -> Says:
    for board in (yield from queries.waiting.reading(worker, at)):
        many = ngettext("one thing", "%(n)s things", len(board.lines)) % {"n": len(board.lines)}
        late = at - board.given_at > queries.FALLS
        yield Item(
            words=_("%(who)s hands over to you: %(many)s") % {"who": board.given_by, "many": many},
            note=_("Nobody has taken it yet.") if late else "",
            at=board.given_at,
            part=Part.NEW,
            action=Action(_("Look"), reverse("handovers:board", args=[board.batch_id])),
            tag=("move", _("Waits for you")),
            rank=0,
        )


def _taken(worker: Worker, at: datetime) -> Says:
    lines = queries.taken(worker, at)
    yield [lines]
    for line in lines:
        yield Item(
            words=_("You took over {file}"),
            note=_("There is a note in the file.") if line.note else "",
            file_id=line.file_id,
            action=Action(_("Open"), reverse("desk:file", args=[line.file_id])),
            rank=2,
        )
