"""Shapes of what is written into a plan.

No field is required, except that a step and an idea say something.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel import vocabulary
from alongside.kernel.forms import Textarea, offer

PACES = (("", _("Not said")), ("now", _("Now")), ("later", _("Later")), ("not-now", _("Not now")))
WORDS = ("statement", "good", "step")
PRIVATE = ("why", "wants", "not_wants", "do_not_raise")
FACTS = ("pace", "language", "need", "review_on")


class PriorityForm(forms.Form):
    """What they want, in their words (practice.md 4)."""

    statement = forms.CharField(
        label=_("What do they want?"),
        help_text=_("Word for word, in their own language."),
        required=False,
        max_length=2000,
        widget=Textarea(attrs={"rows": 3}),
    )
    pace = forms.ChoiceField(label=_("When?"), choices=PACES, required=False, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("In which language did they say it?"),
        required=False,
        choices=lambda: [("", _("Not said")), *vocabulary.choices("languages")],
    )
    good = forms.CharField(label=_("What would good look like?"), required=False, max_length=500)
    step = forms.CharField(label=_("What is the next small step?"), required=False, max_length=500)
    need = forms.ChoiceField(
        label=_("What should we look for?"),
        help_text=_("Our word for it, so that services can be found."),
        required=False,
        choices=lambda: [("", _("Not yet")), *vocabulary.choices("needs")],
    )
    why = forms.CharField(label=_("Why it matters to them"), required=False, max_length=500)
    wants = forms.CharField(label=_("Whom do they want in this?"), required=False, max_length=300)
    not_wants = forms.CharField(label=_("Whom do they not want?"), required=False, max_length=300)
    do_not_raise = forms.CharField(label=_("What must nobody bring up?"), required=False, max_length=500)
    review_on = forms.DateField(
        label=_("When do we look at it again?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @property
    def more_is_said(self) -> bool:
        """Whether something stands in the part that is folded away."""
        return any(
            self[name].value() or self[name].errors for name in ("language", "good", "step", "review_on")
        )

    @property
    def private_is_said(self) -> bool:
        """Whether something stands in the part that is never shared."""
        return any(self[name].value() for name in PRIVATE)

    def parts(self) -> dict[str, Any]:
        """Return what was typed as the command takes it: words, private, facts."""
        data = self.cleaned_data
        return {
            "words": {name: data[name] for name in WORDS},
            "private": {name: data[name] for name in PRIVATE},
            "facts": {name: data[name] for name in FACTS},
        }


class StepForm(forms.Form):
    """What one of us will do about it."""

    words = forms.CharField(
        label=_("What will we do?"),
        max_length=500,
        error_messages={"required": _("Say what you will do, in a few words.")},
    )
    worker = forms.ChoiceField(label=_("Who?"), required=False)
    due_on = forms.DateField(
        label=_("By when?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "worker", [("", _("Nobody yet")), *colleagues])


class SuggestionForm(forms.Form):
    """A worker's own idea."""

    words = forms.CharField(
        label=_("What do you have in mind?"),
        help_text=_("It stands apart from what they want, and can’t be put above it."),
        max_length=500,
        error_messages={"required": _("Write a few words, or leave it.")},
    )
