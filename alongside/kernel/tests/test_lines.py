"""What is typed in several lines is counted as the browser counts it, in every form there is."""

from importlib import import_module
from pkgutil import iter_modules

import pytest
from django import forms

from alongside.kernel.capabilities import capabilities
from alongside.kernel.forms import Textarea


def every_form():
    for capability in capabilities():
        for found in iter_modules(import_module(capability.name).__path__):
            if found.name == "forms":
                import_module(f"{capability.name}.forms")
    left = [forms.BaseForm]
    while left:
        for form in left.pop().__subclasses__():
            left.append(form)
            if form.__module__.startswith("alongside.") and ".tests." not in form.__module__:
                yield form


def test_several_lines_are_typed_in_our_own_textarea():
    found = {
        (form.__name__, name): type(field.widget)
        for form in every_form()
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.Textarea)
    }

    assert len(found) > 12
    assert set(found.values()) == {Textarea}


@pytest.mark.parametrize(("letters", "good"), [(8, True), (9, False)])
def test_a_break_counts_once(letters, good):
    class Said(forms.Form):
        words = forms.CharField(max_length=8, widget=Textarea)

    form = Said({"words": "one\r\n" + "x" * (letters - 4)})

    assert form.is_valid() == good
    assert not good or form.cleaned_data["words"] == "one\nxxxx"
