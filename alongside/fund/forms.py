"""What is typed about money: amounts, pots, the numbers of receipts."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.fund.queries import Payee, Reason
from alongside.fund.rules import MOST_ASKED, MOST_GRANTED
from alongside.kernel import clock, money, vocabulary
from alongside.kernel.forms import NameField, offer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alongside.fund.queries import Seat, Shown

MOST_TIMES = 24
A_RECEIPT = re.compile(r"[A-Z]{0,3}-?[0-9][0-9-]{0,18}", re.ASCII)


class MoneyField(forms.CharField):
    """An amount in dollars, kept in cents: a point or a comma, two digits after it at most."""

    def __init__(self, *, most: int = MOST_ASKED, nothing: bool = False, **more: Any) -> None:
        self.most, self.nothing = most, nothing
        more.setdefault("error_messages", {"required": _("Write an amount in dollars, such as 40 or 12.50.")})
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "num"})
        super().__init__(max_length=20, widget=widget, **more)

    def clean(self, value: Any) -> int | None:
        """Return the cents that were typed; None where nothing was.

        :raises ValidationError: with what would be an amount
        """
        text = super().clean(value)
        if not text:
            return None
        try:
            cents = money.read(text)
        except money.NotAnAmount as no:
            raise ValidationError(str(no.message)) from no
        if not cents and not self.nothing:
            raise ValidationError(_("Write more than nothing."))
        if cents > self.most:
            most = money.said(self.most)
            raise ValidationError(_("At most %(most)s. Look at it again."), params={"most": most})
        return cents


class AskForm(forms.Form):
    """What kind of thing, how much, from which pot, for whom, to whom it is paid, and how often."""

    kind = forms.ChoiceField(
        label=_("What for?"),
        choices=lambda: [("", _("Choose")), *vocabulary.choices("purchases")],
        error_messages={"required": _("Choose what it is for.")},
    )
    amount = MoneyField(
        label=_("How much?"),
        help_text=_("In dollars, at most. What it came to is said when it is paid."),
    )
    pot = forms.ChoiceField(label=_("From which pot?"))
    file = forms.ChoiceField(
        label=_("For whom?"),
        help_text=_("Whoever approves it does not see this."),
        required=False,
    )
    payee = forms.ChoiceField(
        label=_("To whom is it paid?"),
        help_text=_("To them or to the seller, never to somebody else for them."),
        choices=Payee.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose to whom it is paid.")},
    )
    often = forms.ChoiceField(
        label=_("How often?"),
        choices=[("once", _("Once")), ("monthly", _("Every month"))],
        initial="once",
        widget=forms.RadioSelect,
        required=False,
    )
    months = forms.IntegerField(
        label=_("For how many months?"),
        help_text=_("If it is every month. It ends with the pot, or when somebody ends it."),
        min_value=2,
        max_value=MOST_TIMES,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        pots: Iterable[Shown] = (),
        files: Iterable[tuple[UUID, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.pots = {str(shown.pot.id): shown.pot for shown in pots}
        left = [(str(shown.pot.id), f"{shown.pot.name} · {money.said(shown.left)}") for shown in pots]
        offer(self, "pot", left)
        offer(self, "file", [("", _("No file")), *((str(id), called) for id, called in files)])

    def clean_months(self) -> int | None:
        """Ask for the number of months where it is every month."""
        months: int | None = self.cleaned_data.get("months")
        if self.cleaned_data.get("often") == "monthly" and months is None:
            raise ValidationError(_("Say for how many months, from 2 to 24."))
        return months

    @property
    def said(self) -> dict[str, Any]:
        """What the command takes."""
        told = self.cleaned_data
        return {
            "kind": told["kind"],
            "cents": told["amount"],
            "times": told["months"] if told["often"] == "monthly" else 1,
        }


class PotForm(forms.Form):
    """A pot: what it is called, until when it pays, and what was granted."""

    name = NameField(
        label=_("What is it called?"),
        help_text=_("The funder and the year, as in your agreement. Nobody’s name."),
        max_length=80,
        error_messages={"required": _("Give it a name that colleagues know.")},
    )
    ends_on = forms.DateField(
        label=_("On which day does it end?"),
        help_text=_("The last day on which it gives."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say on which day it ends.")},
    )
    granted = MoneyField(label=_("How much is in it?"), most=MOST_GRANTED, required=False)

    def clean_ends_on(self) -> date:
        """Refuse a day that is over."""
        day: date = self.cleaned_data["ends_on"]
        if day < clock.today():
            raise ValidationError(_("This day is over. A pot ends today or later."))
        if day.year > clock.today().year + 20:
            raise ValidationError(_("That is more than twenty years away. Look at the year again."))
        return day


class AllotForm(forms.Form):
    """More into a pot, or out of it."""

    amount = MoneyField(label=_("How much?"), most=MOST_GRANTED)


class DeclineForm(forms.Form):
    """Why it is not approved, from a list."""

    reason = forms.ChoiceField(
        label=_("Why not?"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why not.")},
    )


class PayForm(forms.Form):
    """How much it came to."""

    amount = MoneyField(label=_("How much was it?"))


class ReceiptForm(forms.Form):
    """A receipt: its number and its amount. No picture, no name, no place."""

    number = forms.CharField(
        label=_("Number of the receipt"),
        help_text=_("Digits, with up to three letters before them. No name, no place, no picture."),
        max_length=24,
        error_messages={"required": _("Write its number. Without one, write it off.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    amount = MoneyField(label=_("Amount on it"))

    def clean_number(self) -> str:
        """Refuse whatever is no number: a receipt says nothing of anybody."""
        number: str = self.cleaned_data["number"].strip().upper()
        if not A_RECEIPT.fullmatch(number):
            raise ValidationError(_("Only its number: digits, with up to three letters before them."))
        return number


class RefundForm(forms.Form):
    """How much a seller gave back."""

    amount = MoneyField(label=_("How much came back?"))


class LimitsForm(forms.Form):
    """Up to how much each role, and each seat that differs, may approve."""

    def __init__(
        self, *args: Any, roles: Iterable[tuple[str, str]], seats: Iterable[Seat], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.roles, self.seats = list(roles), list(seats)
        for role, name in self.roles:
            self.fields[role] = MoneyField(label=name, required=False, nothing=True)
        for seat in self.seats:
            self.fields[str(seat.worker.pk)] = MoneyField(
                label=seat.worker.name, required=False, nothing=True
            )

    @property
    def of_roles(self) -> list[forms.BoundField]:
        """The fields of the roles."""
        return [self[role] for role, _name in self.roles]

    @property
    def of_seats(self) -> list[forms.BoundField]:
        """The fields of the seats."""
        return [self[str(seat.worker.pk)] for seat in self.seats]
