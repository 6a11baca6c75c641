"""What waits about files: destructions, files that need somebody, whom to ask again how to reach them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.files import queries
from alongside.kernel.worklists import Action, Item, Part, Says

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.files.models import Destruction

ON_A_BOARD = gettext_lazy("The file itself: who leads it, how they are reached")


def items(worker: Worker, at: datetime) -> Says:
    """Yield what is to be destroyed, what needs another worker, and whom to ask again how to reach them."""
    destructions, led, asked_long_ago = (
        queries.destructions_under_way(worker),
        queries.without_lead(worker),
        queries.stale_contacts(worker, at),
    )
    yield [
        *([destructions] if worker.may("destroy-files") else []),
        *([led, asked_long_ago] if worker.keeps_files else []),
    ]
    if worker.may("destroy-files"):
        yield from _destructions(worker, destructions)
    if worker.may("oversee-access"):
        unseen = queries.unseen_justifications(worker)
        if unseen:
            yield Item(
                words=ngettext(
                    "One file was opened by somebody whose file it is not",
                    "%(n)s files were opened by somebody whose file they are not",
                    unseen,
                )
                % {"n": unseen},
                note=_("Each says why."),
                action=Action(_("Read why"), reverse("files:justifications")),
                tag=("move", _("Waits for you")),
                rank=2,
            )
    if not worker.keeps_files:
        return
    for file in led:
        asked_for = bool(file.needs_another_since) and file.lead_id == worker.pk
        yield Item(
            words=_("{file} needs somebody else") if asked_for else _("{file} has nobody who leads"),
            file_id=file.id,
            action=Action(_("Choose with them"), reverse("files:lead", args=[file.id])),
            rank=3,
        )
    for file in asked_long_ago:
        yield Item(
            words=_("Ask {file} again how to reach them"),
            note=_("It was last asked over 30 days ago."),
            file_id=file.id,
            part=Part.LATER,
            action=Action(_("Look"), reverse("desk:file", args=[file.id])),
        )


def _destructions(worker: Worker, under_way: Iterable[Destruction]) -> Iterator[Item]:
    for one in under_way:
        asked = one.state == "asked"
        if not asked:
            note = _("Shut; it can be undone until then.")
        elif one.asked_by == worker.pk:
            note = _("You asked; a second person says so too, or not.")
        else:
            note = _("A colleague asked; a second person says so too, or not.")
        yield Item(
            words=(_("%(file)s: asked to be destroyed") if asked else _("%(file)s is to be destroyed"))
            % {"file": one.handle},
            note=note,
            at=one.asked_at if asked else one.final_from,
            action=Action(_("Look"), reverse("files:destruction", args=[one.id])),
            tag=("wait", one.get_state_display()),
            rank=2,
        )
