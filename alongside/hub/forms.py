"""Shapes of what is said at a hub. Nothing is required that a command can do without."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.consent.queries import CAPACITIES, METHODS, OTHERS
from alongside.hub.queries import Topic
from alongside.kernel import clock, vocabulary
from alongside.kernel.forms import NameField, Textarea, offer
from alongside.kernel.sent import as_id

Choices = Sequence[tuple[str, Any]]
BUSY = (
    ("10", _("Ten minutes")),
    ("20", _("Twenty minutes")),
    ("30", _("Half an hour")),
    ("60", _("An hour")),
)
A_YEAR = 365  # days
INTRODUCTION = "introduction"
IN_NO_FILE = "none"
NOT_READ_BACK = _("Read it back to them and tick that it is right, or leave it empty.")
ORDER = ("first", "second", "third")


class SitForm(forms.Form):
    """That one sits there, until when, and what the other agencies read."""

    until = forms.TimeField(
        label=_("I sit here today until"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Say until when, for example 16:00."),
            "invalid": _("Write a time, for example 16:00."),
        },
    )
    called = NameField(
        label=_("What the other agencies read"),
        help_text=_("A first name, or only “the nurse”."),
        max_length=40,
        error_messages={"required": _("Say what they read. “The nurse” is enough.")},
    )

    def clean_until(self) -> datetime:
        """Return the moment today."""
        return timezone.make_aware(datetime.combine(clock.today(), self.cleaned_data["until"]))


class NextForm(forms.Form):
    """When one's own agency is there next, and what for."""

    next_on = forms.DateField(
        label=_("We are here next on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    next_for = forms.ChoiceField(
        label=_("What for?"),
        required=False,
        choices=lambda: [("", _("Not said")), *vocabulary.choices("needs")],
    )

    def clean_next_on(self) -> date | None:
        """Refuse a day on which the others would see nothing: today, what is over, and what is far away."""
        day: date | None = self.cleaned_data["next_on"]
        if day and not 0 < (day - clock.today()).days <= A_YEAR:
            raise forms.ValidationError(_("Choose a day after today, within a year."))
        return day


class WaitForm(forms.Form):
    """Somebody waits: about what, for whom, and who is not to be here or to know."""

    topic = forms.ChoiceField(
        label=_("What is it about?"), required=False, choices=Topic.choices, widget=forms.RadioSelect
    )
    first = forms.ChoiceField(label=_("Whom do they want to see first?"), required=False)
    second = forms.ChoiceField(label=_("Then?"), required=False)
    third = forms.ChoiceField(label=_("And then?"), required=False)
    not_while = forms.CharField(
        label=_("Not while somebody is here"),
        help_text=_("In their words. Only whoever takes the desk reads it, today. Nobody is looked up."),
        required=False,
        max_length=300,
        widget=Textarea(attrs={"rows": 2}),
    )
    kept_out = forms.MultipleChoiceField(
        label=_("Who is not to see that they wait?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, agencies: Choices, others: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ORDER:
            offer(self, name, [("", _("Whoever is free")), *agencies])
        offer(self, "kept_out", others)

    @property
    def services(self) -> list[str]:
        """Whom they want to see, in their order, each once."""
        return list(dict.fromkeys(self.cleaned_data[name] for name in ORDER if self.cleaned_data[name]))


class LaterForm(forms.Form):
    """Not today: on which day, and whether it is promised in a file or counted as a gap."""

    on = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say a day, even if it may change."), "invalid": _("Choose a day.")},
    )
    file = forms.ChoiceField(
        label=_("Where does the promise stand?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whose file it is, or that it stands in none.")},
    )
    words = forms.CharField(
        label=_("What is promised?"), help_text=_("Only for the file."), required=False, max_length=200
    )

    def __init__(self, *args: Any, files: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        in_none = (IN_NO_FILE, _("In no file: it is counted as a no for today, nobody in it"))
        offer(self, "file", [*files, in_none])

    def clean_on(self) -> date:
        """Refuse today and what is over: this is what is not today."""
        day: date = self.cleaned_data["on"]
        if day <= clock.today():
            raise forms.ValidationError(_("Choose a day after today."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for words where there is a file to write them in."""
        told = super().clean() or {}
        is_in_a_file = told.get("file", IN_NO_FILE) != IN_NO_FILE
        if is_in_a_file and not (told.get("words") or "").strip():
            self.add_error("words", _("Say in a few words what is promised."))
        return told

    @property
    def told(self) -> dict[str, Any]:
        """What was said, as the command takes it."""
        said = self.cleaned_data
        return {"file_id": as_id(said["file"], None), "words": said["words"], "on": said["on"]}


ASKED_OF_BOTH = ("explained", "capacity", "others_present")


class TonightForm(forms.Form):
    """What each agency may see until midnight: each thing a tick for each agency, none ticked before."""

    words = forms.CharField(
        label=_("What should they know before they meet?"),
        help_text=_("A few sentences, in their own words where you can. It is told once."),
        required=False,
        max_length=3000,
        widget=Textarea(attrs={"rows": 5}),
    )
    approved = forms.BooleanField(
        label=_("I read it back to them, and they said it is right"), required=False
    )
    explained = forms.BooleanField(
        label=_("I said what can go wrong, what else is possible, and that no help depends on it"),
        error_messages={"required": _("Say it first, then tick that you did.")},
    )
    capacity = forms.ChoiceField(
        label=_("Who decided?"),
        choices=CAPACITIES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who decided.")},
    )
    others_present = forms.ChoiceField(
        label=_("Who else was there?"),
        choices=OTHERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who else was there.")},
    )
    method = METHODS[0][0]  # it is said, and heard: paper is for what lasts

    def __init__(self, *args: Any, agencies: Choices, items: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.of_agencies = {f"items_{key}": key for key, _name in agencies}
        for key, name in agencies:
            self.fields[f"items_{key}"] = forms.MultipleChoiceField(
                label=name, required=False, choices=items, widget=forms.CheckboxSelectMultiple
            )

    @property
    def chosen(self) -> dict[str, list[str]]:
        """The items for each agency that may see any."""
        said = {key: self.cleaned_data.get(name) or [] for name, key in self.of_agencies.items()}
        return {key: items for key, items in said.items() if items}

    @property
    def terms(self) -> dict[str, Any]:
        """How it was said."""
        return {name: self.cleaned_data[name] for name in ASKED_OF_BOTH} | {"method": self.method}

    def by_agency(self) -> list[Any]:
        """The fields of ticks, one for each agency."""
        return [self[name] for name in self.of_agencies]

    def clean(self) -> dict[str, Any]:
        """Ask for what the reading back needs; as long as nothing is ticked, for that and nothing else."""
        told = super().clean() or {}
        ticked = [name for name in self.of_agencies if told.get(name)]
        if not ticked:
            for name in ASKED_OF_BOTH:
                self.errors.pop(name, None)
            self.add_error(None, _("Tick at least one thing for one agency, or go back: nothing is shared."))
            return told
        words = (told.get("words") or "").strip()
        if words and not told.get("approved"):
            self.add_error("approved", NOT_READ_BACK)
        for name in ticked:
            if INTRODUCTION in told[name] and not words:
                self.add_error(name, _("No introduction is written. Write it, or untick it."))
        return told
