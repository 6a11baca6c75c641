"""What is written about an appointment: all but its time may be left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.appointments.court import OPTIONS, POSITIONS
from alongside.appointments.queries import Arrangement, Attendance, Manner, OpenAppointment, Source
from alongside.kernel import clock, vocabulary
from alongside.kernel.forms import BOTH, DayForm, TimeOfDayField, offer
from alongside.kernel.sent import as_id

if TYPE_CHECKING:
    from alongside.referrals.queries import Yes

OVERNIGHT = timedelta(hours=8)  # an hour before the beginning is the next day's, if it is no longer than that
TIMED = {"day", "month", "hour", "until"}
AN_HOUR = timedelta(hours=1)
WORDS = ("alias", "where", "whom", "not_there")
LONGEST = 200
WHO_OF_US = _("Choose who of us interprets.")


class AppointmentForm(DayForm):
    """When it is, what they call it, and what has to be arranged."""

    only_half = BOTH

    hour = TimeOfDayField(label=_("From"), error_messages={"required": _("Write when it begins.")})
    until = TimeOfDayField(label=_("Until, or empty for an hour"), required=False)
    alias = forms.CharField(
        label=_("What they call it"),
        help_text=_("Neutral words of their own, such as “the Tuesday thing”. They stand on your day."),
        required=False,
        max_length=60,
    )
    where = forms.CharField(
        label=_("Where, and which door"),
        required=False,
        max_length=LONGEST,
        help_text=_("Another entrance, if one is safer."),
    )
    whom = forms.CharField(label=_("With whom"), required=False, max_length=LONGEST)
    not_there = forms.CharField(
        label=_("Who must not be there"),
        required=False,
        max_length=LONGEST,
        help_text=_("In their words. It is never shared."),
    )
    travel = forms.CharField(label=Arrangement.TRAVEL.label, required=False, max_length=LONGEST)
    childcare = forms.CharField(label=Arrangement.CHILDCARE.label, required=False, max_length=LONGEST)
    food = forms.CharField(label=Arrangement.FOOD.label, required=False, max_length=LONGEST)
    phone = forms.CharField(label=Arrangement.PHONE.label, required=False, max_length=LONGEST)
    access = forms.CharField(label=Arrangement.ACCESS.label, required=False, max_length=LONGEST)

    @staticmethod
    def kept(of: OpenAppointment) -> dict[str, Any]:
        """Return what the form starts from: what is written now."""
        begins, ends = clock.local(of.appointment.starts_at), clock.local(of.appointment.ends_at)
        told = {name: of.words.get(name, "") for name in WORDS}
        when = {
            "day": str(begins.day),
            "month": str(begins.month),
            "hour": begins.time(),
            "until": ends.time(),
        }
        moments = {"starts_at": of.appointment.starts_at, "ends_at": of.appointment.ends_at}
        return {**when, **moments, **told, **of.words.get("arrangements", {})}

    @staticmethod
    def from_yes(yes: Yes | None) -> dict[str, Any]:
        """Return what the form starts from where an agency said when and where."""
        if yes is None:
            return {}
        day = {"day": str(yes.on.day), "month": str(yes.on.month)} if yes.on else {}
        hour = {"hour": yes.hour} if isinstance(yes.hour, time) else {}
        return {"where": yes.where, "whom": yes.ask_for, **day, **hour}

    def clean(self) -> dict[str, Any]:
        """Put day and times together: `starts_at` and `ends_at`, still to come and in their order."""
        data = super().clean()
        if self.initial.get("starts_at") and TIMED.isdisjoint(self.changed_data):
            return data | {name: self.initial[name] for name in ("starts_at", "ends_at")}
        if not self.errors and data["on"] is None:
            self.add_error("day", BOTH)
        if self.errors:
            return data
        data["starts_at"] = self._moment("hour", data["on"], data["hour"])
        if not self.errors:
            data["ends_at"] = self._end(data)
        if not self.errors and data["starts_at"] <= clock.now():
            self.add_error("hour", _("That time of today is over. Write a later one, or another day."))
        return data

    def _end(self, data: dict[str, Any]) -> datetime | None:
        if not data["until"]:
            return data["starts_at"] + AN_HOUR  # type: ignore[no-any-return]
        ends = self._moment("until", data["on"], data["until"])
        if ends is None or ends > data["starts_at"]:
            return ends
        for on, fold in ((data["on"], 1), (data["on"] + timedelta(days=1), 0)):
            later = timezone.make_aware(datetime.combine(on, data["until"].replace(fold=fold)))
            if timedelta(0) < later - data["starts_at"] <= OVERNIGHT:
                return later
        self.add_error("until", _("It would end before it begins. Write a later time."))
        return None

    def _moment(self, field: str, on: date, hour: time) -> datetime | None:
        moment = timezone.make_aware(datetime.combine(on, hour)).astimezone(UTC)
        if clock.local(moment).time() != hour:
            self.add_error(field, _("The clocks go forward that night: that time is not there."))
            return None
        return moment

    def words(self) -> dict[str, Any]:
        """Return what is to be sealed: only what was said."""
        said = {name: self.cleaned_data[name] for name in WORDS if self.cleaned_data[name]}
        arrangements = {
            code: self.cleaned_data[code] for code in Arrangement.values if self.cleaned_data[code]
        }
        return said | ({"arrangements": arrangements} if arrangements else {})


class AttendanceForm(forms.Form):
    """The whole note: whether they went, and the next step (practice.md 7)."""

    attendance = forms.ChoiceField(
        label=_("Were they there?"),
        choices=Attendance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say with one tap how it was.")},
    )
    next_step = forms.CharField(label=_("Next step, if there is one"), required=False, max_length=120)
    need = forms.ChoiceField(
        label=_("If they were turned away: what was sought there?"),
        required=False,
        choices=lambda: [("", _("Not said")), *vocabulary.choices("needs")],
    )


class CourtForm(forms.Form):
    """Options, and none of them a task (practice.md 7)."""

    position = forms.ChoiceField(
        label=_("They are there as"),
        required=False,
        choices=[("", _("Not said")), *POSITIONS.items()],
    )
    options = forms.MultipleChoiceField(
        label=_("What they want to think about"),
        help_text=_("Options, not tasks. Services don’t depend on talking to the police."),
        required=False,
        choices=list(OPTIONS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    entrance = forms.CharField(label=_("How they come and go"), required=False, max_length=LONGEST)
    look_again = forms.DateField(
        label=_("When you look up the dates again"),
        help_text=_("Hearings, bail, release: you look, and tell them in person. Nothing is sent to them."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    keep = forms.BooleanField(
        label=_("They wish to have their conditions written here"),
        help_text=_("A place or a person that is noted can be a breach on paper. Otherwise leave it out."),
        required=False,
    )
    conditions = forms.CharField(label=_("Their conditions"), required=False, max_length=LONGEST)

    def clean(self) -> dict[str, Any]:
        """Keep conditions only where they wish it."""
        data = super().clean() or {}
        if data.get("conditions") and not data.get("keep"):
            self.add_error("keep", _("Tick that they wish it, or leave the conditions out."))
        return data


class InterpreterForm(forms.Form):
    """Which language, how, and from where; nobody's name."""

    language = forms.ChoiceField(
        label=_("Which language?"),
        choices=lambda: vocabulary.choices("languages"),
        error_messages={"required": _("Choose the language, spoken or signed.")},
    )
    manner = forms.ChoiceField(
        label=_("How?"),
        choices=Manner.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how, with one tap.")},
    )
    source = forms.ChoiceField(
        label=_("From where?"),
        help_text=_("Never family, a friend, another client, or whoever goes along."),
        choices=Source.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say from where, with one tap.")},
    )
    worker = forms.ChoiceField(
        label=_("Who of us"), required=False, error_messages={"invalid_choice": WHO_OF_US}
    )
    order = forms.CharField(label=_("The number of the order"), required=False, max_length=40)

    def __init__(self, *args: Any, colleagues: Any = (), **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "worker", [("", _("Nobody of us")), *colleagues])

    def clean(self) -> dict[str, Any]:
        """Ask who it is where it is somebody of us."""
        data = super().clean() or {}
        if data.get("source") == Source.AGENCY and not data.get("worker") and "worker" not in self.errors:
            self.add_error("worker", WHO_OF_US)
        if data.get("source") != Source.AGENCY:
            data["worker"] = ""
        return data | {"worker_id": as_id(data["worker"]) if data.get("worker") else None}
