"""What is typed on a waiting list: who waits, and to whom a place is offered and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from alongside.beds import rules
from alongside.beds.forms.requests import NeedForm
from alongside.kernel.forms import offer

Choices = list[tuple[str, Any]]


class JoinForm(NeedForm):
    """What somebody who waits needs, and what this goes on from."""

    region = None  # type: ignore[assignment]  # a list is kept by one place
    stay = None  # type: ignore[assignment]
    thread = forms.ChoiceField(label=_("Does this go on from something?"), required=False)
    file = forms.ChoiceField(
        label=_("Whose file does it belong to?"),
        required=False,
        help_text=_("Only your own agency sees that."),
    )

    def __init__(self, *args: Any, pathways: Choices, files: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "thread", [("", _("It begins here")), *pathways])
        offer(self, "file", [("", _("Nobody’s")), *files])


class OfferForm(forms.Form):
    """How long they have to think, and, out of turn, why."""

    hours = forms.TypedChoiceField(
        label=_("How long may they think?"), coerce=int, required=False, empty_value=None
    )
    reason = forms.ChoiceField(
        label=_("Why is it not the turn of those before?"),
        required=False,
        widget=forms.RadioSelect,
        choices=rules.waitlist.REASONS,
    )

    def __init__(self, *args: Any, usual: int, **more: Any) -> None:
        super().__init__(*args, **more)
        hours = sorted({*rules.waitlist.HOURS, usual})
        offer(
            self,
            "hours",
            [(h, ngettext_lazy("%(n)d day", "%(n)d days", "n") % {"n": round(h / 24)}) for h in hours],
        )
        self.fields["hours"].initial = usual
