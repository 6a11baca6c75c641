"""Briefs that wait to be signed or published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.briefs import queries
from alongside.kernel.worklists import Action, Item

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def items(worker: Worker, at: datetime) -> Iterator[Item]:
    """Yield the proofs that wait for this worker's signature, and what is signed and not yet published."""
    if not worker.may("sign-briefs"):
        return
    for brief in queries.briefs(worker):
        proof = reverse("briefs:proof", args=[brief.pk])
        if brief.state == "proof" and not queries.has_signed(worker, brief):
            yield Item(
                words=_("“%(title)s” waits to be read and signed") % {"title": brief},
                action=Action(_("Read the proof"), proof),
                tag=("move", _("Waits for you")),
                rank=2,
            )
        elif brief.state == "signed" and worker.may("edit-evidence"):
            yield Item(
                words=_("“%(title)s” is signed and can be published") % {"title": brief},
                action=Action(_("Publish it"), proof),
                tag=("yes", _("Signed")),
                rank=3,
            )
