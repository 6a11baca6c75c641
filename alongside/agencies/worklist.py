"""What waits for those who say who may come in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.agencies import queries
from alongside.kernel.worklists import Action, Item, Part, Says

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def items(worker: Worker, at: datetime) -> Says:
    """Yield seats that wait for a second person, and which seats were changed this week."""
    requests, lately = queries.access_requests_for(worker), queries.access_news(worker)
    yield [requests, lately] if worker.may("arrange-seats") else [lately]
    if worker.may("arrange-seats"):
        for asked in requests:
            if asked.confirmed_at is None:
                yield Item(
                    words=_("%(what)s: %(who)s") % {"what": asked.get_what_display(), "who": asked.whose},
                    note=_("Asked by a colleague. A second person says yes or no.")
                    if asked.asked_by_id != worker.pk
                    else _("You asked. A second person says yes or no."),
                    at=asked.asked_at,
                    action=Action(_("Look"), reverse("agency") + "#lately"),
                    tag=None if asked.asked_by_id == worker.pk else ("move", _("Waits for you")),
                    rank=1,
                )
    seats = sorted({news.whose for news in lately})
    if seats:
        yield Item(
            words=_("Who may come in at your agency was changed this week: %(names)s.")
            % {"names": ", ".join(seats)},
            part=Part.NEW,
            action=Action(_("See what was asked and confirmed"), reverse("agency") + "#lately"),
        )
