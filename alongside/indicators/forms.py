"""A line of the parameter table, as it is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.indicators import queries
from alongside.kernel import clock, vocabulary
from alongside.kernel.forms import Textarea

ORDERED = (("units_low", "units_base", "units_high"), ("cost_low", "cost_base", "cost_high"))


def _number(label: Any, digits: int) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=digits, decimal_places=2)


class ParameterForm(forms.Form):
    """What a unit of something costs.

    All of it is asked, because a number without its source is no evidence.
    """

    kind = forms.ChoiceField(label=_("What is it?"), choices=queries.Kind.choices)
    need = forms.ChoiceField(
        label=_("For what was sought"),
        required=False,
        choices=lambda: [("", _("For all of it")), *vocabulary.choices("needs")],
    )
    unit = forms.CharField(
        label=_("One unit, in English"), max_length=120, help_text=_("One night in a room of one’s own.")
    )
    unit_fr = forms.CharField(label=_("One unit, in French"), max_length=120)
    units_low = _number(_("Units a request would take: at least"), 8)
    units_base = _number(_("Units a request would take: most likely"), 8)
    units_high = _number(_("Units a request would take: at most"), 8)
    cost_low = _number(_("Dollars a unit: at least"), 12)
    cost_base = _number(_("Dollars a unit: most likely"), 12)
    cost_high = _number(_("Dollars a unit: at most"), 12)
    year = forms.IntegerField(label=_("Dollars of which year?"), min_value=1990, max_value=2200)
    source = forms.CharField(
        label=_("Where are the numbers from?"), max_length=1000, widget=Textarea({"rows": 3})
    )
    owner = forms.CharField(label=_("Which role keeps it right?"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"year": clock.today().year} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Numbers stand in order, and only what is funded may be for all of it; each is told at its field."""
        told = super().clean() or {}
        for names in ORDERED:
            values = [told.get(name) for name in names]
            for name, before, after in zip(names[1:], values, values[1:], strict=False):
                if before is not None and after is not None and after < before:
                    self.add_error(name, _("This can’t be less than the one before it."))
        if told.get("kind") != queries.Kind.FUNDED and not told.get("need") and "kind" in told:
            self.add_error("need", _("Say for what was sought. Only what is funded may be for all of it."))
        return told
