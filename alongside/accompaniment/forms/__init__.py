"""Whom they chose, what is on the card, and how it went."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accompaniment.queries import Kind, Met, NextTime, Seat
from alongside.appointments.queries import Attendance
from alongside.kernel import clock, vocabulary
from alongside.kernel.forms import Textarea, offer
from alongside.kernel.sent import as_id

if TYPE_CHECKING:
    from alongside.accompaniment.models import Companion

SHORT = 200
A_WORKING_LIFE = timedelta(days=60 * 365)
OWN = "own"
NOT_SAID = ("", _("Not said"))


class ChoiceForm(forms.Form):
    """Whom they chose, and whom they would accept instead."""

    who = forms.ChoiceField(
        label=_("Whom did they choose?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose somebody."), "invalid_choice": _("Choose somebody of these.")},
    )
    asked_alone = forms.BooleanField(
        label=_("I asked them about it alone"),
        help_text=_("Only for somebody of their own: nobody was there who could mind."),
        required=False,
    )
    backup = forms.ChoiceField(
        label=_("And if that person can’t?"),
        required=False,
        error_messages={"invalid_choice": _("Choose somebody of these.")},
    )

    def __init__(self, *args: Any, candidates: Any = (), names: Any = (), **more: Any) -> None:
        super().__init__(*args, **more)
        own = (OWN, _("Somebody of their own"))
        offer(self, "who", [*candidates, own])
        offer(self, "backup", [("", _("Nobody: then it is a new time")), *names])

    def clean(self) -> dict[str, Any]:
        """Somebody of their own is asked about alone; a backup is somebody else."""
        data = super().clean() or {}
        who, backup = data.get("who"), data.get("backup")
        if who == OWN and not data.get("asked_alone"):
            self.add_error("asked_alone", _("Ask them alone first, then tick."))
        if backup and backup == who:
            self.add_error("backup", _("Choose somebody else than the first, or nobody."))
        is_own = who == OWN
        return data | {
            "is_own": is_own,
            "companion_id": as_id(who) if who and not is_own else None,
            "backup_id": as_id(backup) if backup else None,
        }


class CardForm(forms.Form):
    """The card: only what they say yes to."""

    called = forms.CharField(label=_("What to call them"), required=False, max_length=120)
    introduction = forms.CharField(
        label=_("Introduce them with these words"),
        required=False,
        max_length=3000,
        widget=Textarea(attrs={"rows": 3}),
    )
    said = forms.CharField(
        label=_("What they want said"), required=False, max_length=SHORT, widget=Textarea(attrs={"rows": 2})
    )
    not_said = forms.CharField(
        label=_("Not to be said"), required=False, max_length=SHORT, widget=Textarea(attrs={"rows": 2})
    )
    signal = forms.CharField(
        label=_("The signal to leave"),
        help_text=_("A harmless sentence. Then you go, without a reason."),
        required=False,
        max_length=80,
    )
    speaks = forms.CharField(label=_("Who speaks"), required=False, max_length=80)
    seat = forms.ChoiceField(
        label=_("Where whoever comes along sits"), required=False, choices=[NOT_SAID, *Seat.choices]
    )
    met = forms.ChoiceField(
        label=_("Did the two meet before?"),
        choices=Met.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether they met, or would rather not.")},
    )
    warning = forms.CharField(
        label=_("One line for whoever comes along"),
        help_text=_("What to watch for there. No names, no history. It is gone when this is closed."),
        required=False,
        max_length=120,
    )
    approved = forms.BooleanField(
        label=_("I read it to them, and they said yes to it"),
        error_messages={"required": _("Read it to them first, then tick.")},
    )

    def words(self) -> dict[str, str]:
        """Return what is to be sealed: only what was said."""
        names = ("called", "introduction", "said", "not_said", "signal", "speaks")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}


class BackForm(forms.Form):
    """The whole note, and how it is to be next time."""

    attendance = forms.ChoiceField(
        label=_("Were they there?"),
        choices=Attendance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say with one tap how it was.")},
    )
    next_step = forms.CharField(label=_("Next step, if there is one"), required=False, max_length=120)
    next_time = forms.ChoiceField(
        label=_("And next time?"), required=False, choices=[NOT_SAID, *NextTime.choices]
    )


class DoneOn(forms.DateField):
    """A day on which something was done: today, or within a working life."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """Refuse a day that is still to come, and one that is over for longer than anybody works."""
        day = super().clean(value)
        if day and not timedelta(0) <= clock.today() - day <= A_WORKING_LIFE:
            raise forms.ValidationError(_("Write a day that has been, within the last sixty years."))
        return day


class CompanionForm(forms.Form):
    """Who goes along, and since when they may."""

    kind = forms.ChoiceField(label=_("They are"), choices=Kind.choices, widget=forms.RadioSelect)
    record_checked_on = DoneOn(label=_("Record checked on"))
    trained_on = DoneOn(label=_("Trained on"))
    conflicts_said_on = DoneOn(
        label=_("Last said whom they know on"),
        help_text=_("Once a year. Whom they know is not written here: they say “not me” at the file."),
    )
    languages = forms.MultipleChoiceField(
        label=_("They speak"),
        required=False,
        choices=lambda: vocabulary.choices("languages"),
        widget=forms.CheckboxSelectMultiple,
    )
    gender = forms.ChoiceField(
        label=_("For people who ask for it, they are"),
        required=False,
        choices=lambda: [NOT_SAID, *vocabulary.choices("genders")],
    )
    is_free = forms.BooleanField(label=_("They go along at present"), required=False)

    @staticmethod
    def kept(companion: Companion | None) -> dict[str, Any]:
        """Return what the form starts from."""
        if companion is None:
            return {"is_free": True, "kind": Kind.WORKER}
        names = (
            "kind",
            "record_checked_on",
            "trained_on",
            "conflicts_said_on",
            "languages",
            "gender",
            "is_free",
        )
        return {name: getattr(companion, name) for name in names}
