"""What is written down at the open desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.forms import Textarea

LONGEST = 1_000


class NoteForm(forms.Form):
    """What, not why. Nobody else in it. Their words only if they ask for it (practice.md 2.7)."""

    done = forms.CharField(
        label=_("What was done"),
        help_text=_("What, not why. Nobody else in it."),
        max_length=LONGEST,
        widget=Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what was done, in a few words.")},
    )
    next_step = forms.CharField(label=_("Next small step"), required=False, max_length=200)
    said = forms.CharField(
        label=_("In their words"),
        help_text=_("Only if they ask for it."),
        required=False,
        max_length=LONGEST,
        widget=Textarea(attrs={"rows": 2}),
    )

    @property
    def texts(self) -> list[str]:
        """What was typed as what was done and what comes next: their own words are theirs."""
        data: dict[str, Any] = self.cleaned_data
        return [data["done"], data["next_step"]]
