"""Where the gaps are, for those who answer for an agency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.gaps import queries
from alongside.gaps.rules import quarter_of
from alongside.kernel.punctuation import within
from alongside.kernel.worklists import Action, Item, Part

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

MOST = 3


def items(worker: Worker, at: datetime) -> Iterator[Item]:
    """Yield what came to nothing most often this quarter, for whoever answers for the agency's numbers."""
    if not worker.may("give-numbers"):
        return
    quarter = quarter_of(at)
    for found in queries.hindering(queries.gaps(worker, quarter), MOST, 1):
        many = ngettext("One request came to nothing", "%(n)s requests came to nothing", found.count)
        first = within(found.barriers[0].label) if found.barriers else ""
        yield Item(
            words=_("%(need)s: %(many)s") % {"need": found.label, "many": many % {"n": found.count}},
            note=_("This quarter. Most often because of: %(barrier)s") % {"barrier": first} if first else "",
            part=Part.LATER,
            action=Action(_("Look"), reverse("gaps:summary")),
        )
