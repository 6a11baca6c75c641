"""What the fund says no to, and when a month of a request is due. Pure."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.fund.models import INSTALMENT_MOVES, MOVES, State, Status
from alongside.kernel import clock, money
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.functional import Promise

    from alongside.agencies.models import Worker
    from alongside.fund.ledger import Act
    from alongside.fund.models import Instalment, Pot, Purchase, Report, Transaction

MOST_ASKED = 10_000_00  # cents, for one thing
MOST_GRANTED = 10_000_000_00
A_HALF = re.compile(r"20[0-9]{2}-H[12]", re.ASCII)
BANDS = ((50_00, "under_50"), (200_00, "50_200"), (500_00, "200_500"), (2000_00, "500_2000"))


class CannotKeep(Refusal):
    """The worker keeps no pots, or a pot can't be kept so."""


class CannotAsk(Refusal):
    """This can't be asked of this pot."""


class CannotDecide(Refusal):
    """This one can't approve or decline it."""


class CannotMove(Refusal):
    """The request, or a payment of it, doesn't stand where this could be done."""


class NotEnough(Refusal):
    """There is less left in the pot."""

    def __init__(self, left: int) -> None:
        super().__init__(
            _("There is %(left)s left in this pot. Ask for less, or another pot.")
            % {"left": money.said(left)}
        )
        self.left = left


class Stands(Refusal):
    """Something else stands in the books: the page was sent before, with other words in it."""


class CannotTell(Refusal):
    """This can't be told to a funder."""


class NobodyMay(Refusal):
    """It is more than anybody here may approve."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody else here may approve that much. Whoever leads your agency sets the limits."),
            reverse("fund:limits"),
        )


class TooMuch(Refusal):
    """It is more than what was set aside, or paid."""


def check_can_keep(by: Worker) -> None:
    """:raises CannotKeep: unless they keep the agency's pots"""
    if not by.may("keep-fund"):
        raise CannotKeep(_("The leader of your agency keeps its pots. Ask them."))


def check_can_ask(by: Worker) -> None:
    """:raises CannotAsk: unless they ask the fund for people"""
    if not by.may("ask-fund"):
        raise CannotAsk(_("Whoever meets people asks the fund for them."), reverse("fund:list"))


def check_takes_still(pot: Pot, day: date) -> None:
    """:raises CannotAsk: when the pot has ended"""
    if pot.has_ended(day):
        raise CannotAsk(_("This pot has ended. It takes nothing any more."), reverse("fund:list"))


def check_is_same(line: Transaction, act: Act, pot: Pot, cents: int, instalment: Instalment | None) -> None:
    """:raises Stands: if what stands under the number of a page is not what is sent now"""
    of_it = instalment.pk if instalment else None
    if (line.act, line.pot_id, line.instalment_id, line.cents) != (act, pot.pk, of_it, cents):
        there = (
            reverse("fund:purchase", args=[line.purchase_id])
            if line.purchase_id
            else reverse("fund:pot", args=[line.pot_id])
        )
        raise Stands(
            _("It stands in the books with %(amount)s: what you sent now was not written. Begin it anew.")
            % {"amount": money.said(line.cents)},
            there,
        )


def check_is_same_pot(there: Pot, name: str, ends_on: date, *, opened_with: int, cents: int) -> None:
    """:raises Stands: if the pot that was opened with this page is another than what is sent now"""
    if (there.name, there.ends_on, opened_with) != (name, ends_on, cents):
        raise Stands(
            _("It was opened as “%(name)s” with %(amount)s. Change it there.")
            % {"name": there.name, "amount": money.said(opened_with)},
            reverse("fund:pot", args=[there.pk]),
        )


def check_is_same_request(there: Purchase, *, is_its_file: bool, **said: object) -> None:
    """:raises Stands: if what was asked with this page is another than what is sent now"""
    if not is_its_file or any(getattr(there, name) != value for name, value in said.items()):
        raise Stands(
            _("It was asked already, with %(amount)s. Take it back there, or ask for this anew.")
            % {"amount": money.said(there.total)},
            reverse("fund:purchase", args=[there.pk]),
        )


def check_cannot_be_asked(cents: int, left: int, approvers: Sequence[Worker]) -> None:
    """:raises CannotAsk: if the pot has so much and somebody may approve it: then it is asked for"""
    if cents <= left and approvers:
        raise CannotAsk(_("This pot can give that. Ask for it: a no is counted if it is declined."))


def check_is_left(cents: int, left: int) -> None:
    """:raises NotEnough: if there is less left in the pot"""
    if cents > left:
        raise NotEnough(left)


def check_somebody_may(approvers: Sequence[Worker]) -> None:
    """:raises NobodyMay: if it is more than anybody else here may approve"""
    if not approvers:
        raise NobodyMay


