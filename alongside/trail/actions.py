"""What each code on the trail means, in a sentence that the person it is about can read."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alongside.kernel.capabilities import capabilities, said_in

if TYPE_CHECKING:
    from alongside.trail.models import Entry

# `{who}` is an agency and a role, never a name (practice.md 2.4). Every capability has its own in a module of
# this name.
ACTIONS = {
    "trail.exported": _("{who} printed who looked at this agency's files."),
    "trail.alive": _("The trail was being sealed."),
}

ROLES = {
    "caseworker": pgettext_lazy("in brackets after an agency", "caseworker"),
    "intake": pgettext_lazy("in brackets after an agency", "intake"),
    "specialist": pgettext_lazy("in brackets after an agency", "specialist"),
    "companion": pgettext_lazy("in brackets after an agency", "companion"),
    "coordinator": pgettext_lazy("in brackets after an agency", "coordinator"),
    "privacy-officer": pgettext_lazy("in brackets after an agency", "privacy officer"),
    "leader": pgettext_lazy("in brackets after an agency", "leader"),
    "administrator": pgettext_lazy("in brackets after an agency", "administrator"),
    "editor": pgettext_lazy("in brackets after an agency", "evidence editor"),
    "data-steward": pgettext_lazy("in brackets after an agency", "Indigenous data steward"),
}


@cache
def sentences() -> Mapping[str, Promise]:
    """Every code that any capability notes, and its sentence."""
    modules = (said_in(config, "actions") for config in capabilities())
    return {code: words for module in modules if module for code, words in module.ACTIONS.items()}


def sentence(action: str, agency: str, role: str) -> str:
    """Return what happened, in the reader's language.

    `agency` is the name to show, or nothing if there is none.
    """
    words = str(sentences().get(action, _("{who} did something that has no words yet.")))
    return words.replace("{who}", _who(agency, role))


def describe(entry: "Entry", names: Mapping[UUID, str]) -> str:
    """Return what an entry of the trail tells.

    The agencies' names stand in it as they may be shown to whoever reads it.
    """
    return sentence(entry.action, names.get(entry.agency_id, "") if entry.agency_id else "", entry.role)


def _who(agency: str, role: str) -> str:
    if role == "operator":
        return gettext("The operator of this machine")
    if not agency:
        return gettext("Somebody")
    if role not in ROLES:
        return gettext("Somebody at {agency}").replace("{agency}", agency)
    return (
        gettext("Somebody at {agency} ({role})")
        .replace("{agency}", agency)
        .replace("{role}", str(ROLES[role]))
    )
