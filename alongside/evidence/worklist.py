"""Texts whose identifying words nobody has seen to yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.evidence import queries
from alongside.kernel.worklists import Action, Item

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def items(worker: Worker, at: datetime) -> Iterator[Item]:
    """Yield each text that waits to be cleaned, the longest waiting first."""
    if not queries.may_look(worker):
        return
    for source, study in queries.uncleaned(worker):
        yield Item(
            words=_("A text of “%(study)s” waits to be cleaned") % {"study": study},
            note=_("Until then nobody can code it."),
            at=source.brought_in_at,
            action=Action(_("Read it"), reverse("evidence:words", args=[source.pk])),
            tag=("move", _("Waits for you")),
            rank=3,
        )
