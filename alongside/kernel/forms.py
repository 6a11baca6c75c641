"""How a view makes its form, so that nothing typed is ever lost."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django import forms

from alongside.kernel import drafts
from alongside.kernel.requests import SignedRequest

Form = TypeVar("Form", bound=forms.Form)


def bound_or_draft(form_class: type[Form], request: SignedRequest, **more: Any) -> Form:
    """Make the page's form: bound to what was posted.

    Otherwise empty, or filled with what the worker was writing here before.

    `more` goes to the form as it stands (`initial`, `prefix`, and whatever the form asks for). After a draft
    was used, `request.drafted` is true and base.html says so. Put `{% include "kernel/_draft.html" %}` inside
    the form, and `data-draft="{% url 'drafts' %}"` on it, to have it kept while it is typed. The draft is
    forgotten by itself when the form is answered with a redirect.
    """
    if request.method == "POST":
        return form_class(request.POST, **more)
    form = form_class(**more)
    kept = drafts.initial_for(request)
    if kept is not None:
        for name, field in form.fields.items():
            key = form.add_prefix(name)
            if any(posted == key or posted.startswith(f"{key}_") for posted in kept):
                form.initial[name] = field.widget.value_from_datadict(kept, {}, key)
    return form


def offer(form: forms.BaseForm, field_name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field be answered with these choices: for those that depend on who fills the form in.

    :raises TypeError: if it is no field to choose in
    """
    field = form.fields[field_name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(field_name)
    field.choices = choices
