"""What somebody needs of a place, and the names they choose to have looked for. Any part of it is enough."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.beds import rules
from alongside.beds.matching import Need
from alongside.kernel import geography, vocabulary
from alongside.kernel.forms import Textarea

MOST_CHILDREN = 12


def _with_none(name: str) -> list[tuple[str, Any]]:
    return [("", _("Not said")), *vocabulary.choices(name)]


def circumstances_in(group: str) -> list[tuple[str, Any]]:
    """Return the circumstances of one group: about them, or what they wish."""
    return [
        (code, label)
        for code, label in vocabulary.choices("circumstances")
        if vocabulary.CIRCUMSTANCES[code].mapping["group"] == group
    ]


class NeedForm(forms.Form):
    """What somebody needs. No name, nothing that says who."""

    stay = forms.ChoiceField(
        choices=[(code, code) for code in rules.NEED_OF], required=False, widget=forms.HiddenInput
    )
    region = forms.ChoiceField(
        label=_("Where?"),
        required=False,
        choices=lambda: [("", _("Anywhere in Ontario")), *((c, a) for c, a in geography.REGIONS.items())],
    )
    age = forms.IntegerField(label=_("Age"), required=False, min_value=0, max_value=120)
    gender = forms.ChoiceField(label=_("Gender"), required=False, choices=lambda: _with_none("genders"))
    household = forms.ChoiceField(
        label=_("Who comes?"), required=False, choices=lambda: _with_none("households")
    )
    children = forms.CharField(
        label=_("Children’s ages"), required=False, max_length=60, help_text=_("For example: 3, 12")
    )
    them = forms.MultipleChoiceField(
        label=_("About them"),
        required=False,
        choices=lambda: circumstances_in("them"),
        widget=forms.CheckboxSelectMultiple,
    )
    wish = forms.MultipleChoiceField(
        label=_("What they need of the place"),
        required=False,
        choices=lambda: circumstances_in("wish"),
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_children(self) -> list[int]:
        """Read ages however they were written: "3, 12", "3 et 12"."""
        said = self.cleaned_data["children"]
        ages = [int(number) for number in re.findall(r"\d+", said)]
        if re.search(r"[^\d\s,;.&etand]", said) or any(age > 25 for age in ages) or len(ages) > MOST_CHILDREN:
            raise forms.ValidationError(_("Write the ages as numbers, for example: 3, 12."))
        return ages

    def profile(self) -> dict[str, Any]:
        """Return what was said as the columns of a request."""
        told = self.cleaned_data
        return {
            "age": told.get("age"),
            "gender": told.get("gender", ""),
            "household": told.get("household", ""),
            "children": told.get("children") or [],
            "circumstances": [*told.get("them", []), *told.get("wish", [])],
        }

    def need(self) -> Need:
        """Return what was said as a need to search with; what couldn't be read is left out."""
        told = self.cleaned_data
        said = self.profile()
        return Need(
            stay=told.get("stay") or "tonight",
            region=told.get("region", ""),
            age=said["age"],
            gender=said["gender"],
            household=said["household"],
            children=tuple(said["children"]),
            circumstances=tuple(said["circumstances"]),
        )


class AskForm(NeedForm):
    """The same, as it goes to one shelter, with whom they must not meet if they choose to say."""

    region = None  # type: ignore[assignment]  # a request goes to one place
    keep_apart = forms.CharField(
        label=_("Somebody they must not meet there?"),
        required=False,
        max_length=400,
        widget=Textarea(attrs={"rows": 2}),
        help_text=_(
            "Only if they choose to. Only that shelter sees the names, only until it answers, and its answer "
            "never tells whether anybody was found."
        ),
    )


class HoldForm(forms.Form):
    """For how long a bed is held."""

    hours = forms.TypedChoiceField(
        label=_("Hold it for"),
        coerce=int,
        choices=lambda: [
            (h, _("%(n)d hours") % {"n": h}) for h in range(rules.FEWEST_HOURS, rules.MOST_HOURS + 1)
        ],
    )


class NotOfferedForm(forms.Form):
    """A "no" in one of two words, and what stood in the way for the shelter's own count."""

    answer = forms.ChoiceField(
        label=_("Which?"),
        choices=[("full", _("No space")), ("not-a-fit", _("Not a fit"))],
        error_messages={
            "required": _("Say which, with one tap: no space, or not a fit."),
            "invalid_choice": _("Say which, with one tap: no space, or not a fit."),
        },
    )
    barriers = forms.MultipleChoiceField(
        label=_("What stood in the way?"),
        required=False,
        choices=lambda: vocabulary.choices("barriers"),
        widget=forms.CheckboxSelectMultiple,
    )
