"""How a view makes its form, so that nothing typed is ever lost."""

import calendar
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, drafts, versions
from alongside.kernel.requests import SignedRequest

Form = TypeVar("Form", bound=forms.Form)


class Textarea(forms.Textarea):
    """Several lines of words, each break counted once, as the browser counts it while they are typed."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return what was typed: a form is sent with two letters for each break."""
        words = super().value_from_datadict(data, files, name)
        return words.replace("\r\n", "\n") if isinstance(words, str) else words


# Letters that leave no mark: Hangul fillers and an empty pattern of Braille.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"


def one_line(text: str) -> str:
    """Return what something is called, in one line; nothing, if nothing in it can be read."""
    line = " ".join(text.split())
    line = "".join(letter for letter in line if unicodedata.category(letter) != "Cc")
    is_read = any(unicodedata.category(letter)[0] in "LNPS" and letter not in _BLANK for letter in line)
    return line if is_read else ""


class NameField(forms.CharField):
    """What something is called: one line in which something can be read."""

    def to_python(self, value: Any) -> str:
        """Return it in one line; what nobody can read is as if nothing were written."""
        return one_line(super().to_python(value) or "")


TIMES = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I %p", "%I%p", "%H h %M", "%Hh%M", "%H h", "%Hh")
AS_SHOWN = re.compile(r"\b([ap])\.\s?m\b\.?", re.IGNORECASE)
BOTH = _("Choose both the day and the month.")
WITHIN = timedelta(days=180)  # as long as the longest agreement


class TimeOfDayField(forms.TimeField):
    """A time of day, by whichever clock it is written."""

    default_error_messages: ClassVar = {"invalid": _("Write a time there is, such as 14:30.")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        super().__init__(input_formats=TIMES, **options)

    def to_python(self, value: Any) -> Any:
        """Take a time as the pages write it too: 7:30 p.m."""
        return super().to_python(AS_SHOWN.sub(r"\1m", value) if isinstance(value, str) else value)


class DayForm(forms.Form):
    """A day that is to come, in two small fields: whoever names a day and a month means the next such day."""

    only_half = _("Choose both the day and the month, or leave both empty.")

    day = forms.ChoiceField(
        label=_("Day"), required=False, choices=[("", "–"), *((str(n), str(n)) for n in range(1, 32))]
    )
    month = forms.ChoiceField(
        label=_("Month"), required=False, choices=[("", "–"), *((str(n), name) for n, name in MONTHS.items())]
    )

    def clean(self) -> dict[str, Any]:
        """Put the two together: `on` is the day, or nothing where neither was said."""
        data = super().clean() or {}
        day, month = data.pop("day", ""), data.pop("month", "")
        data["on"] = None
        if not {"day", "month"} & self.errors.keys() and (day or month):
            data["on"] = self._next(int(day or 0), int(month or 0))
        return data

    def _next(self, day: int, month: int) -> date | None:
        today = clock.today()
        if not (day and month):
            self.add_error("month" if day else "day", self.only_half)
            return None
        for year in (today.year, today.year + 1):
            if day <= calendar.monthrange(year, month)[1] and (on := date(year, month, day)) >= today:
                if on <= today + WITHIN:
                    return on
                break
        self.add_error("day", _("Choose a day from today to 180 days from now."))
        return None


def bound_or_draft(form_class: type[Form], request: SignedRequest, **more: Any) -> Form:
    """Make the page's form: bound to what was posted.

    Otherwise empty, or filled with what the worker was writing here before.

    `more` goes to the form as it stands (`initial`, `prefix`, and whatever the form asks for); what it starts
    from is what is kept now. After a draft was used, `request.drafted` is true and base.html says so. Put
    `{% include "kernel/_draft.html" %}` inside the form, and `data-draft="{% url 'drafts' %}"` on it, to have
    it kept while it is typed and never written over what somebody else changed meanwhile (`versions`). The
    draft is forgotten by itself when the form is answered with a redirect. `request.conflicts` names the
    fields that both changed: then the form isn't valid.
    """
    form = form_class(**more)
    now = versions.of(form, request.path)
    request.version, request.version_before, request.conflicts = versions.said(now), "", []
    if request.method == "POST":
        said = request.POST.get(versions.FIELD, "")
        data, both = versions.merged(form, request.POST, versions.read(said), now, request.path)
        bound = form_class(data, **more)
        if both:
            request.version_before, request.conflicts = said, both
            versions.tell(bound, both)
        return bound
    request.version = _offer_back(form, request, request.path)
    return form


def sent_elsewhere(
    form_class: type[Form], request: SignedRequest, path: str, **more: Any
) -> tuple[Form, str]:
    """Make a form that stands on one page and is sent to another: empty, or with what was being typed in it.

    Put `data-draft="{% url 'drafts' %}"` on it, and into it a hidden `kept_as_typed` with any value, and the
    version that is returned with it, if something kept stands in it.
    """
    form = form_class(**more)
    return form, _offer_back(form, request, path)


def _offer_back(form: forms.BaseForm, request: SignedRequest, path: str) -> str:
    """Fill a form with what was typed before, over what is kept now; return the version it was typed over."""
    now, kept = versions.of(form, path), drafts.initial_for(request, path)
    if kept is None:
        return versions.said(now)
    was = versions.read(kept.get(versions.FIELD, ""))
    data, _both = versions.merged(form, kept, was, now, path)
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        if any(posted == key or posted.startswith(f"{key}_") for posted in kept):
            form.initial[name] = field.widget.value_from_datadict(data, {}, key)
    return versions.said(was or now)


def offer(form: forms.BaseForm, field_name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field be answered with these choices: for those that depend on who fills the form in.

    :raises TypeError: if it is no field to choose in
    """
    field = form.fields[field_name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(field_name)
    field.choices = choices
