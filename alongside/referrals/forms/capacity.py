"""Shapes of a question about room, and of its answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel import vocabulary
from alongside.kernel.forms import BOTH, DayForm, offer
from alongside.kernel.sent import as_id
from alongside.referrals.queries import REASONS

Choices = Sequence[tuple[str, Any]]


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
