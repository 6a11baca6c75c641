"""What each code on the trail means, in a sentence that the person it is about can read."""

from collections.abc import Mapping
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alongside.kernel.capabilities import capabilities, said_in

# `{who}` is an agency and a role, never a name (practice.md 2.4). Every capability has its own in a module of
# this name.
ACTIONS = {
    "trail.exported": _("{who} printed who looked at this agency's files."),
    "trail.alive": _("The trail was being sealed."),
    "trail.sitting_ended": _("{who} left this file again."),
}
# What is a look and not an act. Each capability says of its own codes which are looks, and which of these are
# lists, where a file is one of several.
LOOKS = {"trail.sitting_ended"}
SUBJECT = _("Who looked")
WITHOUT_LINE = {"trail.alive", "trail.sitting_ended"}  # no line of their own, wherever the trail is shown

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


@cache
def lists() -> frozenset[str]:
    """The codes of lists in which a file stood beside others."""
    return _every("LISTS")


@cache
def looks() -> frozenset[str]:
    """The codes that are a look and no act: readings, sittings that ended, lists."""
    return _every("LOOKS") | lists()


@cache
def kinds() -> Mapping[str, Promise]:
    """The kinds of information that are opened, by their codes."""
    modules = (said_in(config, "actions") for config in capabilities())
    return {code: words for module in modules for code, words in getattr(module, "KINDS", {}).items()}


def subjects() -> dict[str, str]:
    """What acts are about, by the capability whose codes they have."""
    modules = ((config.label, said_in(config, "actions")) for config in capabilities())
    return {label: str(module.SUBJECT) for label, module in modules if module}


def actions_by_subject() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every code that can be looked for, with its sentence but for who it was, by what it is about."""
    of_each: dict[str, list[tuple[str, str]]] = {}
    for code, words in sentences().items():
        if code not in WITHOUT_LINE:
            of_it = of_each.setdefault(code.partition(".")[0], [])
            of_it.append((code, str(words).replace("{who}", "").strip()))
    return [(subject, of_each[label]) for label, subject in subjects().items()]


def _every(name: str) -> frozenset[str]:
    modules = (said_in(config, "actions") for config in capabilities())
    return frozenset(code for module in modules for code in getattr(module, name, ()))


def sentence(action: str, agency: str, role: str) -> str:
    """Return what happened, in the reader's language.

    `agency` is the name to show, or nothing if there is none.
    """
    words = str(sentences().get(action, _("{who} did something that has no words yet.")))
    return words.replace("{who}", who(agency, role))


def who(agency: str, role: str) -> str:
    """Return who it was, in the reader's language: the agency's name as shown to the reader, and the role."""
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
