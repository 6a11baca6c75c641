"""Shapes of whom to ask and of what is agreed, one thing a page."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.consent.queries import AFTER_NO, CAPACITIES, MANNERS, METHODS, OTHERS, PURPOSES, last_day
from alongside.kernel import clock, vocabulary
from alongside.kernel.forms import Textarea, offer

Choices = Sequence[tuple[str, Any]]
LENGTHS = (
    ("7", _("One week")),
    ("30", _("30 days")),
    ("90", _("90 days")),
    ("180", _("180 days, the longest there is")),
    ("day", _("Until a day they choose")),
)
INTERPRETERS = (
    ("", _("None")),
    ("professional", _("A professional, checked for conflicts")),
    ("phone", _("By telephone, from out of the region")),
)
TERMS_TO_ANSWER = (
    ("1", _("1 day")),
    ("2", _("2 days")),
    ("3", _("3 days")),
    ("7", _("A week")),
    ("14", _("Two weeks")),
)


class WhomForm(forms.Form):
    """A name, and what an agency has to have: a language, spoken or signed, an interpreter from elsewhere."""

    words = forms.CharField(label=_("An agency by its name"), required=False, max_length=100)
    language = forms.ChoiceField(
        label=_("In which language, spoken or signed?"),
        required=False,
        choices=lambda: [("", _("Any")), *vocabulary.languages_in_order()],
    )
    outside_interpreter = forms.BooleanField(
        label=_("With an interpreter from outside the region"),
        help_text=_("Somebody trained, checked for conflicts. Never family or friends, nor who comes along."),
        required=False,
    )


class IntroductionForm(forms.Form):
    """The introduction, written once, so that they need not tell it again."""

    words = forms.CharField(
        label=_("What should they know before they meet?"),
        help_text=_(
            "A few sentences, in their own words where you can. No story they would rather not have told."
        ),
        required=False,
        max_length=3000,
        widget=Textarea(attrs={"rows": 7}),
    )
    approved = forms.BooleanField(
        label=_("I read it back to them, and they said it is right"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask now for what the last step needs: nothing goes that was not read back."""
        data = super().clean() or {}
        if (data.get("words") or "").strip() and not data.get("approved"):
            self.add_error(
                "approved", _("Read it back to them and tick that it is right, or leave it empty for now.")
            )
        return data


class ItemsForm(forms.Form):
    """What the other agency may see: each thing a tick, none pre-ticked, never "everything"."""

    items = forms.MultipleChoiceField(
        label=_("What they may see"),
        help_text=_("Read these out loud"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one thing they agree to, or press “Not now”.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "items", choices)


class TermsForm(forms.Form):
    """For what, how, and until when."""

    purpose = forms.ChoiceField(
        label=_("What for?"),
        choices=PURPOSES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what for.")},
    )
    manner = forms.ChoiceField(
        label=_("How do they get it?"), choices=MANNERS, widget=forms.RadioSelect, initial="view"
    )
    length = forms.ChoiceField(
        label=_("For how long?"),
        choices=LENGTHS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say for how long. Most people say 30 days.")},
    )
    day = forms.DateField(
        label=_("The day they choose"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    after_no = forms.BooleanField(label=_("They may go on seeing it after a no"), required=False)
    after_no_purpose = forms.ChoiceField(
        label=_("What for, after a no?"), choices=AFTER_NO, widget=forms.RadioSelect, required=False
    )
    after_no_day = forms.DateField(
        label=_("Until which day, after a no?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    to_role = forms.ChoiceField(
        label=_("Who there?"),
        required=False,
        choices=(
            ("", _("Anybody there who meets people")),
            ("intake", _("Only their intake")),
            ("specialist", _("Only their specialists")),
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Turn the choice into the last moment of a day, at most 180 days away (practice.md 2.2)."""
        data = super().clean() or {}
        today = clock.today()
        length = data.get("length")
        day: date | None = (
            data.get("day") if length == "day" else today + timedelta(days=int(length)) if length else None
        )
        if not length:
            pass  # the field says so
        elif day is None:
            if "day" not in self.errors:
                self.add_error("day", _("Choose the last day."))
        elif not today <= day <= last_day(today):
            self.add_error(
                "day", _("Choose a day from today to 180 days from now. After that, talk about it again.")
            )
        else:
            data["until"] = _end_of(day)
        return data | self._after_no(data, today)

    def _after_no(self, data: dict[str, Any], today: date) -> dict[str, Any]:
        """What holds after a no: nothing, unless it was asked, for its own purpose and until its own day."""
        if not data.get("after_no"):
            return {"after_no_purpose": "", "after_no_until": None}
        day = data.get("after_no_day")
        if not data.get("after_no_purpose"):
            self.add_error("after_no_purpose", _("Choose what for, or untick it."))
        if day is None:
            if "after_no_day" not in self.errors:
                self.add_error("after_no_day", _("Choose the last day, or untick it."))
        elif not today <= day <= last_day(today):
            self.add_error(
                "after_no_day",
                _("Choose a day from today to 180 days from now. After that, talk about it again."),
            )
        return {"after_no_until": _end_of(day) if day else None}


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


class AgreementForm(forms.Form):
    """How it was talked about, who decided, how, and who else was there."""

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
    method = forms.ChoiceField(
        label=_("How was yes said?"),
        choices=METHODS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how yes was said.")},
    )
    others_present = forms.ChoiceField(
        label=_("Who else was there?"),
        choices=OTHERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who else was there.")},
    )
    language = forms.ChoiceField(
        label=_("In which language?"),
        required=False,
        choices=lambda: [("", _("Not said")), *vocabulary.languages_in_order()],
    )
    interpreter = forms.ChoiceField(
        label=_("Was there an interpreter?"),
        help_text=_("Never family or friends."),
        required=False,
        choices=INTERPRETERS,
    )
    copy_given = forms.BooleanField(
        label=_("They asked for a copy and took it"),
        help_text=_("A copy can be found by somebody else. Offer to write down a word to remember instead."),
        required=False,
    )


class ShareForm(ItemsForm, TermsForm, AgreementForm):
    """What they may see, until when, what for, and how it was said: small steps of one page.

    Where the agency must pass things on, that was said aloud on a page of its own.
    """

    field_order = ("items", "length", "day", "purpose", "explained", "capacity", "method", "others_present")

    def __init__(self, *args: Any, must_pass_on: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if must_pass_on:
            del self.fields["explained"]


class PassingOnForm(forms.Form):
    """That it was said aloud what the agency must pass on."""

    explained = forms.BooleanField(
        label=_("I said this aloud, what else is possible, and that no help depends on it"),
        error_messages={"required": _("Say it first, then tick that you did.")},
    )


class SendForm(forms.Form):
    """When an unanswered request comes back to us."""

    within = forms.ChoiceField(
        label=_("Remind me if nobody answers within"), choices=TERMS_TO_ANSWER, initial="3"
    )
