"""What is typed into the pages of briefs.

Each text twice, side by side, and nothing required until it is put in proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.briefs import queries, rules
from alongside.kernel.forms import Textarea, offer

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.models import Brief, Section

LONGEST = 40_000
MOST_DOLLARS = 10**12
LINES = {"body": 6, "heading": 2, "impact": 3, "cost_words": 3, "finding": 2}
# What each kind asks for: (name of the field, its label).
ASKED: dict[str, tuple[tuple[str, Any], ...]] = {
    "key_message": (("body", _("Key message")),),
    "summary": (("body", _("Summary")),),
    "context": (("body", _("Context")),),
    "method": (("body", _("Method")),),
    "audience": (("body", _("For whom this is")),),
    "definition": (("heading", _("Term")), ("body", _("What is meant by it"))),
    "group": (("heading", _("Title of the group")),),
    "recommendation": (
        ("heading", _("Statement")),
        ("body", _("Text, if any")),
        ("impact", _("Impact: what it would change")),
    ),
    "plea": (
        ("body", _("What it takes")),
        ("impact", _("What we ask")),
        ("cost_words", _("How the range of cost was reached")),
    ),
    "reference": (("body", _("Reference")),),
}


def _both(name: str, label: Any) -> dict[str, forms.CharField]:
    """A text twice: `body_en`, `body_fr`."""
    rows = LINES.get(name, 2)
    return {
        f"{name}_{language}": forms.CharField(
            label=label,
            required=False,
            max_length=LONGEST,
            widget=Textarea(attrs={"rows": rows, "lang": language, "spellcheck": "true"}),
        )
        for language in ("en", "fr")
    }


def _words(data: dict[str, Any], name: str) -> dict[str, str]:
    return {language: data.get(f"{name}_{language}", "").strip() for language in ("en", "fr")}


class AboutForm(forms.Form):
    """What a brief says about itself."""

    slug = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=_("Address"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens. It is cited, so it stays once an edition is out."),
        error_messages={
            "required": _("Give it an address, for instance the name of your district."),
            "invalid": _("Small letters, digits and hyphens."),
        },
    )
    contributors = forms.CharField(
        label=_("Contributors"),
        required=False,
        help_text=_("One on each line, as they are printed."),
        widget=Textarea(attrs={"rows": 3}),
    )
    audience = forms.ChoiceField(
        label=_("Who may read the brief"),
        choices=lambda: queries.Audience.choices,
        widget=forms.RadioSelect,
        initial="public",
    )
    study_id = forms.ChoiceField(label=_("The study whose quotes and method it prints"), required=False)
    half = forms.ChoiceField(label=_("The half-year its numbers are of"), required=False)
    concerns_indigenous = forms.BooleanField(
        label=_("It says something about Indigenous people or communities"), required=False
    )
    steward_agency_id = forms.ChoiceField(label=_("Whose Indigenous data steward signs"), required=False)
    balance_reason = forms.CharField(
        label=_(
            "If more than two quotes of one speaker, or fewer than three speakers of a theme, are right "
            "here: why"
        ),
        required=False,
        max_length=2000,
        widget=Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, worker: Worker, brief: Brief | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields = {**_both("title", _("Title")), **self.fields}
        self.brief = brief
        choose = ("", _("None"))
        offer(self, "study_id", [choose, *queries.studies(worker)])
        offer(self, "half", [choose, *queries.halves()])
        offer(self, "steward_agency_id", [choose, *queries.stewards(worker)])
        if brief is None:
            del self.fields["balance_reason"]

    def clean_slug(self) -> str:
        """An address that another brief has, or that means something here, is taken."""
        slug: str = self.cleaned_data["slug"]
        if slug == "published" or (
            queries.is_taken(slug) and (self.brief is None or self.brief.slug != slug)
        ):
            raise forms.ValidationError(_("This address is taken. Choose another one."))
        return slug

    def clean(self) -> dict[str, Any]:
        """Whom it concerns, signs."""
        said = super().clean() or {}
        if said.get("concerns_indigenous") and not said.get("steward_agency_id"):
            self.add_error("steward_agency_id", _("Say whose data steward signs."))
        return said

    def facts(self) -> dict[str, Any]:
        """Return what was said, as a command takes it."""
        said = dict(self.cleaned_data)
        told = {
            name: said[name] for name in ("slug", "audience", "half", "concerns_indigenous") if name in said
        }
        told |= {"title": _words(said, "title"), "study_id": said["study_id"] or None}
        told["steward_agency_id"] = said["steward_agency_id"] or None if said["concerns_indigenous"] else None
        told["contributors"] = [
            line.strip()[:200] for line in said["contributors"].splitlines() if line.strip()
        ]
        return told | ({"balance_reason": said["balance_reason"]} if "balance_reason" in said else {})

    @staticmethod
    def initial_of(brief: Brief) -> dict[str, Any]:
        """Return what stands already."""
        told = {
            name: getattr(brief, name)
            for name in ("slug", "audience", "half", "concerns_indigenous", "balance_reason")
        }
        told |= {f"title_{language}": brief.title.get(language, "") for language in ("en", "fr")}
        told |= {
            "study_id": str(brief.study_id or ""),
            "steward_agency_id": str(brief.steward_agency_id or ""),
        }
        return told | {"contributors": "\n".join(brief.contributors)}


class SectionForm(forms.Form):
    """One section in both languages; which fields, its kind says."""

    def __init__(self, *args: Any, kind: str, groups: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        for name, label in ASKED[kind]:
            self.fields.update(_both(name, label))
        if kind == "recommendation":
            self.fields["parent_id"] = forms.ChoiceField(label=_("Group"), choices=groups)
            codes = [("", _("None")), *((code, code) for code in rules.CODES)]
            self.fields["code"] = forms.ChoiceField(
                label=_("Which of the nine it bears on"), choices=codes, required=False
            )
        if kind == "plea":
            for name, label in (("low", _("Low")), ("base", _("Middle")), ("high", _("High"))):
                self.fields[name] = forms.IntegerField(
                    label=label, required=False, min_value=0, max_value=MOST_DOLLARS
                )

    @property
    def pairs(self) -> list[tuple[Any, Any, Any]]:
        """The fields that stand side by side: label, English, French."""
        return [(label, self[f"{name}_en"], self[f"{name}_fr"]) for name, label in ASKED[self.kind]]

    def clean(self) -> dict[str, Any]:
        """A range of cost is whole, and in order."""
        said = super().clean() or {}
        given = [said.get(name) for name in ("low", "base", "high") if name in self.fields]
        told = [value for value in given if value is not None]
        if told:
            if len(told) < len(given):
                self.add_error("base", _("A range needs all three, or none."))
            elif told != sorted(told):
                self.add_error("base", _("From low to high."))
        return said

    def facts(self) -> dict[str, Any]:
        """Return what was said, as a command takes it."""
        said = self.cleaned_data
        told: dict[str, Any] = {
            name: _words(said, name) for name, _label in ASKED[self.kind] if name != "cost_words"
        }
        told |= {name: said[name] for name in ("parent_id", "code") if name in said}
        if self.kind == "plea":
            told["cost"] = {name: said[name] for name in ("low", "base", "high")} | {
                "words": _words(said, "cost_words")
            }
        return told

    @staticmethod
    def initial_of(section: Section) -> dict[str, Any]:
        """Return what stands already."""
        told: dict[str, Any] = {"parent_id": str(section.parent_id or ""), "code": section.code}
        for language in ("en", "fr"):
            for name in ("heading", "body", "impact"):
                told[f"{name}_{language}"] = getattr(section, name).get(language, "")
            told[f"cost_words_{language}"] = section.cost.get("words", {}).get(language, "")
        return told | {name: section.cost.get(name) for name in ("low", "base", "high")}


class ChecksForm(forms.Form):
    """The questions before signing."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for code, question in rules.QUESTIONS.items():
            self.fields[f"{code}_answer"] = forms.ChoiceField(
                label=str(question),
                choices=[(answer.value, answer.label) for answer in rules.answers_to(code)],
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"{code}_note"] = forms.CharField(
                label=_("How it stands, in a sentence"),
                required=False,
                max_length=2000,
                widget=Textarea(attrs={"rows": 2}),
            )

    @property
    def questions(self) -> list[tuple[Any, Any]]:
        """Each question with the field of its answer and that of its note."""
        return [(self[f"{code}_answer"], self[f"{code}_note"]) for code in rules.QUESTIONS]

    def clean(self) -> dict[str, Any]:
        """Anything but what one hopes for is explained."""
        said = super().clean() or {}
        for code in rules.QUESTIONS:
            if (
                said.get(f"{code}_answer") not in ("", None, rules.answers_to(code)[0])
                and not said.get(f"{code}_note", "").strip()
            ):
                self.add_error(f"{code}_note", _("Say in a sentence how it stands. Whoever signs reads it."))
        return said

    def answers(self) -> dict[str, tuple[str, str]]:
        """Return what was answered, by question."""
        said = self.cleaned_data
        return {
            code: (said[f"{code}_answer"], said[f"{code}_note"])
            for code in rules.QUESTIONS
            if said[f"{code}_answer"]
        }

    @staticmethod
    def initial_of(brief: Brief) -> dict[str, Any]:
        """Return what was answered already."""
        kept = queries.answers(brief)
        return {f"{code}_answer": answer.answer for code, answer in kept.items()} | {
            f"{code}_note": answer.note for code, answer in kept.items()
        }


class FindingsForm(forms.Form):
    """Which tables stand in a section, and the finding of each in both languages."""

    def __init__(self, *args: Any, releases: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.releases = releases
        for release_id, label in releases:
            self.fields[f"chosen_{release_id}"] = forms.BooleanField(label=label, required=False)
            for language, field in _both("finding", _("The finding, as a sentence: it is the title")).items():
                self.fields[f"{release_id}_{language}"] = field

    @property
    def tables(self) -> list[tuple[str, Any, Any, Any]]:
        """Each table with its box and its finding in both languages."""
        return [
            (
                release_id,
                self[f"chosen_{release_id}"],
                self[f"{release_id}_finding_en"],
                self[f"{release_id}_finding_fr"],
            )
            for release_id, _label in self.releases
        ]

    def chosen(self) -> list[tuple[Any, dict[str, str]]]:
        """Return what was chosen, in order."""
        said = self.cleaned_data
        return [
            (release_id, _words(said, f"{release_id}_finding"))
            for release_id, _label in self.releases
            if said.get(f"chosen_{release_id}")
        ]
