"""Shapes of what is agreed and answered, one thing a page."""

import calendar
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from alongside.consent.queries import AFTER_NO, CAPACITIES, MANNERS, METHODS, OTHERS, PURPOSES
from alongside.kernel import clock, vocabulary
from alongside.kernel.forms import offer
from alongside.kernel.sent import as_id
from alongside.referrals.queries import LONGEST, REASONS
from alongside.referrals.rules import CannotTell, check_says_nobody
from alongside.text.short_notes import telling

if TYPE_CHECKING:
    from alongside.referrals.queries import Yes

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
TIMES = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I %p", "%I%p", "%H h %M", "%Hh%M", "%H h", "%Hh")
BOTH = _("Choose both the day and the month.")
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
        widget=forms.Textarea(attrs={"rows": 7}),
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
        elif not today <= day <= today + timedelta(days=180):
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
        elif not today <= day <= today + timedelta(days=180):
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


class DayForm(forms.Form):
    """A day that is to come, in two small fields: whoever names a day and a month means the next such day."""

    only_half = _("Choose both the day and the month, or leave both empty.")

    day = forms.ChoiceField(
        label=_("Day"), required=False, choices=[("", "–"), *((str(n), str(n)) for n in range(1, 32))]
    )
    month = forms.ChoiceField(
        label=_("Month"), required=False, choices=[("", "–"), *((str(n), name) for n, name in MONTHS.items())]
    )

    def clean(self) -> dict[str, Any]:
        """Put the two together: `on` is the day, or nothing where neither was said."""
        data = super().clean() or {}
        day, month = data.pop("day", ""), data.pop("month", "")
        data["on"] = None
        if not {"day", "month"} & self.errors.keys() and (day or month):
            data["on"] = self._next(int(day or 0), int(month or 0))
        return data

    def _next(self, day: int, month: int) -> date | None:
        today = clock.today()
        if not (day and month):
            self.add_error("month" if day else "day", self.only_half)
            return None
        for year in (today.year, today.year + 1):
            if day <= calendar.monthrange(year, month)[1] and (on := date(year, month, day)) >= today:
                if on <= today + timedelta(days=180):
                    return on
                break
        self.add_error("day", _("Choose a day from today to 180 days from now."))
        return None


class YesForm(DayForm):
    """What a yes carries; any part of it, or none."""

    hour = forms.TimeField(
        label=_("At what time?"),
        required=False,
        input_formats=TIMES,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time there is, such as 14:30.")},
    )
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
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
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


class CapacityForm(DayForm):
    """What kind of service, which day, for how many, in which languages: codes and numbers, nobody in it."""

    only_half = BOTH

    to_agency_ids = forms.TypedMultipleChoiceField(
        label=_("Which agencies?"),
        help_text=_("Each is asked by itself, and none learns of another."),
        coerce=as_id,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one agency.")},
    )
    need = forms.ChoiceField(
        label=_("What kind of service?"),
        choices=lambda: [("", _("Choose")), *vocabulary.choices("needs")],
        error_messages={"required": _("Choose what kind of service.")},
    )
    people = forms.IntegerField(
        label=_("For how many people?"),
        min_value=1,
        max_value=50,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write a number of people from 1 to 50.")
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"),
        required=False,
        choices=lambda: vocabulary.languages_in_order(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, agencies: Choices = (), **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "to_agency_ids", agencies)

    def clean(self) -> dict[str, Any]:
        """There has to be a day: it lapses with it."""
        data = super().clean()
        on = data.pop("on")
        if not on and not {"day", "month"} & self.errors.keys():
            self.add_error("day", _("Choose for which day they are asked, and its month."))
        return data | {"day": on}


class CapacityAnswerForm(DayForm):
    """Yes, not yet, or no with its reason."""

    only_half = BOTH

    state = forms.ChoiceField(
        label=_("What do you say?"), choices=[(state, state) for state in ("yes", "not-yet", "no")]
    )
    reason = forms.ChoiceField(label=_("Why can’t you?"), choices=REASONS, required=False)

    def clean(self) -> dict[str, Any]:
        """Not yet has its day, a no its reason."""
        data = super().clean()
        on = data.pop("on")
        if data.get("state") == "not-yet" and not on and not self.errors:
            self.add_error("day", _("Choose the day and the month from which on it is possible."))
        if data.get("state") == "no" and not data.get("reason"):
            self.add_error("reason", _("Say why, with one tap."))
        return data | {"possible_from": on}


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


class BlockForm(forms.Form):
    """A "not them": somebody at this desk, an agency, or one role in it."""

    against = forms.ChoiceField(
        label=_("Who is it?"), error_messages={"required": _("Choose who is not to see this.")}
    )

    def __init__(self, *args: Any, choices: list[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "against", [("", _("Choose")), *choices])


class BlockByNameForm(forms.Form):
    """A "not them" of somebody in another agency, by the name the person knows."""

    agency = forms.ChoiceField(
        label=_("Where do they work?"), error_messages={"required": _("Choose the agency.")}
    )
    name = forms.CharField(
        label=_("What are they called?"),
        max_length=100,
        error_messages={"required": _("Write the name they go by.")},
    )

    def __init__(self, *args: Any, choices: list[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "agency", [("", _("Choose")), *choices])


class WithholdForm(forms.Form):
    """One thing that nobody else is to see."""

    item = forms.ChoiceField(
        label=_("What is it?"), error_messages={"required": _("Choose what nobody else is to see.")}
    )

    def __init__(self, *args: Any, choices: list[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "item", [("", _("Choose")), *choices])
