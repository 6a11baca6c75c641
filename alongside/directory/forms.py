"""What the pages of the directory ask. Nothing is required but a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.directory.formats.mapped_csv import MEANINGS
from alongside.kernel.forms import Textarea
from alongside.kernel.geography import division_choices
from alongside.kernel.vocabulary import choices, languages_in_order

if TYPE_CHECKING:
    from alongside.directory.models import Entry


class EntryForm(forms.Form):
    """An entry of one's own."""

    name = forms.CharField(label=_("Name"), max_length=200)
    name_fr = forms.CharField(label=_("Name in French"), required=False, max_length=200)
    neutral_name = forms.CharField(
        label=_("Neutral name"),
        required=False,
        max_length=100,
        help_text=_("Shown where the real name would give somebody away, for example “Riverside office”."),
    )
    neutral_name_fr = forms.CharField(label=_("Neutral name in French"), required=False, max_length=100)
    offered_here = forms.BooleanField(label=_("Others can ask us for it through Alongside"), required=False)
    service_type = forms.ChoiceField(
        label=_("Kind of service"), required=False, choices=[("", _("Not said")), *choices("service_types")]
    )
    needs = forms.MultipleChoiceField(
        label=_("What it helps with"),
        required=False,
        choices=choices("needs"),
        widget=forms.CheckboxSelectMultiple,
    )
    flags = forms.MultipleChoiceField(
        label=_("What makes it easier to come"),
        required=False,
        choices=choices("flags"),
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        choices=languages_in_order,
        widget=forms.CheckboxSelectMultiple,
    )
    minimum_age = forms.IntegerField(label=_("From age"), required=False, min_value=0, max_value=130)
    maximum_age = forms.IntegerField(label=_("To age"), required=False, min_value=0, max_value=130)
    description = forms.CharField(
        label=_("What it is"), required=False, max_length=4000, widget=Textarea(attrs={"rows": 4})
    )
    description_fr = forms.CharField(
        label=_("What it is, in French"),
        required=False,
        max_length=4000,
        widget=Textarea(attrs={"rows": 4}),
    )
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=60)
    url = forms.CharField(label=_("Web page"), required=False, max_length=300)
    hours = forms.CharField(
        label=_("Hours"),
        required=False,
        max_length=300,
        help_text=_("For example: Mon-Fri 9:00-17:00, or 24/7."),
    )
    application = forms.CharField(label=_("How to come"), required=False, max_length=1000)
    fees = forms.CharField(label=_("Cost"), required=False, max_length=300)
    disclosure = forms.ChoiceField(
        label=_("Where it is"),
        required=False,
        choices=[
            ("public", _("The address may be shown")),
            ("area_only", _("Only the area: the address is not stored")),
            ("withheld", _("Not at all: neither address nor area is stored")),
        ],
        widget=forms.RadioSelect,
    )
    address_1 = forms.CharField(label=_("Street address"), required=False, max_length=200)
    community = forms.CharField(label=_("Town or community"), required=False, max_length=100)
    postal_code = forms.CharField(label=_("Postal code"), required=False, max_length=10)
    division = forms.ChoiceField(
        label=_("Census division"), required=False, choices=[("", _("Not said")), *division_choices()]
    )
    serves = forms.MultipleChoiceField(
        label=_("Also serves"),
        required=False,
        choices=[("on", _("All of Ontario")), *division_choices()],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        """Ages the wrong way round are the only thing two fields can get wrong together."""
        told = super().clean() or {}
        for name, value in told.items():
            if isinstance(value, str):
                told[name] = value.replace("\r\n", "\n")
        low, high = told.get("minimum_age"), told.get("maximum_age")
        if low is not None and high is not None and low > high:
            self.add_error("maximum_age", ValidationError(_("This is lower than the age it starts from.")))
        return told


def told_by(entry: Entry) -> dict[str, Any]:
    """Return what an entry says, as the form asks for it."""
    details = entry.details
    told = {
        name: details.get(name, "")
        for name in ("description", "description_fr", "url", "hours", "application", "fees")
    }
    told |= {name: details.get("address", {}).get(name, "") for name in ("address_1", "postal_code")}
    for name in EntryForm.base_fields:
        if hasattr(entry, name) and name not in told:
            told[name] = getattr(entry, name)
    phones = details.get("phones") or [{}]
    return told | {"phone": phones[0].get("number", ""), "offered_here": entry.offered_by_id is not None}


def changed_in(form: EntryForm) -> dict[str, Any]:
    """Return what a valid form says otherwise than the entry it was filled from, and nothing else.

    A code the form has no choice for can't have been taken away in it: it stays.
    """
    changed = {}
    for name, said in form.cleaned_data.items():
        field, was = form.fields[name], form.initial.get(name)
        if isinstance(field, forms.MultipleChoiceField):
            unasked = [code for code in was or () if not field.valid_value(code)]
            if {*unasked, *said} != set(was or ()):
                changed[name] = [*unasked, *said]
        elif isinstance(field, forms.ChoiceField):
            if said != was and (said or field.valid_value(was)):
                changed[name] = said
        elif said != (was.replace("\r\n", "\n").strip() if isinstance(was, str) else was):
            changed[name] = said
    return changed


class UploadForm(forms.Form):
    """A list to import."""

    upload = forms.FileField(
        label=_("The file"), help_text=_("HSDS (JSON, or a zip of tables), AIRS XML, or CSV. At most 64 MB.")
    )
    name = forms.CharField(
        label=_("What this list is called"),
        required=False,
        max_length=200,
        help_text=_("A list sent again under the same name is updated, never doubled."),
    )


class ColumnsForm(forms.Form):
    """Which mapping a CSV is read through: one that exists, or columns chosen here."""

    mapping = forms.ChoiceField(label=_("Mapping"), required=False)
    save_as = forms.CharField(label=_("Keep these choices as"), required=False, max_length=100)

    def __init__(
        self, *args: Any, heading: Sequence[str] = (), mappings: Iterable[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.heading = list(heading)
        self.fields["mapping"] = forms.ChoiceField(
            label=_("Mapping"), required=False, choices=[("", _("The columns chosen below")), *mappings]
        )
        for number, column in enumerate(self.heading):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=column or "–", required=False, choices=[("", _("Kept as it is")), *MEANING_CHOICES]
            )

    def column_fields(self) -> list[forms.BoundField]:
        """Return the questions about the columns."""
        return [self[f"column_{number}"] for number in range(len(self.heading))]

    def columns(self) -> dict[str, str]:
        """Return the columns chosen, as a mapping has them."""
        chosen = {self.cleaned_data[f"column_{number}"]: column for number, column in enumerate(self.heading)}
        return {meaning: column for meaning, column in chosen.items() if meaning}

    def clean(self) -> dict[str, Any]:
        """A mapping needs a name column; each meaning belongs to one column."""
        told = super().clean() or {}
        if told.get("mapping"):
            return told
        meanings = [told.get(f"column_{number}") for number in range(len(self.heading))]
        if "name" not in meanings:
            self.add_error(
                "mapping", ValidationError(_("Choose a mapping, or say below which column holds the name."))
            )
        for number, meaning in enumerate(meanings):
            if meaning and meaning in meanings[:number]:
                self.add_error(f"column_{number}", ValidationError(_("Another column already means this.")))
        return told


_MEANINGS = {
    "key": _("Its own number"),
    "name": _("Name"),
    "name_fr": _("Name in French"),
    "alternate_name": _("Other name"),
    "alternate_name_fr": _("Other name in French"),
    "organization_name": _("Organization"),
    "description": _("Description"),
    "description_fr": _("Description in French"),
    "service_type": _("Kind of service"),
    "service_detail": _("Kind of service, finer"),
    "needs": _("Needs"),
    "languages": _("Languages"),
    "minimum_age": _("From age"),
    "maximum_age": _("To age"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "url": _("Web page"),
    "address_1": _("Street address"),
    "address_2": _("Second address line"),
    "address_note": _("Note about the address"),
    "community": _("Town or community"),
    "postal_code": _("Postal code"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "division": _("Census division"),
    "hours": _("Hours"),
    "eligibility": _("Who may come"),
    "application": _("How to come"),
    "fees": _("Cost"),
    "as_of": _("As of (date)"),
    "confidential": _("Whether the address is confidential"),
}
MEANING_CHOICES = [(meaning, _MEANINGS[meaning]) for meaning in MEANINGS]
