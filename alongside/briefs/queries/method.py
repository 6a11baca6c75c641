"""The method box, which fills itself.

Who was asked, when, read by how many, how far they agreed, and from how many on a number is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alongside.briefs.edition.document import Fact
from alongside.briefs.queries.figures import in_both
from alongside.briefs.rules import Problem
from alongside.disclosure import queries as disclosure
from alongside.evidence import queries as evidence
from alongside.kernel.punctuation import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alongside.agencies.models import Worker
    from alongside.briefs.models import Brief
    from alongside.disclosure.models import Release
    from alongside.evidence.queries import Method


Say = Callable[[], str]


def of_study(viewer: Worker, brief: Brief) -> Method | None:
    """Return what can be said of how the study of a brief was done.

    Nothing, where there is none for this viewer.
    """
    if brief.study_id is None:
        return None
    try:
        return evidence.method_of(viewer, brief.study_id)
    except ObjectDoesNotExist:
        return None


def facts(brief: Brief, method: Method | None, releases: Sequence[Release]) -> tuple[Fact, ...]:
    """Return the lines of the method box of a brief, in both languages.

    What there is nothing to say about is left out.
    """
    told = [*(_of_study(method) if method else ()), *_of_numbers(brief, releases)]
    lines = [Fact(in_both(label), in_both(value)) for label, value in told]
    return tuple(line for line in lines if not line.value.missing)


def problems(method: Method | None) -> list[Problem]:
    """Return which roles of those who took part are written in one language only."""
    lacking = [role.en for role in method.roles if not role.fr] if method else []
    return [
        Problem(_("How this was made"), _("Who took part: “%(role)s” has no French yet.") % {"role": role})
        for role in lacking
    ]


def _of_study(method: Method) -> Iterator[tuple[Say, Say]]:
    if method.interviews:
        yield lambda: _("Interviews"), lambda: number_format(method.interviews)
    if method.feedback:
        yield lambda: _("Feedback"), lambda: number_format(method.feedback)
    yield (
        lambda: _("Who took part"),
        lambda: listed(f"{role.of(get_language() or 'en')} {role.count}" for role in method.roles),
    )
    yield lambda: _("Open questions"), lambda: number_format(method.questions) if method.questions else ""
    yield lambda: _("When"), lambda: _period(method)
    yield (
        lambda: _("In which languages"),
        lambda: ", ".join(_languages().get(tag, tag) for tag in method.languages),
    )
    yield lambda: _("Read by"), lambda: _read_by(method)
    yield lambda: _("Ethics"), lambda: method.ethics
    yield lambda: _("Version of the method"), lambda: str(method.version)


def _of_numbers(brief: Brief, releases: Sequence[Release]) -> Iterator[tuple[Say, Say]]:
    if not releases:
        return
    audience = disclosure.AUDIENCES[brief.audience]
    halves = sorted({release.half for release in releases})
    last = max(release.cut_off_at for release in releases)
    yield lambda: _("Numbers of"), lambda: ", ".join(disclosure.half_said(half) for half in halves)
    yield lambda: _("Counted until"), lambda: date_format(brief.cut_off_on or last, "DATE_FORMAT")
    yield lambda: _("Numbers are shown"), lambda: _shown_from(audience.threshold, audience.rounding)


def _shown_from(threshold: int, rounding: int) -> str:
    from_on = _("from %(n)s on, and from at least three agencies") % {"n": threshold}
    return from_on if rounding == 1 else _("%(from)s; rounded to %(n)s") % {"from": from_on, "n": rounding}


def _period(method: Method) -> str:
    days = [date_format(day, "YEAR_MONTH_FORMAT") for day in (method.first, method.last) if day]
    return " – ".join(dict.fromkeys(days))


def _read_by(method: Method) -> str:
    if not method.coders:
        return ""
    people = ngettext("%(n)s person", "%(n)s people", method.coders) % {"n": method.coders}
    told = {
        "people": people,
        "apart": number_format(method.apart),
        "alpha": number_format(round(method.alpha or 0, 2), 2),
    }
    if method.apart < 2:
        if method.coders == 1:
            return _("%(people)s; with one there is no agreement to state") % told
        return _("%(people)s, none of them apart; so no agreement is stated") % told
    if method.alpha is None:
        return (
            _("%(people)s, %(apart)s of them apart first; nothing varied, so agreement can’t be stated")
            % told
        )
    if method.apart < method.coders:
        return (
            _(
                "%(people)s, %(apart)s of them apart first; agreement of those (Krippendorff’s alpha) "
                "%(alpha)s, a reason to talk and no score"
            )
            % told
        )
    return (
        _(
            "%(people)s, apart first; agreement (Krippendorff’s alpha) %(alpha)s, a reason to talk and no "
            "score"
        )
        % told
    )


def _languages() -> dict[str, str]:
    return {"en": _("English"), "fr": _("French")}
