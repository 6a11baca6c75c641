"""A no that was heard outside of Alongside, in two taps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel import vocabulary


def _with_none(name: str) -> list[tuple[str, Any]]:
    return [("", _("Not said")), *vocabulary.choices(name)]


class NoForm(forms.Form):
    """What was sought and what stood in the way; nobody in it. Any part of it is enough."""

    need = forms.ChoiceField(label=_("What was sought?"), required=False, choices=lambda: _with_none("needs"))
    barriers = forms.MultipleChoiceField(
        label=_("What stood in the way?"),
        required=False,
        choices=lambda: vocabulary.choices("barriers"),
        widget=forms.CheckboxSelectMultiple,
    )
    wait_band = forms.ChoiceField(
        label=_("How long would the wait be?"), required=False, choices=lambda: _with_none("wait_bands")
    )
    workaround = forms.ChoiceField(
        label=_("What was done instead?"), required=False, choices=lambda: _with_none("workarounds")
    )
    staff_hours_band = forms.ChoiceField(
        label=_("How much of your time did it take?"),
        required=False,
        choices=lambda: _with_none("hours_bands"),
    )

    def clean(self) -> dict[str, Any]:
        """Say it at the field when there is nothing to count."""
        told = super().clean() or {}
        if not self.errors and not (told.get("need") or told.get("barriers") or told.get("wait_band")):
            self.add_error(
                "need", _("Say what was sought, or what stood in the way. One of the two is enough.")
            )
        return told
