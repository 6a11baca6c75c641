"""Two people edit: nobody's words vanish.

A form that changes a kept thing carries its version: a keyed digest of each field as it was when the page was
made. When it is sent, what only one side changed is taken; where both changed a field, the page comes back
with both, and a human chooses. Words that were kept unsent carry the version they were typed over.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import formats
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from alongside.kernel import installation_key

FIELD, BEFORE = "version", "version_before"  # the names of the hidden fields
PURPOSE = "version"
DIGITS = 20  # hexadecimal, of each field's digest

Version = dict[str, str]


def of(form: forms.BaseForm, place: str) -> Version:
    """Return the version of what is kept now, by field: what the form starts from at this address."""
    return {
        name: _digest(place, name, canonical(field, form.get_initial_for_field(field, name)))
        for name, field in form.fields.items()
    }


def said(version: Version) -> str:
    """Return a version as a hidden field says it."""
    return ",".join(f"{name}:{digest}" for name, digest in version.items())


def read(text: str) -> Version:
    """Return the version that a hidden field says; nothing for what is none."""
    return dict(part.split(":", 1) for part in text.split(",") if ":" in part)


def merged(
    form: forms.BaseForm, data: QueryDict, was: Version, now: Version, place: str
) -> tuple[QueryDict, list[str]]:
    """Return what was sent with the fields that only somebody else changed as they are now.

    And the names of the fields about which a human has to choose: those that both changed, and those that the
    form names in `never_taken`, where what somebody else decided meanwhile is seen before any writing.

    :param form: filled with what is kept now, whose version is `now`
    """
    taken, both = data.copy(), []
    for name, field in form.fields.items():
        if name not in was or was[name] == now[name]:
            continue
        key = form.add_prefix(name)
        typed = _digest(place, name, canonical(field, field.widget.value_from_datadict(data, {}, key)))
        if name in getattr(form, "never_taken", ()):
            kept = form.get_initial_for_field(field, name)
            _put(taken, key, field, kept)
            both += [name] if canonical(field, kept) else []
        elif typed == was[name]:
            _put(taken, key, field, form.get_initial_for_field(field, name))
        elif typed != now[name]:
            both.append(name)
    return taken, both


def tell(form: forms.BaseForm, names: Iterable[str]) -> None:
    """Say at each of these fields of a bound form what somebody else made of it meanwhile."""
    for name in names:
        field = form.fields[name]
        form.add_error(
            name,
            _(
                "Somebody changed this while you were writing. It now says: “%(theirs)s”. Leave here what is "
                "true, yours or theirs, and send it again."
            )
            % {"theirs": in_words(field, form.get_initial_for_field(field, name))},
        )


def canonical(field: forms.Field, value: Any) -> str:
    """Return a field's value in one form, whether it comes from a row or from a browser."""
    with suppress(ValidationError, TypeError, ValueError):
        value = field.to_python(value)
    if isinstance(value, (list, tuple, set)):
        return "\n".join(sorted(map(force_str, value)))
    if isinstance(value, Decimal):
        value = value.normalize()
    return "" if value is None else force_str(value).replace("\r\n", "\n").strip()


def in_words(field: forms.Field, value: Any) -> str:
    """Return a field's value as a reader of the page would say it."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, forms.ChoiceField):
        values = value if isinstance(value, (list, tuple, set)) else [value]
        labels = {force_str(key): force_str(label) for key, label in _flat(field.choices)}
        value = ", ".join(
            labels.get(force_str(one), force_str(one)) for one in values if one not in (None, "")
        )
    return force_str(formats.localize(value)) if value not in (None, "") else _("nothing")


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for key, label in choices:
        for one, words in label if isinstance(label, (list, tuple)) else [(key, label)]:
            yield force_str(one), force_str(words)


def _put(data: QueryDict, key: str, field: forms.Field, value: Any) -> None:
    """Put a kept value where a browser would have sent it."""
    data.pop(key, None)
    if isinstance(field, forms.BooleanField):
        if value:
            data[key] = "on"
        return
    shown = field.widget.format_value(field.prepare_value(value))
    if isinstance(shown, (list, tuple)):
        data.setlist(key, [force_str(one) for one in shown])
    elif shown is not None:
        data[key] = force_str(shown)


def _digest(place: str, name: str, value: str) -> str:
    return installation_key.fingerprint(f"{place}|{name}|{value}", purpose=PURPOSE).hex()[:DIGITS]
