"""Until when somebody watches, where somebody is, and what an agency agreed for both."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accompaniment import rules
from alongside.accompaniment.queries.check_ins import LOOKS_EVERY
from alongside.kernel import clock
from alongside.kernel.forms import Textarea, TimeOfDayField, offer
from alongside.kernel.sent import as_id
from alongside.kernel.templatetags import alongside as shown

if TYPE_CHECKING:
    from alongside.accompaniment.models import WatchRules
    from alongside.accompaniment.queries.check_ins import OneWatching

A_SHIFT = timedelta(hours=16)
LETTERS = 4
TOO_SHORT = _("Write a longer word: four letters or more.")


class UntilForm(forms.Form):
    """Until which hour: the next time it is that late."""

    until = TimeOfDayField(error_messages={"required": _("Write until when, such as 14:30.")})

    def clean(self) -> dict[str, Any]:
        """Put the hour on its day: `until_at`."""
        data = super().clean() or {}
        at = clock.now()
        if hour := data.get("until"):
            data["until_at"] = clock.next_at(hour, at)
            if data["until_at"] > at + A_SHIFT:
                self.add_error("until", _("That hour is over. Write one within the next sixteen hours."))
        return data


class WatchForm(UntilForm):
    """Until when one watches."""

    until = TimeOfDayField(
        label=_("I watch until"), error_messages={"required": _("Write until when, such as 14:30.")}
    )


class CheckInForm(UntilForm):
    """Where one is, when one is to be back, and who watches."""

    where = forms.CharField(
        label=_("Where you are"),
        help_text=_("As short as you like. It is wiped when you check out."),
        max_length=160,
        error_messages={"required": _("Write where you are, so that somebody can look for you.")},
    )
    until = TimeOfDayField(
        label=_("Back by"), error_messages={"required": _("Write by when you are back, such as 14:30.")}
    )
    watcher = forms.ChoiceField(
        label=_("Who watches"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who watches."),
            "invalid_choice": _("They don’t watch any more. Choose somebody of these."),
        },
    )
    field_order = ("where", "until", "watcher")

    def __init__(self, *args: Any, watching: list[OneWatching], **more: Any) -> None:
        super().__init__(*args, **more)
        self.until_of = {str(one.worker.pk): one.until_at for one in watching}
        offer(self, "watcher", [(str(one.worker.pk), _words(one)) for one in watching])

    def clean_where(self) -> str:
        """Refuse what nobody could look for: signs alone, and letters that are not seen."""
        where: str = self.cleaned_data["where"]
        if not rules.as_compared(where):
            raise forms.ValidationError(self.fields["where"].error_messages["required"])
        return where

    def clean(self) -> dict[str, Any]:
        """Whoever watches does so until then."""
        data = super().clean() or {}
        watches_until, until_at = self.until_of.get(data.get("watcher", "")), data.get("until_at")
        if watches_until and until_at and until_at > watches_until and "until" not in self.errors:
            hour = shown.hour(watches_until)
            words = _("They watch until %(hour)s only: write an earlier hour, or ask them to watch longer.")
            self.add_error("until", words % {"hour": hour})
        return data | {"watcher_id": as_id(data.get("watcher", ""))}


class RulesForm(forms.Form):
    """What an agency agreed for whoever watches."""

    minutes = forms.IntegerField(
        label=_("How many minutes between two looks?"),
        min_value=LOOKS_EVERY[0],
        max_value=LOOKS_EVERY[1],
        error_messages={
            "required": _("Write how many minutes."),
            "invalid": _("Write a whole number of minutes, from 5 to 60."),
            "min_value": _("Write a whole number of minutes, from 5 to 60."),
            "max_value": _("Write a whole number of minutes, from 5 to 60."),
        },
    )
    ring = forms.CharField(
        label=_("Whom to ring when nobody watches, or nobody answers"),
        help_text=_("A name or a role, and a number of the agency."),
        max_length=200,
        required=False,
    )
    instructions = forms.CharField(
        label=_("What whoever watches does at the word for danger"),
        max_length=1000,
        required=False,
        widget=Textarea(attrs={"rows": 6}),
    )

    @staticmethod
    def kept(rules: WatchRules) -> dict[str, Any]:
        """Return what the form starts from."""
        return {name: getattr(rules, name) for name in ("minutes", "ring", "instructions")}


class WordForm(forms.Form):
    """A worker's own word for danger."""

    word = forms.CharField(
        label=_("Your word"),
        help_text=_("One you would not write by chance. Capitals and accents make no difference."),
        min_length=LETTERS,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write a word."),
            "min_length": TOO_SHORT,
        },
    )

    def clean_word(self) -> str:
        """Refuse a word of signs: nothing would be left of it to compare."""
        word: str = self.cleaned_data["word"]
        if len(rules.as_compared(word)) < LETTERS:
            raise forms.ValidationError(TOO_SHORT)
        return word


class OutForm(forms.Form):
    """Checking out, with one's word or without."""

    word = forms.CharField(
        label=_("Your word, if you like"),
        required=False,
        max_length=60,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


def _words(one: OneWatching) -> str:
    return str(_("%(name)s, until %(hour)s") % {"name": one.worker.name, "hour": shown.hour(one.until_at)})


def until_in(words: datetime | None) -> Any:
    """Return the hour of a moment, as the form starts from it."""
    return clock.local(words).time() if words else None
