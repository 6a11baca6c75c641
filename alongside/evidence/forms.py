"""What is typed into the pages of evidence. A title, a name, some words: nothing else is required."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.evidence import rules
from alongside.evidence.text import documents
from alongside.kernel import geography, vocabulary
from alongside.kernel.forms import NameField, Textarea, offer

if TYPE_CHECKING:
    from alongside.evidence.models import Code

KINDS = [("interview", _("Interview")), ("feedback", _("Feedback"))]
SPEAKS = [("lived", _("From their own experience")), ("provider", _("As somebody who provides a service"))]
LONGEST = 20_000


def _text(label: Any, rows: int = 3, help_text: Any = "", longest: int = LONGEST) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=longest,
        widget=Textarea(attrs={"rows": rows}),
    )


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def languages() -> list[tuple[str, Any]]:
    """The languages to choose from, none first."""
    return [("", _("Not said")), *vocabulary.choices("languages")]


class StudyForm(forms.Form):
    """What a study says of itself."""

    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Give it a title. Any will do.")}
    )
    question = _text(_("The question"), 2, _("What you want to understand, in a sentence or two."))
    method = _text(
        _("How it is done"),
        5,
        _(
            "How people were found and asked, how it is read, and where you who read it stand. Printed in "
            "the method box of a brief."
        ),
    )
    guide = _text(_("Interview guide"), 6, _("One question a line, in their order."))
    recruited_from = _day(_("People were asked to take part from"))
    recruited_until = _day(_("until"))
    ethics = forms.CharField(
        label=_("Ethics reference"),
        required=False,
        max_length=200,
        help_text=_("The board and its number, or that none was needed and why."),
    )
    note = _text(_("What changes, and why"), 2, _("Kept with this version."), 2_000)

    def clean(self) -> dict[str, Any]:
        """Until is not before from."""
        said = super().clean() or {}
        if (
            said.get("recruited_from")
            and said.get("recruited_until")
            and said["recruited_until"] < said["recruited_from"]
        ):
            self.add_error("recruited_until", _("This is before the first day."))
        return said

    def facts(self) -> dict[str, Any]:
        """What a command takes."""
        return self.cleaned_data | {
            "guide": [
                " ".join(line.split()) for line in self.cleaned_data["guide"].splitlines() if line.strip()
            ]
        }


class ParticipantForm(forms.Form):
    """Somebody who took part, by role only."""

    speaks_as = forms.ChoiceField(label=_("They speak"), choices=SPEAKS, widget=forms.RadioSelect)
    role = forms.CharField(
        label=_("In which role"),
        required=False,
        max_length=100,
        help_text=_(
            "In words that may stand beside a quote: “social service provider”. Never a name or an agency."
        ),
    )
    role_fr = forms.CharField(
        label=_("The same in French"),
        required=False,
        max_length=100,
        help_text=_("A brief is printed in both languages, and says who took part."),
    )
    region = forms.ChoiceField(
        label=_("Region"), required=False, choices=[("", _("Not said")), *geography.region_choices()]
    )
    language = forms.ChoiceField(label=_("Language"), required=False, choices=languages)


class SourceForm(forms.Form):
    """What is known about a source."""

    name = NameField(
        label=_("What to call it"),
        required=False,
        max_length=200,
        help_text=_("A number or a day. What looks like somebody’s name isn’t kept."),
    )
    participant = forms.ChoiceField(label=_("Who speaks"), required=False)
    kind = forms.ChoiceField(
        label=_("What it is"), choices=KINDS, widget=forms.RadioSelect, initial="interview"
    )
    language = forms.ChoiceField(label=_("Language"), required=False, choices=languages)
    collected_on = _day(_("Said on"))

    def __init__(self, *args: Any, people: list[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        words = [
            (
                str(participant.pk),
                f"{participant.code} · {participant.spoken_role}",
            )
            for participant in people
        ]
        offer(self, "participant", [("", _("Not said")), *words])


class BringForm(SourceForm):
    """A text to bring in: pasted, or a file."""

    text = forms.CharField(
        label=_("Paste the words"),
        required=False,
        max_length=documents.MOST_CHARACTERS,
        strip=False,
        widget=Textarea(attrs={"rows": 10}),
    )
    upload = forms.FileField(
        label=_("or choose a file"),
        required=False,
        help_text=_(".txt or .docx, up to 8 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.docx"}),
    )
    field_order = ("text", "upload", "participant", "kind", "language", "collected_on", "name")

    def clean(self) -> dict[str, Any]:
        """One of the two, and something to read in it."""
        said = super().clean() or {}
        upload, text = said.get("upload"), said.get("text") or ""
        if not upload and not text.strip():
            self.add_error("text", _("Paste the words here, or choose a file."))
            return said
        try:
            if upload:
                if upload.size > documents.MOST_BYTES:
                    documents.read(upload.name, b"\x00" * (documents.MOST_BYTES + 1))
                said["text"] = documents.read(upload.name, upload.read())
                said["name"] = said.get("name") or upload.name.rsplit(".", 1)[0]
            documents.check_size(said["text"])
        except rules.CannotBringIn as refusal:
            self.add_error("upload" if upload else "text", str(refusal))
        return said


class CodeForm(forms.Form):
    """A code of the codebook."""

    name = NameField(label=_("Name"), max_length=120, error_messages={"required": _("Give it a name.")})
    definition = _text(_("What it means"), 3)
    include = _text(_("Use it for"), 2)
    exclude = _text(_("Don’t use it for"), 2)
    example = _text(_("An example"), 2, _("A passage that shows it. Sealed with the study."), 2_000)
    is_theme = forms.BooleanField(
        label=_("This is a theme: what several codes tell together"), required=False
    )
    only_holds = forms.BooleanField(
        label=_("It only holds other codes: no passage stands under it itself"), required=False
    )

    def facts(self) -> dict[str, Any]:
        """What a command takes."""
        said = self.cleaned_data
        return {name: said[name] for name in ("name", "definition", "include", "exclude", "is_theme")} | {
            "codable": not said["only_holds"]
        }


class PlaceForm(forms.Form):
    """Where a code goes."""

    parent = forms.ChoiceField(label=_("Under"), required=False)
    before = forms.ChoiceField(label=_("Before"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "parent", [("", _("Nothing: at the top")), *places])
        offer(self, "before", [("", _("At the end")), *places])


class MergeForm(forms.Form):
    """Which code another one goes into."""

    into = forms.ChoiceField(label=_("Into"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "into", [("", _("Choose")), *places])


class MemoForm(forms.Form):
    """A thought."""

    words = forms.CharField(
        label=_("A memo"),
        max_length=LONGEST,
        widget=Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write down something first.")},
    )


class PassageForm(forms.Form):
    """Which words go under which code: selected, by sentence numbers, or all in one line."""

    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    first = forms.IntegerField(label=_("From sentence"), required=False, min_value=1)
    last = forms.IntegerField(label=_("to"), required=False, min_value=1)
    words = forms.CharField(
        label=_("Only these words"),
        required=False,
        max_length=2_000,
        help_text=_("Copy them as they stand. Empty: whole sentences."),
    )
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=200,
        help_text=_("A few letters of it are enough. Or all in one line: 12-14 trust"),
    )
    code_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    meant: Sequence[Code] = ()  # codes to choose from, when what was said fits more than one
    named: str = ""  # what a new code would be called


class ProjectForm(forms.Form):
    """A project or a codebook, and what its texts are."""

    upload = forms.FileField(
        label=_("The file"),
        help_text=_(".qdpx, .qde or .qdc, up to 64 MB."),
        widget=forms.FileInput(attrs={"accept": ".qdpx,.qde,.qdc"}),
        error_messages={"required": _("Choose a file to bring in.")},
    )
    kind = forms.ChoiceField(
        label=_("What its texts are"), choices=KINDS, widget=forms.RadioSelect, initial="interview"
    )
    language = forms.ChoiceField(label=_("Language"), required=False, choices=languages)
