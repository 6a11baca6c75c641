"""Shapes of what is answered and said between."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, vocabulary
from alongside.kernel.forms import BOTH, DayForm, Textarea, TimeOfDayField, offer
from alongside.kernel.sent import as_id
from alongside.referrals.queries import LONGEST, REASONS
from alongside.referrals.rules import CannotTell, check_says_nobody
from alongside.text.short_notes import telling

if TYPE_CHECKING:
    from alongside.referrals.queries import Yes

Choices = Sequence[tuple[str, Any]]


class YesForm(DayForm):
    """What a yes carries; any part of it, or none."""

    hour = TimeOfDayField(label=_("At what time?"), required=False)
    ask_for = forms.CharField(
        label=_("Whom to ask for?"),
        help_text=_("The name you want to be asked for by; it stands in this answer only."),
        required=False,
        max_length=80,
    )
    where = forms.CharField(
        label=_("Where?"),
        help_text=_("Nothing that is confidential: then they ring, and you say how to come."),
        required=False,
        max_length=200,
    )
    bring = forms.CharField(label=_("What to bring?"), required=False, max_length=200)

    @staticmethod
    def kept(yes: "Yes | None") -> dict[str, Any]:
        """Return what the form starts from: what the last yes carries."""
        if yes is None:
            return {}
        day = {"day": str(yes.on.day), "month": str(yes.on.month)} if yes.on else {}
        return {"hour": yes.hour, "ask_for": yes.ask_for, "where": yes.where, "bring": yes.bring, **day}

    def clean(self) -> dict[str, Any]:
        """A time of today is still to come."""
        data = super().clean()
        is_today = data.get("on") == clock.today()
        if is_today and data.get("hour") and data["hour"] < clock.local(clock.now()).time():
            self.add_error("hour", _("That time of today is over. Write a later one, or another day."))
        if data.get("hour") and not data.get("on") and not self.errors:
            self.add_error("day", _("A time needs its day. Write the day, or leave out the time."))
        return data


class NotYetForm(DayForm):
    """From which day on it is possible."""

    only_half = BOTH

    def clean(self) -> dict[str, Any]:
        """A day is all there is to say here."""
        data = super().clean()
        if not self.errors and not data["on"]:
            self.add_error("day", _("Choose the day and the month from which on it is possible."))
        return data


class MessageForm(forms.Form):
    """A few sentences to the other side."""

    words = forms.CharField(
        label=_("What do you write?"),
        max_length=LONGEST,
        widget=Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
        error_messages={"required": _("Write something first.")},
    )
    looked = forms.BooleanField(label=_("I looked: it does not say who somebody is"), required=False)

    def clean(self) -> dict[str, Any]:
        """Have a human look at what may be a name or a place."""
        data = super().clean() or {}
        words = data.get("words") or ""
        try:
            check_says_nobody(words or "…")
        except CannotTell as refusal:
            self.add_error("words", str(refusal))
        perhaps = telling(words).perhaps
        if perhaps and not data.pop("looked", False):
            pieces = ", ".join(str(_("“%s”") % piece) for piece in perhaps)
            self.add_error("looked", _("This may say who somebody is: %s. Take it out, or tick.") % pieces)
        data.pop("looked", None)
        return data


class DeclineForm(forms.Form):
    """A "no" in two taps; it becomes a gap, and nobody is in it. All but the reason is optional."""

    reason = forms.ChoiceField(
        label=_("Why can’t you?"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why, with one tap.")},
    )
    wait_band = forms.ChoiceField(
        label=_("How long is the waiting list?"),
        required=False,
        choices=lambda: [("", _("Not a waiting list")), *vocabulary.choices("wait_bands")],
    )
    barriers = forms.MultipleChoiceField(
        label=_("What stands in the way?"),
        required=False,
        choices=lambda: vocabulary.choices("barriers"),
        widget=forms.CheckboxSelectMultiple,
    )
    instead = forms.ChoiceField(
        label=_("Not us, but this agency can"),
        help_text=_("They are told the name and nothing else goes there: the person decides."),
        required=False,
    )
    place = forms.CharField(label=_("Or a place of the directory"), required=False, max_length=100)
    entry = forms.ChoiceField(label=_("Which of these?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, agencies: Choices = (), entries: Choices = (), **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "instead", [("", _("Nobody in particular")), *agencies])
        offer(self, "entry", entries)

    def clean(self) -> dict[str, Any]:
        """Ask which place of the directory is meant."""
        data = super().clean() or {}
        place, entry = data.pop("place", ""), data.pop("entry", "")
        if place and not entry and "entry" not in self.errors:
            if self.fields["entry"].choices:  # type: ignore[attr-defined]
                self.add_error("entry", _("Choose one of these, or leave it empty."))
            else:
                self.add_error("place", _("The directory knows nothing of that name. Leave it empty."))
        return data | {
            "instead": as_id(data["instead"]) if data.get("instead") else None,
            "entry": as_id(entry) if entry else None,
        }
