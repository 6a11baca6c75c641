"""Shapes of “not them”."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.forms import offer

Choices = Sequence[tuple[str, Any]]


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
