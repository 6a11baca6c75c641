"""To whom a shift is handed, or what somebody held; whom the person chose; on which day to check on them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.handovers import queries, rules
from alongside.kernel import clock
from alongside.kernel.forms import offer
from alongside.kernel.sent import as_id
from alongside.text.short_notes import telling

if TYPE_CHECKING:
    from django.http import QueryDict

    from alongside.agencies.models import Worker

LONGEST = 200
SAYS_WHO = _(
    "This says who somebody is: %s. Leave it out; whoever takes over finds it in the file, "
    "if it is kept there."
)


class HandoverForm(forms.Form):
    """Who takes over, and as far as there is something to say, a note to a line. Nothing is required."""

    to = forms.ChoiceField(label=_("To whom?"), required=False)
    looked = forms.BooleanField(label=_("I looked: it does not say who somebody is"), required=False)

    def __init__(self, worker: Worker, lines: list[queries.Due], data: QueryDict | None) -> None:
        super().__init__(data)
        self.worker = worker
        self.lines, self.colleagues = lines, queries.could_take_over(worker)
        offer(
            self,
            "to",
            [("", _("Whoever is on")), *((str(one.pk), one.name) for one in self.colleagues)],
        )
        for line in lines:
            self.fields[str(line.file_id)] = forms.CharField(
                label=_("A note about %(file)s") % {"file": line.handle},
                required=False,
                max_length=LONGEST,
            )

    @property
    def rows(self) -> list[tuple[queries.Due, forms.BoundField]]:
        """Each line with the field of its note."""
        return [(line, self[str(line.file_id)]) for line in self.lines]

    def clean(self) -> dict[str, Any]:
        """Take no number, address or date of birth; have a human look at what may be a name or a place."""
        data = super().clean() or {}
        perhaps: list[str] = []
        for line in self.lines:
            found = telling(self._without_known(data.get(str(line.file_id)) or ""))
            if found.sure:
                said = ", ".join(str(_("“%s”") % piece) for piece in found.sure)
                self.add_error(str(line.file_id), SAYS_WHO % said)
            perhaps += found.perhaps
        if perhaps and not data.get("looked"):
            pieces = ", ".join(str(_("“%s”") % piece) for piece in perhaps)
            self.add_error("looked", _("This may say who somebody is: %s. Take it out, or tick.") % pieces)
        return data

    def _without_known(self, note: str) -> str:
        """A note without code names and colleagues: they are no names of a person."""
        known = {word for line in self.lines for word in line.handle.split()}
        known |= {word for one in (self.worker, *self.colleagues) for word in one.name.split()}
        return re.sub(rf"\b(?:{'|'.join(map(re.escape, sorted(known)))})\b", "…", note)

    def taker(self) -> Worker | None:
        """Return who takes over; nobody where it is whoever is on."""
        return next((one for one in self.colleagues if str(one.pk) == self.cleaned_data["to"]), None)

    def notes(self) -> dict[UUID, str]:
        """Return what was written, by file."""
        return {line.file_id: self.cleaned_data[str(line.file_id)] for line in self.lines}


class BackOnField(forms.DateField):
    """On which day somebody is back: from tomorrow on, within a year."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Back on which day?"),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"required": _("Choose a day."), "invalid": _("Choose a day there is.")},
            **more,
        )

    def clean(self, value: Any) -> date | None:
        """Take a day to come."""
        day: date | None = super().clean(value)
        if day:
            try:
                rules.check_can_be_away(day, clock.now())
            except rules.CannotBeAway as no:
                raise forms.ValidationError(str(no)) from no
        return day


class AwayForm(forms.Form):
    """Who is away, and until when. Nobody is asked why."""

    who = forms.ChoiceField(label=_("Who is away?"), error_messages={"required": _("Choose who.")})
    back_on = BackOnField()

    def __init__(self, colleagues: list[Worker], data: QueryDict | None) -> None:
        super().__init__(data)
        offer(self, "who", [("", _("Choose")), *((str(one.pk), one.name) for one in colleagues)])
        self.colleagues = {str(one.pk): one for one in colleagues}

    @property
    def whose(self) -> Worker:
        """Who was chosen."""
        return self.colleagues[self.cleaned_data["who"]]


