"""What a shelter says about what it offers, and what it counts.

Nothing is required but a name and a region.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from alongside.beds import rules
from alongside.kernel import geography, vocabulary
from alongside.kernel.forms import NameField, Textarea

if TYPE_CHECKING:
    from alongside.beds.models import Count, Offering, Rule

MOST_BEDS, MOST_DOLLARS, MOST_MONTHS = 5000, 20_000, 240
STAYS = [("tonight", _("Tonight")), ("months", _("Some months")), ("home", _("A home"))]
UNITS = [("bed", _("Beds")), ("room", _("Rooms"))]
DAYS_TO_THINK = [
    (24, _("A day")),
    (48, _("Two days")),
    (72, _("Three days")),
    (120, _("Five days")),
    (168, _("A week")),
    (336, _("Two weeks")),
]
WAYS = [
    ("", _("Not said")),
    ("clears", _("Does not stand in the way")),
    ("talks", _("Can be talked over")),
    ("stops", _("Stands in the way")),
]


def _number(label: Any, most: int, least: int = 0, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, required=False, min_value=least, max_value=most
    )


def _words(label: Any, longest: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=longest)


def _some(label: Any, vocabulary_name: str, help_text: Any = "") -> forms.MultipleChoiceField:
    words = vocabulary.choices(vocabulary_name)
    return forms.MultipleChoiceField(
        label=label, help_text=help_text, required=False, choices=words, widget=forms.CheckboxSelectMultiple
    )


class OfferingForm(forms.Form):
    """A programme: who it is for, and how it counts and holds."""

    name = NameField(
        label=_("Name"), max_length=200, error_messages={"required": _("Give it a name. Any will do.")}
    )
    name_fr = _words(_("Name in French"), 200)
    face = _words(
        _("Neutral name"),
        100,
        _("What everybody outside reads, where its real name would give somebody away."),
    )
    face_fr = _words(_("Neutral name in French"), 100)
    region = forms.ChoiceField(
        label=_("Region"),
        help_text=_("All that anybody outside learns of where it is."),
        choices=[("", _("Choose")), *geography.region_choices()],
        error_messages={"required": _("Choose the region. Nothing finer is asked.")},
    )
    stay = forms.ChoiceField(
        label=_("For how long?"), required=False, choices=STAYS, widget=forms.RadioSelect, initial="tonight"
    )
    unit = forms.ChoiceField(
        label=_("What is counted?"), required=False, choices=UNITS, widget=forms.RadioSelect, initial="bed"
    )
    genders = forms.MultipleChoiceField(
        label=_("Who it is for"),
        help_text=_("Nothing ticked: everybody."),
        required=False,
        choices=lambda: [(code, plural(code)) for code in vocabulary.GENDERS],
        widget=forms.CheckboxSelectMultiple,
    )
    minimum_age = _number(_("From age"), 130)
    maximum_age = _number(_("To age"), 130)
    households = _some(
        _("Who can come together"), "households", _("Nothing ticked: nothing is said about it.")
    )
    room_types = _some(_("Rooms"), "room_types")
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        choices=vocabulary.languages_in_order,
        widget=forms.CheckboxSelectMultiple,
    )
    exceptions_contact = _words(
        _("Whom to call about an exception"), 100, _("A role, never a name: “the shift lead”.")
    )
    exceptions_phone = _words(_("Their telephone"), 40)
    urgent_phone = _words(
        _("What to call when nobody answers"),
        40,
        _("Shown when a request has waited for three and a half hours."),
    )
    holds_at_once = forms.BooleanField(
        label=_("Others may hold a bed at once, without waiting for our answer"), required=False
    )
    hold_hours = forms.TypedChoiceField(
        label=_("A bed is held for"),
        required=False,
        coerce=int,
        initial=4,
        choices=lambda: [
            (n, _("%(n)d hours") % {"n": n}) for n in range(rules.FEWEST_HOURS, rules.MOST_HOURS + 1)
        ],
    )
    think_hours = forms.TypedChoiceField(
        label=_("Time to think about an offer"), required=False, coerce=int, initial=72, choices=DAYS_TO_THINK
    )
    months_least = _number(_("From how many months"), MOST_MONTHS, 1)
    months_most = _number(_("To how many months"), MOST_MONTHS, 1)
    monthly_cost = _number(_("What it costs a month, in dollars"), MOST_DOLLARS)
    deposit = _number(_("What is asked for before moving in, in dollars"), MOST_DOLLARS)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for code in vocabulary.BENEFITS:
            self.fields[f"covers_{code}"] = _number(lazystr(vocabulary.BENEFITS[code]), MOST_DOLLARS)

    @property
    def covering(self) -> list[forms.BoundField]:
        """The fields of what an income or benefit pays."""
        return [self[f"covers_{code}"] for code in vocabulary.BENEFITS]

    def clean(self) -> dict[str, Any]:
        """What two fields can get wrong together: ages and months the wrong way round."""
        told = super().clean() or {}
        for low, high, words in (
            ("minimum_age", "maximum_age", _("This is lower than the age it starts from.")),
            ("months_least", "months_most", _("This is shorter than the shortest stay.")),
        ):
            if told.get(low) is not None and told.get(high) is not None and told[low] > told[high]:
                self.add_error(high, words)
        return told

    def facts(self) -> dict[str, Any]:
        """Return what was said as the columns of an offering."""
        told = {name: value for name, value in self.cleaned_data.items() if not name.startswith("covers_")}
        pays = {code: self.cleaned_data[f"covers_{code}"] for code in vocabulary.BENEFITS}
        return told | {
            "stay": told["stay"] or "tonight",
            "unit": told["unit"] or "bed",
            "hold_hours": told["hold_hours"] or 4,
            "think_hours": told["think_hours"] or 72,
            "covers": {code: dollars for code, dollars in pays.items() if dollars is not None},
        }


def plural(code: str) -> str:
    """Return a gender in the plural: "Women", "Femmes"."""
    term = vocabulary.GENDERS.get(code)
    if term is None:
        return code
    en, fr = term.mapping["plural"]
    return str(vocabulary.Term(code, en, fr, {}))


def told_by(offering: Offering) -> dict[str, Any]:
    """Return what an offering says, as its form asks for it."""
    told = {name: getattr(offering, name) for name in OfferingForm.base_fields}
    return told | {f"covers_{code}": dollars for code, dollars in offering.covers.items()}


class RulesForm(forms.Form):
    """The whole list of what may stand in the way, each as a fact; what isn't said stays unsaid."""

    def __init__(self, *args: Any, said: Mapping[str, Rule], **more: Any) -> None:
        super().__init__(*args, **more)
        self.said = said
        deciders = [("", _("Not said")), *vocabulary.choices("deciders")]
        for code in rules.SAYABLE:
            rule = said.get(code)
            self.fields[f"way_{code}"] = forms.ChoiceField(
                label=lazystr(vocabulary.BARRIERS[code]), required=False, choices=WAYS, initial=way_of(rule)
            )
            self.fields[f"by_{code}"] = forms.ChoiceField(
                label=_("Who decided"),
                required=False,
                choices=deciders,
                initial=rule.decided_by if rule else "",
            )
            self.fields[f"words_{code}"] = _words(_("In your words"), 200)
            self.fields[f"words_fr_{code}"] = _words(_("In French"), 200)
            self.initial[f"words_{code}"], self.initial[f"words_fr_{code}"] = (
                (rule.words, rule.words_fr) if rule else ("", "")
            )

    def clean(self) -> dict[str, Any]:
        """Words about something that isn't said would be lost."""
        told = super().clean() or {}
        for code in rules.SAYABLE:
            if not told.get(f"way_{code}") and any(
                told.get(f"{part}_{code}") for part in ("by", "words", "words_fr")
            ):
                self.add_error(f"way_{code}", _("Say which of the three it is, so that your words are kept."))
        return told

    def groups(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Return the fields as the page shows them: by the nature of what stands in the way."""
        return [
            (str(nature), [self._row(barrier.code) for barrier in there if barrier.code in rules.SAYABLE])
            for nature, there in vocabulary.barriers_by_nature()
        ]

    def _row(self, code: str) -> dict[str, Any]:
        more = [self[f"{part}_{code}"] for part in ("by", "words", "words_fr")]
        return {
            "way": self[f"way_{code}"],
            "more": more,
            "open": any(f.value() or f.errors for f in more),
            "rule": self.said.get(code),
        }

    def facts(self) -> dict[str, dict[str, Any]]:
        """Return what was said: `barrier: {stands, negotiable, decided_by, words, words_fr}`."""
        told = self.cleaned_data
        return {
            code: {
                "stands": told[f"way_{code}"] != "clears",
                "negotiable": told[f"way_{code}"] == "talks",
                "decided_by": told[f"by_{code}"],
                "words": told[f"words_{code}"],
                "words_fr": told[f"words_fr_{code}"],
            }
            for code in rules.SAYABLE
            if told[f"way_{code}"]
        }


def way_of(rule: Rule | None) -> str:
    """Return which of the four a rule says."""
    if rule is None:
        return ""
    return ("talks" if rule.negotiable else "stops") if rule.stands else "clears"


class PlaceForm(forms.Form):
    """Where it is, for those who work there."""

    words = forms.CharField(
        label=_("Where it is"),
        required=False,
        max_length=500,
        widget=Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_(
            "Sealed, and seen by your agency only. It is never sent, searched or exported; agree on a "
            "meeting place instead."
        ),
    )


class CountForm(forms.Form):
    """Everything counted once, and why it changed."""

    actual = forms.IntegerField(
        label=_("How many are there that can be slept in?"), min_value=0, max_value=MOST_BEDS
    )
    occupied = forms.IntegerField(label=_("How many of them are taken?"), min_value=0, max_value=MOST_BEDS)
    unavailable = _number(
        _("How many more are out of use?"),
        MOST_BEDS,
        help_text=_("Paid for, and not to be slept in just now."),
    )
    reason = forms.ChoiceField(
        label=_("Why did it change?"),
        required=False,
        choices=[(r.value, r.label) for r in rules.REASONS_TO_COUNT],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, last: Count | None, **more: Any) -> None:
        super().__init__(*args, **more)
        if last:
            self.initial = {
                "actual": last.actual,
                "occupied": last.occupied,
                "unavailable": last.unavailable,
                "reason": "shift",
            }
        else:
            del self.fields["reason"]

    def numbers(self) -> dict[str, Any]:
        """Return what was counted."""
        told = self.cleaned_data
        reason = told["reason"] or "shift" if "reason" in self.fields else "opening"
        return {
            "actual": told["actual"],
            "occupied": told["occupied"],
            "unavailable": told["unavailable"] or 0,
            "reason": reason,
        }


class StepForm(forms.Form):
    """One tap: one fewer, the same, one more; or somebody left."""

    occupied = forms.TypedChoiceField(coerce=int, choices=[(n, n) for n in (-1, 0, 1)])
    reason = forms.ChoiceField(choices=[(code, code) for code in ("shift", "departure")])
    seen = forms.IntegerField(required=False)
