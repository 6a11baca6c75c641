"""What the pages of occupancy ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.kernel.forms import NameField
from alongside.occupancy.formats.mapped_csv import kind_of
from alongside.occupancy.formats.meanings import ALL, CALLS, NIGHTS, says_where


class UploadForm(forms.Form):
    """A file to import."""

    upload = forms.FileField(
        label=_("The file"),
        help_text=_("A table as CSV, with the names of its columns in the first line. At most 64 MB."),
    )
    name = NameField(
        label=_("What these counts are called"),
        required=False,
        max_length=200,
        help_text=_("A file sent again under the same name updates what is there and never doubles it."),
    )


class ColumnsForm(forms.Form):
    """Which mapping a file is read through: one that exists, or columns chosen here."""

    mapping = forms.ChoiceField(label=_("What the columns mean"), required=False)
    dates = forms.ChoiceField(
        label=_("In a date such as 03/04/2024, first comes"),
        required=False,
        choices=[
            ("", _("Not said: such a date is left out")),
            ("day", _("the day")),
            ("month", _("the month")),
        ],
    )
    save_as = forms.CharField(
        label=_("Keep these choices for the next time, as"), required=False, max_length=100
    )

    def __init__(
        self, *args: Any, heading: list[str], mappings: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.heading = heading
        self.fields["mapping"] = forms.ChoiceField(
            label=_("What the columns mean"), required=False, choices=[("", _("As chosen below")), *mappings]
        )
        for number in self.asked():
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=heading[number], required=False, choices=CHOICES
            )

    def asked(self) -> list[int]:
        """The columns that may mean something: those with a name that don't say where a shelter stands."""
        return [number for number, column in enumerate(self.heading) if column and not says_where(column)]

    def columns(self) -> dict[str, str]:
        """Return the columns chosen, as a mapping has them."""
        chosen = {
            self.cleaned_data.get(f"column_{number}", ""): self.heading[number] for number in self.asked()
        }
        return {meaning: column for meaning, column in chosen.items() if meaning}

    def clean(self) -> dict[str, Any]:
        """Each meaning belongs to one column.

        Together they must be enough for something to be counted.
        """
        told = super().clean() or {}
        if told.get("mapping"):
            return told
        seen = set()
        for number in self.asked():
            meaning = told.get(f"column_{number}")
            if meaning and meaning in seen:
                self.add_error(f"column_{number}", ValidationError(_("Another column already means this.")))
            seen.add(meaning)
        if not self.errors and not kind_of(self.columns()):
            self.add_error(
                "mapping",
                ValidationError(
                    _(
                        "For nights, say which columns are the date, the programme, and two of: places "
                        "there, taken, free. For calls: the date, the calls whose outcome was noted, and 3A "
                        "or 3B."
                    )
                ),
            )
        return told


CHOICES = [
    ("", _("Not kept")),
    ("date", ALL["date"]),
    (_("Nights of shelters"), list(NIGHTS.items())),
    (_("Calls to central intake"), list(CALLS.items())),
]
