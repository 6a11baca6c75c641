"""Shapes of what is typed about a person. No field is required."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.files import queries, rules
from alongside.kernel import vocabulary
from alongside.kernel.forms import offer

if TYPE_CHECKING:
    from alongside.files.queries import Reach


class CalledForm(forms.Form):
    """What to call them, how to speak of them, and in which languages."""

    called = forms.CharField(
        label=_("What do they want to be called?"),
        help_text=_("Any name, or none."),
        required=False,
        max_length=120,
    )
    pronouns = forms.CharField(
        label=_("How to speak of them"),
        help_text=_("she, he, they, any word they use."),
        required=False,
        max_length=60,
    )
    tags = forms.MultipleChoiceField(
        label=_("Languages they are at home in"),
        required=False,
        choices=lambda: vocabulary.languages_in_order(),
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("In their own words"),
        help_text=_("For example: French at home, English is fine."),
        required=False,
        max_length=200,
    )


class JustificationForm(forms.Form):
    """Why a file is opened by somebody who does not work with the person."""

    why = forms.ChoiceField(label=_("Why do you open it?"), choices=rules.OCCASIONS, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("Needed for something else. Your privacy officer reads it: nothing about the person."),
        required=False,
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where no occasion of the list says it."""
        said = super().clean() or self.cleaned_data
        if said.get("why") == rules.OTHER_OCCASION and not said.get("words", "").strip():
            self.add_error("words", _("Say in a few words why you open it."))
        return said


class ContactForm(forms.Form):
    """One way of reaching the person, under their conditions (practice.md 3.2).

    Writing it down makes it a way that may be asked about again: whoever stopped it meanwhile is heard first.
    """

    never_taken = ("state", "stop_until")

    channel = forms.ChoiceField(label=_("How"), choices=queries.CHANNELS, required=False)
    value = forms.CharField(label=_("Number, name or place"), required=False, max_length=200)
    when = forms.CharField(label=_("Which days and hours are safe?"), required=False, max_length=200)
    who_else = forms.CharField(label=_("Who else can see or hear it?"), required=False, max_length=200)
    we_say_we_are = forms.CharField(
        label=_("Who do we say we are?"),
        help_text=_("For example: the library."),
        required=False,
        max_length=120,
    )
    leave_name = forms.BooleanField(label=_("We may leave a name"), required=False)
    voicemail = forms.BooleanField(label=_("We may leave a voice message"), required=False)
    text = forms.BooleanField(label=_("We may send a text"), required=False)
    code_in = forms.CharField(
        label=_("What they say, so that we know it is them"), required=False, max_length=120
    )
    code_out = forms.CharField(
        label=_("What we say, so that they know it is us"), required=False, max_length=120
    )
    duress = forms.CharField(
        label=_("What they say if somebody is listening"), required=False, max_length=120
    )
    do_not = forms.CharField(
        label=_("Never use"),
        help_text=_("Other numbers, people or apps that are not safe."),
        required=False,
        max_length=300,
    )
    safe = forms.BooleanField(
        label=_("They told me today that this is safe"),
        help_text=_("It holds for 30 days. Then we ask again."),
        required=False,
    )
    state = forms.ChoiceField(
        label=_("Whether it may be used"),
        choices=rules.STATES,
        required=False,
        widget=forms.HiddenInput,
    )
    stop_until = forms.DateField(
        label=_("Until when it must not be used"), required=False, widget=forms.HiddenInput
    )

    @staticmethod
    def kept(reach: "Reach") -> dict[str, Any]:
        """Return what the form starts from: how to reach them, and whether somebody stopped it."""
        contact = reach.contact
        return reach.body | {
            "state": contact.state if rules.is_stopped(contact) else "",
            "stop_until": contact.stop_until,
        }

    def body(self) -> dict[str, Any]:
        """Return how to reach them, as the command takes it."""
        apart = {"safe", *self.never_taken}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class LeadForm(forms.Form):
    """Whom the person wants to work with. No reason is asked."""

    lead = forms.ChoiceField(label=_("Who do they want to work with?"), required=False)
    backup = forms.ChoiceField(label=_("And when that one is away?"), required=False)

    def __init__(self, *args: Any, colleagues: "list[tuple[str, str]]", **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("lead", "backup"):
            offer(self, name, [("", _("Nobody yet")), *colleagues])

    def clean_backup(self) -> str:
        """Refuse a stand-in who is away with whom they stand in for."""
        backup: str = self.cleaned_data["backup"]
        if backup and backup == self.cleaned_data.get("lead"):
            raise forms.ValidationError(_("Choose somebody else here: both would be away at once."))
        return backup
