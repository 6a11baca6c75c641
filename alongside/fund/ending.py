"""What was asked of the fund for the person of a file: taken back, or no further month of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.fund import commands, queries
from alongside.fund.queries import State
from alongside.kernel import clock, money, vocabulary
from alongside.kernel.endings import Open

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.fund.queries import Asked


def still_open(worker: Worker, file_id: UUID, at: datetime) -> Iterator[Open]:
    """Yield what nobody decided about and this worker asked for, and what runs month by month."""
    for asked in queries.of_file(worker, file_id):
        if _ends(worker, asked):
            kind = vocabulary.label("purchases", asked.purchase.kind)
            words = f"{kind}, {money.said(asked.purchase.cents)}"
            yield Open(id=asked.purchase.pk, words=words, on=clock.day(asked.purchase.asked_at))


def end(worker: Worker, file_id: UUID, purchase_id: UUID, at: datetime) -> None:
    """Take one back, or set aside no further month of it."""
    purchase = next(
        asked.purchase for asked in queries.of_file(worker, file_id) if asked.purchase.pk == purchase_id
    )
    act = commands.withdraw if purchase.state == State.ASKED else commands.end
    act(purchase=purchase, by=worker, at=at)


def _ends(worker: Worker, asked: Asked) -> bool:
    purchase = asked.purchase
    if purchase.state == State.ASKED:
        return bool(purchase.asked_by == worker.pk)
    return bool(purchase.state == State.APPROVED and purchase.times > 1)
