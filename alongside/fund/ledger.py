"""The accounts of a pot, and what each act moves between them: double entry, in whole cents. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Account(TextChoices):
    """Where the money of a pot is. What was granted is the other side of all the rest."""

    GRANTED = "granted", _("Granted")
    AVAILABLE = "available", _("Left to give")
    COMMITTED = "committed", _("Set aside")
    PAID = "paid", _("Paid, receipt missing")
    RECEIPTED = "receipted", _("Paid, with a receipt")
    WRITTEN_OFF = "written-off", _("Written off")


class Act(TextChoices):
    """What one transaction of a ledger does."""

    ALLOT = "allot", _("Put into the pot")
    TAKE_BACK = "take-back", _("Taken out of the pot")
    COMMIT = "commit", _("Set aside")
    RELEASE = "release", _("Not needed after all")
    PAY = "pay", _("Paid")
    COME_BACK = "come-back", _("Came back")
    RECEIPT = "receipt", _("Receipt")
    WRITE_OFF = "write-off", _("Written off")
    REFUND = "refund", _("Refund")


# From which account, and into which: what was not needed of it goes back to what is left.
LEGS: Mapping[Act, tuple[Account, tuple[Account, ...]]] = {
    Act.ALLOT: (Account.GRANTED, (Account.AVAILABLE,)),
    Act.TAKE_BACK: (Account.AVAILABLE, (Account.GRANTED,)),
    Act.COMMIT: (Account.AVAILABLE, (Account.COMMITTED,)),
    Act.RELEASE: (Account.COMMITTED, (Account.AVAILABLE,)),
    Act.PAY: (Account.COMMITTED, (Account.PAID, Account.AVAILABLE)),
    Act.COME_BACK: (Account.PAID, (Account.AVAILABLE,)),
    Act.RECEIPT: (Account.PAID, (Account.RECEIPTED, Account.AVAILABLE)),
    Act.WRITE_OFF: (Account.PAID, (Account.WRITTEN_OFF,)),
    Act.REFUND: (Account.RECEIPTED, (Account.AVAILABLE,)),
}
SPENT = (Account.PAID, Account.RECEIPTED, Account.WRITTEN_OFF)


def entries(act: Act, cents: int, kept: int | None = None) -> dict[Account, int]:
    """Return what an act does to each account; together it is nothing.

    :param kept: of two accounts it goes into, how much goes into the first; all of it if left out
    """
    source, targets = LEGS[act]
    first = cents if kept is None else kept
    moved = dict(zip(targets, (first, cents - first), strict=False))
    return {source: -cents} | {account: part for account, part in moved.items() if part}


def legs_in_sql() -> str:
    """Return which accounts an act may take from (`available-`) and put into, as SQL asks of an entry."""
    cases = "\n".join(
        f"        when '{act}' then array[{', '.join(repr(leg) for leg in _signed(act))}]" for act in Act
    )
    return f"""set role ctxo;
create function ctx.fund_legs(act text) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select case act
{cases}
    end
$$;
reset role;
"""


def _signed(act: Act) -> list[str]:
    source, targets = LEGS[act]
    return [f"{source}-", *(f"{target}+" for target in targets)]
