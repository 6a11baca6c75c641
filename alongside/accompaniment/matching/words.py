"""A suggestion in words: "knows them; speaks French; free until Monday 3 p.m."."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alongside.accompaniment.matching.program import Proof
from alongside.accompaniment.matching.reasons import Code, Reason
from alongside.kernel import vocabulary
from alongside.kernel.punctuation import listed
from alongside.kernel.templatetags.alongside import clock


def reasons(said: Iterable[Reason]) -> str:
    """Return what can be said of somebody for an appointment, as one line."""
    return listed(_SAID[reason.code](reason.value) for reason in said)


def nobody() -> str:
    """Return what is said of every appointment that nobody comes to, whatever the reason is."""
    return _("Nobody was found for this time. Another time, or a wish that may be left open, can help.")


def proof(proof: Proof) -> str:
    """Return how far a suggestion may be from the best there is."""
    if proof.best:
        return _("There is no better suggestion.")
    more = proof.unfilled - proof.unfilled_at_least
    if more:
        return ngettext(
            "There was no time to look at everything: somebody might be found for one more at most.",
            "There was no time to look at everything: somebody might be found for %(more)s more at most.",
            more,
        ) % {"more": more}
    return _(
        "There was no time to look at everything. Nobody can be found for more; how they are shared out "
        "may be up to %(percent)s %% from the best."
    ) % {"percent": max(1, round(100 * proof.distance))}


def _speaks(code: Any) -> str:
    if code in vocabulary.SIGN_LANGUAGES:
        return _("knows %(sign_language)s") % {"sign_language": _language(code)}
    return _("speaks %(language)s") % {"language": _language(code)}


def _speaks_not(code: Any) -> str:
    if code in vocabulary.SIGN_LANGUAGES:
        return _("does not know %(sign_language)s") % {"sign_language": _language(code)}
    return _("does not speak %(language)s") % {"language": _language(code)}


def _language(code: str) -> str:
    name = vocabulary.label("languages", code)
    return name[:1].lower() + name[1:] if (get_language() or "en").startswith("fr") else name


def _knows(times: Any) -> str:
    return ngettext("knows them: came along once", "knows them: came along %(times)s times", times) % {
        "times": times
    }


def _same_face(more: Any) -> str:
    return ngettext(
        "comes to one more appointment of theirs",
        "comes to %(more)s more appointments of theirs",
        more,
    ) % {"more": more}


def _free_until(at: datetime | Any) -> str:
    return _("free until %(time)s") % {"time": clock(at)}


def _way(minutes: Any) -> str:
    return ngettext(
        "one minute on the way from home", "%(minutes)s minutes on the way from home", minutes
    ) % {"minutes": minutes}


def _way_assumed(minutes: Any) -> str:
    return ngettext(
        "a way that is not in your table: %(minutes)s minute assumed",
        "a way that is not in your table: %(minutes)s minutes assumed",
        minutes,
    ) % {"minutes": minutes}


_SAID: dict[Code, Callable[[Any], str]] = {
    Code.CHOSEN: lambda _none: _("the person chose them"),
    Code.BACKUP: lambda _none: _("the person would take them instead"),
    Code.NOT_FREE: lambda _none: _("not free then"),
    Code.AT_ONCE: lambda _other: _("goes to another appointment at the same time"),
    Code.NO_TIME_BETWEEN: lambda _other: _("goes to another appointment, and the way leaves no time between"),
    Code.KNOWS: _knows,
    Code.NEVER_MET: lambda _none: _("has not come along with them yet"),
    Code.SAME_FACE: _same_face,
    Code.SPEAKS: _speaks,
    Code.SPEAKS_NOT: _speaks_not,
    Code.GENDER: lambda _gender: _("of the gender wished for"),
    Code.GENDER_NOT: lambda _gender: _("not of the gender wished for"),
    Code.FREE_UNTIL: _free_until,
    Code.WAY: _way,
    Code.WAY_ASSUMED: _way_assumed,
}