def check_can_decide(by: Worker, purchase: Purchase, limit: int, *, asked_by: UUID) -> None:
    """Refuse whoever asked it themselves, and whose limit is less than all of it comes to.

    :param asked_by: whose account asked it: somebody may have had another seat then
    :raises CannotDecide: then
    :raises CannotMove: if it was decided already, or taken back
    """
    _check_moves(purchase, State.APPROVED)
    if purchase.asked_by == by.pk or asked_by == by.account_id:
        raise CannotDecide(_("You asked for this yourself. Ask somebody else to approve it."))
    if not by.may("approve-fund"):
        raise CannotDecide(_("Your role approves nothing. Ask whoever does."))
    if purchase.total > limit:
        raise CannotDecide(
            _("You may approve up to %(limit)s. Somebody with a higher limit approves this.")
            % {"limit": money.said(limit)},
            reverse("fund:limits"),
        )


def check_can_decline(by: Worker, purchase: Purchase, *, asked_by: UUID) -> None:
    """:raises Refusal: unless they approve, it waits, and somebody else asked for it"""
    check_can_decide(by, purchase, purchase.total, asked_by=asked_by)


def check_can_withdraw(by: Worker, purchase: Purchase) -> None:
    """:raises CannotMove: unless they asked it themselves and it waits"""
    _check_moves(purchase, State.WITHDRAWN)
    if purchase.asked_by != by.pk:
        raise CannotMove(_("Whoever asked for it takes it back. Ask them."))


def check_can_end(purchase: Purchase) -> None:
    """:raises CannotMove: unless it runs month by month"""
    _check_moves(purchase, State.ENDED)


def check_acts(by: Worker) -> None:
    """:raises CannotMove: unless they ask or approve, and so may pay"""
    if not (by.may("ask-fund") or by.may("approve-fund")):
        raise CannotMove(_("Whoever asks the fund, or approves, keeps its payments. Ask one of them."))


def check_can_move(instalment: Instalment, to: Status) -> None:
    """:raises CannotMove: if the payment doesn't stand where this could be done"""
    if to not in INSTALMENT_MOVES[Status(instalment.state)]:
        raise _stands(Status(instalment.state).label, instalment.purchase_id)


def check_not_more(cents: int, than: int) -> None:
    """:raises TooMuch: if it is more than that"""
    if cents > than:
        raise TooMuch(
            _("That is more than the %(most)s of this payment. Ask for the rest as something of its own.")
            % {"most": money.said(than)}
        )


def check_can_refund(instalment: Instalment, cents: int) -> None:
    """:raises Refusal: unless it was paid with a receipt, and so much of it is there"""
    if instalment.state != Status.RECEIPTED:
        raise CannotMove(_("Only what was paid with a receipt is refunded. Keep the receipt first."))
    check_not_more(cents, instalment.cents)


def due_on(first: date, number: int) -> date:
    """Return the day of a month's payment, counted from nought: the last of a month that has no such day."""
    months = first.month - 1 + number
    year, month = first.year + months // 12, months % 12 + 1
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def due_by(first: date, times: int, ends_on: date, today: date) -> Iterator[date]:
    """Yield the days on which something of a request was due until today, none after the pot's end."""
    for number in range(times):
        day = due_on(first, number)
        if day > min(ends_on, today):
            return
        yield day


def cost_band(cents: int) -> str:
    """Return the band of an amount, as gaps keep it."""
    return next((band for most, band in BANDS if cents < most), "over_2000")


def half_of(day: date) -> str:
    """Return the half-year of a day, as `2026-H1`."""
    return f"{day.year}-H{1 if day.month < 7 else 2}"


def span_of(half: str) -> tuple[date, date]:
    """Return the first day of a half-year and the first after it."""
    year, first = int(half[:4]), half.endswith("H1")
    return date(year, 1 if first else 7, 1), date(year, 7, 1) if first else date(year + 1, 1, 1)


def check_can_report(by: Worker, half: str, at: datetime, *, opened_at: datetime) -> None:
    """:raises Refusal: unless they keep the pot and the half-year is over: numbers are told once

    :param opened_at: of the pot: of what was before it there is nothing to tell
    """
    check_can_keep(by)
    if not A_HALF.fullmatch(half) or span_of(half)[1] > clock.shared_day(at):
        raise CannotTell(_("A half-year is counted once it is over. Wait until then."))
    if half < half_of(clock.shared_day(opened_at)):
        raise CannotTell(_("This pot was not open yet in that half-year. Choose a later one."))


def check_can_tell(by: Worker, report: Report, *, prepared_by: UUID) -> None:
    """:raises CannotTell: if it was told already, or they prepared it themselves, from whichever seat

    :param prepared_by: whose account prepared it
    """
    if report.released_by:
        raise CannotTell(_("This was told already. Use it as it is."))
    if not (by.may("release-numbers") and by.may("see-fund")):
        raise CannotTell(_("The leader or the privacy officer lets it be told. Ask them to look at it."))
    if report.prepared_by == by.pk or prepared_by == by.account_id:
        raise CannotTell(_("You prepared it: two people stand behind every number. Ask a colleague."))


def _check_moves(purchase: Purchase, to: State) -> None:
    if to not in MOVES[State(purchase.state)]:
        raise _stands(State(purchase.state).label, purchase.pk)


def _stands(state: str | Promise, purchase_id: UUID) -> CannotMove:
    return CannotMove(
        _("It stands otherwise by now: %(state)s.") % {"state": str(state).lower()},
        reverse("fund:purchase", args=[purchase_id]),
    )