NOBODY_CHOSEN = _("Nobody is chosen. Choose who takes it over, or leave it for now.")


class HeldForm(forms.Form):
    """Who takes over what somebody held: one file at once, or all of them."""

    goes = forms.ChoiceField(
        label=_("Which is it?"),
        required=False,
        widget=forms.RadioSelect,
        initial="away",
        choices=[
            ("away", _("I am away: what is due passes, and I stay whom they chose")),
            ("leaves", _("I leave: each person is asked whom they want to work with")),
        ],
    )
    back_on = BackOnField(
        required=False,
        help_text=_("Then only what is due before passes. Leave it empty if you don’t know."),
    )
    only = forms.UUIDField(required=False)

    def __init__(self, held: queries.Held, data: QueryDict | None) -> None:
        super().__init__(data)
        self.held = held
        if not held.is_own:
            del self.fields["goes"], self.fields["back_on"]
        for file in held.files:
            backup = file.backup
            choices = [
                (str(one.pk), _("%(name)s, their backup") % {"name": one.name} if one == backup else one.name)
                for one in file.could
            ]
            self.fields[str(file.file_id)] = forms.ChoiceField(
                label=_("Who takes over %(file)s?") % {"file": file.handle},
                required=False,
                initial=str(backup.pk) if backup else "",
                choices=[("", _("Nobody yet")), *choices],
            )

    @property
    def rows(self) -> list[tuple[queries.HeldFile, forms.BoundField]]:
        """Each file with the field of who takes it over."""
        return [(file, self[str(file.file_id)]) for file in self.held.files]

    def clean(self) -> dict[str, Any]:
        """Of what is still held, somebody takes over at least one file; or one is only away until a day."""
        data = super().clean() or {}
        only = data.get("only")
        asked = {str(file.file_id) for file in self.held.files if file.could and only in (None, file.file_id)}
        is_left_open = asked and not asked & self.errors.keys() and not any(data.get(name) for name in asked)
        is_away = data.get("back_on") and data.get("goes") != "leaves"
        if is_left_open and not is_away:
            self.add_error(str(only) if only else None, NOBODY_CHOSEN)
        return data

    def takers(self) -> dict[UUID, UUID]:
        """Return who takes over, by file: of one, or of all for which somebody was chosen."""
        only = self.cleaned_data.get("only")
        chosen = {file.file_id: self.cleaned_data[str(file.file_id)] for file in self.held.files}
        return {
            file_id: as_id(taker) for file_id, taker in chosen.items() if taker and only in (None, file_id)
        }

    @property
    def away_until(self) -> date | None:
        """On which day they are back, if they said so and don’t leave."""
        return None if self.leaves else self.cleaned_data.get("back_on")

    @property
    def leaves(self) -> bool:
        """Whether they lead no more either."""
        return self.cleaned_data.get("goes") == "leaves"


class AskedForm(forms.Form):
    """Whom the person chose."""

    lead = forms.ChoiceField(
        label=_("Whom do they want to work with?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom they said. If they did not say yet, leave it for now.")},
    )

    def __init__(self, asking: queries.Asking, data: QueryDict | None) -> None:
        super().__init__(data)
        first = sorted(asking.could, key=lambda one: one.pk != asking.transfer.to_id)
        offer(self, "lead", [(str(one.pk), one.name) for one in first])


class CheckForm(forms.Form):
    """On which day."""

    due_on = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day there is.")},
    )

    def clean_due_on(self) -> date:
        """Take a day to come."""
        day: date = self.cleaned_data["due_on"]
        try:
            rules.check_can_say(day, clock.now())
        except rules.CannotCheck as no:
            raise forms.ValidationError(str(no)) from no
        return day
