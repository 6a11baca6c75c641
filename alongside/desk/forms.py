"""What the privacy officer looks for on the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.desk import queries
from alongside.desk.criteria import AT_FIRST, ELSEWHERE, SORTS, Wanted
from alongside.kernel.forms import offer
from alongside.kernel.sent import as_id

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import QueryDict

    from alongside.agencies.models import Worker
    from alongside.plans.queries import UnsealedPriority


class WatchForm(forms.Form):
    """Of which file, by whom, what and when. Nothing is required."""

    file = forms.CharField(
        label=_("File"), help_text=_("Its two words."), required=False, max_length=60, strip=True
    )
    who = forms.ChoiceField(label=_("Who"), required=False)
    since = forms.DateField(
        label=_("From which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("To which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    show = forms.MultipleChoiceField(
        label=_("Show"), required=False, choices=SORTS.items, widget=forms.CheckboxSelectMultiple
    )
    action = forms.ChoiceField(label=_("Only this"), required=False)

    def __init__(self, worker: Worker, wanted: Wanted, data: QueryDict | None) -> None:
        typed = {
            "file": queries.handle_of(worker, wanted.file_id),
            "who": ELSEWHERE if wanted.is_elsewhere else str(wanted.worker_id or ""),
            "action": wanted.action or wanted.subject,
            "since": wanted.since,
            "until": wanted.until,
            "show": wanted.sorts,
        }
        super().__init__(data, initial=typed)
        self.worker = worker
        here, left = queries.people(worker)
        offer(
            self,
            "who",
            [
                ("", _("Everybody")),
                *here,
                (ELSEWHERE, _("Somebody of another agency")),
                (_("Seats that ended"), left),
            ],
        )
        of_one_kind = (_("Everything about one thing"), list(queries.subjects().items()))
        offer(self, "action", [("", _("Everything")), of_one_kind, *queries.actions_by_subject()])

    def clean_file(self) -> UUID | None:
        """Return which file has this code name."""
        words = self.cleaned_data["file"]
        file_id = queries.file_called(self.worker, words) if words else None
        if words and not file_id:
            raise forms.ValidationError(_("No file of this agency has these two words."))
        return file_id

    def clean(self) -> dict[str, Any]:
        """Refuse days that lie the wrong way round."""
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first one."))
        return data

    def wanted(self) -> Wanted:
        """Return what was asked for."""
        asked = self.cleaned_data
        subject = asked["action"] if asked["action"] in queries.subjects() else ""
        return Wanted(
            sorts=tuple(sort for sort in SORTS if sort in asked["show"]) or AT_FIRST,
            file_id=asked["file"],
            worker_id=as_id(asked["who"], None),
            is_elsewhere=asked["who"] == ELSEWHERE,
            action="" if subject else asked["action"],
            subject=subject,
            since=asked["since"],
            until=asked["until"],
        )


class SheetForm(forms.Form):
    """What the person wants on a sheet of paper. That paper is safe is theirs to say."""

    without = forms.MultipleChoiceField(
        label=_("What they leave out"), required=False, widget=forms.CheckboxSelectMultiple
    )
    named = forms.BooleanField(
        label=_("They want agencies by their names"),
        help_text=_("Otherwise it says what kind they are, such as “a place to stay”."),
        required=False,
    )
    language = forms.ChoiceField(
        label=_("In which language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    safe = forms.BooleanField(
        label=_("They said that paper is safe, and that they want it"),
        required=False,
    )

    def __init__(self, wants: list[UnsealedPriority], spoken: list[str], data: QueryDict | None) -> None:
        here = (get_language() or "en")[:2]
        theirs = [code for code, _name in settings.LANGUAGES if code in spoken]
        super().__init__(data, initial={"language": here if here in theirs or not theirs else theirs[0]})
        offer(
            self, "without", [(str(want.priority.id), Truncator(want.statement).chars(120)) for want in wants]
        )

    @property
    def is_for_reading(self) -> bool:
        """Whether it is to be read aloud or together, and not printed."""
        return "aloud" in self.data

    def clean_safe(self) -> bool:
        """Make no paper of which nobody said that it is safe."""
        safe: bool = self.cleaned_data["safe"]
        if not safe and not self.is_for_reading:
            raise forms.ValidationError(
                _("Ask first. If it is not safe, or nobody is sure, there are other ways.")
            )
        return safe
