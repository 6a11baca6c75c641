"""What is typed into the pages of quotes. One question a page; what was typed is never lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel import geography, vocabulary
from alongside.kernel.forms import Textarea, offer
from alongside.quotes import rules
from alongside.quotes.queries import (
    Attribution,
    Audience,
    Recognised,
    ShownBy,
    Trace,
    Translator,
    Way,
    Wording,
)

NO_WORDS = {"required": _("There are no words yet. Write what they said.")}
CHOOSE = {"required": _("Choose one. There is no wrong answer.")}
NAMED = (Attribution.ROLE, Attribution.ROLE_REGION, Attribution.NAME)


def _words(label: Any, help_text: Any = "", rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=rules.LONGEST,
        strip=False,
        error_messages=NO_WORDS,
        widget=Textarea(attrs={"rows": rows}),
    )


def _one(label: Any, choices: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, help_text=help_text, widget=forms.RadioSelect, error_messages=CHOOSE
    )


class QuoteForm(forms.Form):
    """Words typed from feedback.

    What was said, in which language, by whom as far as that is known, about what.
    """

    words = _words(_("What did they say?"), _("Word for word, without a name, a date or a place."))
    language = forms.ChoiceField(
        label=_("In which language?"), choices=lambda: vocabulary.choices("languages")
    )
    participant = forms.ChoiceField(
        label=_("Who said it?"), required=False, help_text=_("By letter and number, never by name.")
    )
    lived = _one(
        _("They speak"),
        [("yes", _("From their own experience")), ("no", _("As somebody who provides a service"))],
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, *args: Any, participants: list[Any], themes: list[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(
            self,
            "participant",
            [
                ("", _("Not said")),
                *((str(participant.pk), _person(participant)) for participant in participants),
            ],
        )
        offer(self, "theme", themes_to_choose(themes))


def themes_to_choose(themes: list[Any]) -> list[tuple[str, Any]]:
    """The themes a quote can stand under, none first."""
    return [("", _("No theme yet")), *((str(theme.pk), theme.name) for theme in themes)]


def _person(participant: Any) -> str:
    return f"{participant.code} – {participant.spoken_role}"


class WordsForm(forms.Form):
    """Other words: the speaker's own, or ours for what they mean."""

    kind = _one(
        _("Whose words are these?"),
        [(Wording.EDITED, Wording.EDITED.label), (Wording.PARAPHRASE, Wording.PARAPHRASE.label)],
    )
    words = _words(_("The words"))


class RecognitionForm(forms.Form):
    """Would the person who hurt them recognise this?"""

    answer = _one(_("Would the person who hurt them recognise this?"), Recognised.choices)
    traces = forms.MultipleChoiceField(
        label=_("By what?"), required=False, choices=Trace.choices, widget=forms.CheckboxSelectMultiple
    )
    reasons = forms.CharField(
        label=_("What exactly"), required=False, max_length=2_000, widget=Textarea(attrs={"rows": 3})
    )
    their_choice = forms.BooleanField(
        label=_("They know that somebody could, and want it printed all the same"), required=False
    )


class ReviewForm(forms.Form):
    """How the speaker saw the exact words."""

    digest = forms.CharField(widget=forms.HiddenInput)
    way = _one(_("How did they see or hear them?"), Way.choices)
    shown_by_role = _one(_("Who showed them?"), ShownBy.choices)

    def clean_digest(self) -> bytes:
        """The words that stood on the page."""
        try:
            return bytes.fromhex(self.cleaned_data["digest"])
        except ValueError:
            return b""


class AnswerForm(forms.Form):
    """What they said."""

    answer = _one(
        _("What did they say?"),
        [
            ("yes", _("Yes, with these words")),
            ("edited", _("Yes, but they would put it differently")),
            ("paraphrase", _("Yes, but told in other words, not theirs")),
            ("no", _("No")),
            ("later", _("Not now")),
        ],
    )


class AttributionForm(forms.Form):
    """What stands under the words."""

    attribution = _one(_("What should stand under the words?"), Attribution.choices)
    name_en = forms.CharField(label=_("The role or the name, in English"), required=False, max_length=100)
    name_fr = forms.CharField(label=_("The role or the name, in French"), required=False, max_length=100)
    region = forms.ChoiceField(
        label=_("Region"), required=False, choices=[("", _("Not said")), *geography.region_choices()]
    )

    def clean(self) -> dict[str, Any]:
        """A role or a name is there in both languages; a region where there is to be one."""
        said = super().clean() or {}
        for name in ("name_en", "name_fr") if said.get("attribution") in NAMED else ():
            if not said.get(name, "").strip():
                self.add_error(name, _("Write what should stand there, in English and in French."))
        if said.get("attribution") == Attribution.ROLE_REGION and not said.get("region"):
            self.add_error("region", _("Choose the region that should stand there."))
        return said


class ReadersForm(forms.Form):
    """Who may read it; each by itself, none ticked before they said so."""

    audiences = forms.MultipleChoiceField(
        label=_("Who may read it?"),
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each is a yes of its own. None is needed for another."),
        error_messages={"required": _("Ask who may read it. If nobody may, write down that they said no.")},
    )
    may_translate = forms.BooleanField(
        label=_("It may be translated, and marked as translated"), required=False
    )


class UntilForm(forms.Form):
    """Until when."""

    until = forms.DateField(
        label=_("Until which day?"),
        help_text=_("A year, unless they say otherwise. After it, nothing new is printed with their words."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day. A year from now is usual.")},
    )


class TranslationForm(forms.Form):
    """A translation, and who made it."""

    language = forms.ChoiceField(label=_("Into which language?"))
    words = _words(_("The translation"))
    translator = _one(_("Who translated it?"), Translator.choices)

    def __init__(self, *args: Any, original: str, **more: Any) -> None:
        super().__init__(*args, **more)
        first = [("fr", _("French")), ("en", _("English"))]
        rest = [choice for choice in vocabulary.choices("languages") if choice[0] not in ("en", "fr")]
        offer(self, "language", [choice for choice in [*first, *rest] if choice[0] != original])
