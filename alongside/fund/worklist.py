"""What the fund waits for: an approval, a payment, a receipt; and what came back to whoever asked."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.fund import queries
from alongside.fund.queries import Asked, State, Status
from alongside.kernel import money, vocabulary
from alongside.kernel.worklists import Action, Item, Part, Says, together

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.agencies.models import Worker
    from alongside.fund.models import Instalment, Purchase

ON_A_BOARD = gettext_lazy("Something from the fund")
TAGS = {
    Status.COMMITTED: ("move", gettext_lazy("Approved")),
    Status.PAID: ("wait", gettext_lazy("Receipt missing")),
    Status.LACKING: ("no", gettext_lazy("The pot is empty")),
}


def items(worker: Worker, at: datetime) -> Says:
    """Yield what waits for this worker's approval, and what they asked for and have to go on with."""
    parts = []
    if worker.may("approve-fund"):
        parts.append(_to_approve(worker))
    if worker.may("keep-fund"):
        parts.append(_left_behind(worker))
    if worker.may("ask-fund"):
        parts.append(_asked(worker, at))
    yield from together(*parts)


def _left_behind(worker: Worker) -> Says:
    if many := len((yield from queries.left_behind.reading(worker))):
        words = ngettext("A payment of somebody who left", "%(n)s payments of somebody who left", many) % {
            "n": many
        }
        yield Item(words=words, action=Action(_("Look"), reverse("fund:list")), rank=4)


def _to_approve(worker: Worker) -> Says:
    found = yield from queries.to_approve.reading(worker)
    if not found:
        return
    first, many = found[0], len(found)
    words = ngettext(
        "%(what)s: waits for your approval", "%(n)s requests to the fund wait for your approval", many
    ) % {"what": _what(first), "n": many}
    leads = reverse("fund:waiting") if many > 1 else reverse("fund:purchase", args=[first.pk])
    yield Item(
        words=words,
        at=first.asked_at,
        part=Part.NEW,
        action=Action(_("Look"), leads),
        tag=("move", _("Waits for you")),
        rank=2,
    )


def _asked(worker: Worker, at: datetime) -> Says:
    found = yield from queries.to_go_on_with.reading(worker, at)
    files = yield from queries.files_of.reading(worker, {asked.purchase.pk for asked in found})
    for asked in found:
        file_id = files.get(asked.purchase.pk)
        yield from (_payment(asked, payment, file_id) for payment in asked.due)
        if not asked.due:
            no = ("no", str(State.DECLINED.label))
            yield _about(asked, file_id, no, _("Look"), at=asked.purchase.decided_at)


def _payment(asked: Asked, payment: Instalment, file_id: UUID | None) -> Item:
    kind, word = TAGS[Status(payment.state)]
    does = {Status.COMMITTED: _("Pay it"), Status.PAID: _("Keep the receipt")}
    label = does.get(Status(payment.state), _("Look"))
    return _about(asked, file_id, (kind, str(word)), label, at=payment.moved_at)


def _about(asked: Asked, file_id: UUID | None, tag: tuple[str, str], does: str, at: datetime | None) -> Item:
    leads = reverse("fund:purchase", args=[asked.purchase.pk])
    words, action = _what(asked.purchase), Action(does, leads)
    return Item(words=words, at=at, file_id=file_id, leads_to=leads, action=action, tag=tag, rank=4)


def _what(purchase: Purchase) -> str:
    return f"{vocabulary.label('purchases', purchase.kind)}, {money.said(purchase.cents)}"
