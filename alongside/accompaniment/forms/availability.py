"""When somebody is free, places and ways, and what is wished for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.kernel import vocabulary
from alongside.kernel.forms import DayForm, NameField, TimeOfDayField, offer
from alongside.kernel.sent import as_id

if TYPE_CHECKING:
    from alongside.accompaniment.models import Availability, Place, Wish
    from alongside.accompaniment.queries.availability import Ways

Minutes = tuple[int, int]
A_DAY = 24 * 60
LONGEST_WAY = 12 * 60
NONE_SAID = ("", _("No wish"))
BOTH = _("Say from when and until when, or leave both empty.")
AFTER = _("Choose a time after the first.")


class FreeForm(forms.Form):
    """Times of day in pairs: from when, until when."""

    def span(self, begins: str, ends: str) -> Minutes | None:
        """Return one pair in minutes; nothing if it was left empty, and an error at what is missing."""
        if {begins, ends} & self.errors.keys():
            return None
        first, last = self.cleaned_data.get(begins), self.cleaned_data.get(ends)
        if (first is None) != (last is None):
            self.add_error(ends if last is None else begins, BOTH)
            return None
        if first is None or last is None:
            return None
        since, until = _minute(first), _minute(last) or A_DAY
        if until <= since:
            self.add_error(ends, AFTER)
            return None
        return since, until


class WeekForm(FreeForm):
    """When somebody is free each week."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for weekday in WEEKDAYS:
            self.fields[f"from_{weekday}"] = TimeOfDayField(label=_("From"), required=False)
            self.fields[f"until_{weekday}"] = TimeOfDayField(
                label=pgettext_lazy("an hour", "Until"), required=False
            )

    def clean(self) -> dict[str, Any]:
        """Put the pairs together: `week` holds the days that were said."""
        super().clean()
        spans = {weekday: self.span(f"from_{weekday}", f"until_{weekday}") for weekday in WEEKDAYS}
        return {"week": {weekday: [span] for weekday, span in spans.items() if span}}

    def pairs(self) -> Iterable[tuple[Any, Any, Any]]:
        """Yield the days, each with its two fields."""
        for weekday, name in WEEKDAYS.items():
            yield name, self[f"from_{weekday}"], self[f"until_{weekday}"]

    @staticmethod
    def kept(weekly: Mapping[int, list[Availability]]) -> dict[str, Any]:
        """Return what the form starts from."""
        initial: dict[str, Any] = {}
        for weekday, rows in weekly.items():
            for row in rows[:1]:
                initial[f"from_{weekday}"] = _time(row.from_minute)
                initial[f"until_{weekday}"] = _time(row.until_minute)
        return initial


class OneDayForm(FreeForm, DayForm):
    """One day that is not as each week."""

    starts = TimeOfDayField(
        label=_("Free from"), help_text=_("Leave both empty if you are not free that day."), required=False
    )
    ends = TimeOfDayField(label=_("Free until"), required=False)

    def clean(self) -> dict[str, Any]:
        """Put day and times together: no times are a day without any."""
        data = super().clean()
        if data["on"] is None and not {"day", "month"} & self.errors.keys():
            self.add_error("day", _("Choose the day."))
        self.cleaned_data = data
        span = self.span("starts", "ends")
        return {"on": data["on"], "spans": [span] if span else []}


class PlaceForm(forms.Form):
    """A place: what the agency calls it."""

    name = NameField(
        label=_("What you call it"),
        help_text=_("A word all of you know: “the courthouse”. No address and no number."),
        max_length=40,
        error_messages={"required": _("Give it a name.")},
    )

    def clean_name(self) -> str:
        """A name has no digit in it: it would be an address."""
        name: str = self.cleaned_data["name"]
        if any(letter.isnumeric() for letter in name):
            raise forms.ValidationError(_("Leave the number out: it is a name, never an address."))
        return name


class WaysForm(PlaceForm):
    """A place's name, and how many minutes it is from there to the others and back."""

    def __init__(self, *args: Any, place: Place, others: Iterable[Place], **more: Any) -> None:
        super().__init__(*args, **more)
        self.place, self.others = place, list(others)
        for other in self.others:
            names = {"here": place.name, "there": other.name}
            self.fields[f"to_{other.id}"] = _minutes(_("From here to %(there)s") % names)
            self.fields[f"from_{other.id}"] = _minutes(_("From %(there)s to here") % names)

    def minutes(self) -> dict[tuple[UUID | None, UUID | None], int | None]:
        """Return how long each way takes."""
        here = self.place.id
        there: dict[tuple[UUID | None, UUID | None], int | None]
        there = {(here, other.id): self.cleaned_data[f"to_{other.id}"] for other in self.others}
        return there | {(other.id, here): self.cleaned_data[f"from_{other.id}"] for other in self.others}

    @staticmethod
    def kept(place: Place, ways: Ways) -> dict[str, Any]:
        """Return what the form starts from."""
        there = {f"to_{end}": long for (begin, end), long in ways.minutes.items() if begin == place.id}
        back = {f"from_{begin}": long for (begin, end), long in ways.minutes.items() if end == place.id}
        return {"name": place.name, **there, **back}


class UnknownWayForm(forms.Form):
    """How long a way is taken to be that nobody wrote down."""

    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        min_value=0,
        max_value=LONGEST_WAY,
        error_messages={"required": _("Write a number of minutes.")},
    )


class WishForm(forms.Form):
    """What they wish for of whoever comes along."""

    language = forms.ChoiceField(
        label=_("In which language?"),
        required=False,
        choices=lambda: [NONE_SAID, *vocabulary.choices("languages")],
    )
    is_must = forms.BooleanField(label=_("Only somebody who speaks it"), required=False)
    gender = forms.ChoiceField(
        label=_("Would they rather have"),
        required=False,
        choices=lambda: [NONE_SAID, *vocabulary.choices("genders")],
    )
    place = forms.ChoiceField(
        label=_("Near which place is it?"),
        help_text=_("Only for how long the way takes. Whoever comes along doesn’t see it."),
        required=False,
    )

    def __init__(self, *args: Any, places: Iterable[Place], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "place", [("", _("Not said")), *((str(place.id), place.name) for place in places)])

    def clean(self) -> dict[str, Any]:
        """A language that has to be spoken is one that was chosen."""
        data = super().clean() or {}
        if data.get("is_must") and not data.get("language"):
            self.add_error("language", _("Choose which language it has to be."))
        place = data.pop("place", "")
        return data | {"place_id": as_id(place) if place else None}

    @staticmethod
    def kept(wish: Wish | None) -> dict[str, Any]:
        """Return what the form starts from."""
        if wish is None:
            return {}
        return {
            "language": wish.language,
            "is_must": wish.is_must,
            "gender": wish.gender,
            "place": str(wish.place_id or ""),
        }


def _minutes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=LONGEST_WAY)


def _minute(said: time) -> int:
    return said.hour * 60 + said.minute


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
