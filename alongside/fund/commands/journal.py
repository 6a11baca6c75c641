"""Writing in the books: one line, and its sides."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from alongside.fund import rules
from alongside.fund.ledger import Act, entries
from alongside.fund.models import Entry, Instalment, Pot, Transaction


def lock(pot_id: UUID) -> Pot:
    """Lock a pot: whoever takes from it waits for whoever is taking."""
    return Pot.objects.select_for_update(no_key=True).get(pk=pot_id)


def stands(line_id: UUID, act: Act, pot: Pot, cents: int, instalment: Instalment | None = None) -> bool:
    """Whether this stands in the books under its number already.

    :raises rules.Stands: if something else does
    """
    line = Transaction.objects.filter(pk=line_id).first()
    if line:
        rules.check_is_same(line, act, pot, cents, instalment)
    return line is not None


def post(
    act: Act,
    pot: Pot,
    cents: int,
    *,
    kept: int | None = None,
    instalment: Instalment | None = None,
    by: UUID | None,
    at: datetime,
    line_id: UUID | None = None,
) -> None:
    """Write one line of a pot's ledger; the database moves its accounts, and refuses what is not there.

    :param kept: how much of it stays where it goes; the rest goes back to what is left
    """
    line = Transaction(
        agency_id=pot.agency_id,
        pot=pot,
        purchase_id=instalment.purchase_id if instalment else None,
        instalment=instalment,
        act=act,
        cents=cents,
        made_by=by,
        made_at=at,
    )
    line.id = line_id or line.id
    line.save(force_insert=True)
    sides = entries(act, cents, kept)
    Entry.objects.bulk_create(
        Entry(agency_id=pot.agency_id, transaction=line, account=account, cents=moved)
        for account, moved in sides.items()
    )
