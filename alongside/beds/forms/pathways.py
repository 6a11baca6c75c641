"""What is typed on the way to a home: what was missing at a step, and whose file it belongs to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.beds.forms.waitlist import Choices
from alongside.kernel import vocabulary
from alongside.kernel.forms import offer


class MissingForm(forms.Form):
    """What was missing, in two taps; it becomes a gap, and nobody is in it. Any part of it is enough."""

    barriers = forms.MultipleChoiceField(
        label=_("What stood in the way?"),
        required=False,
        choices=lambda: vocabulary.choices("barriers"),
        widget=forms.CheckboxSelectMultiple,
    )
    wait_band = forms.ChoiceField(
        label=_("How long would the wait be?"),
        required=False,
        choices=lambda: [("", _("Not said")), *vocabulary.choices("wait_bands")],
    )

    def __init__(self, *args: Any, likely: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.likely = likely

    def first(self) -> list[forms.boundfield.BoundWidget]:
        """The ticks that are likeliest here, in front of the others."""
        return [tick for tick in self["barriers"] if tick.data["value"] in self.likely]

    def others(self) -> list[forms.boundfield.BoundWidget]:
        """All the other ticks."""
        return [tick for tick in self["barriers"] if tick.data["value"] not in self.likely]

    def others_ticked(self) -> bool:
        """Whether one of those is ticked."""
        return any(tick.data["selected"] for tick in self.others())

    def clean(self) -> dict[str, Any]:
        """Say it at the field when there is nothing to count."""
        told = super().clean() or {}
        if not self.errors and not (told.get("barriers") or told.get("wait_band")):
            self.add_error("barriers", _("Tick one thing, or say how long the wait would be."))
        return told


class PathwayFileForm(forms.Form):
    """Which file a pathway belongs to."""

    file = forms.ChoiceField(
        label=_("Whose file does it belong to?"), error_messages={"required": _("Choose a file.")}
    )

    def __init__(self, *args: Any, files: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "file", [("", _("Choose")), *files])
