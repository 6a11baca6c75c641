"""The ways of reaching somebody, with everything each stands under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.files import rules
from alongside.files.models import File, SafeContact
from alongside.kernel import seal
from alongside.kernel.prepared import prepared

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

REACH = dict.fromkeys(
    ("channel", "value", "when", "who_else", "we_say_we_are", "code_in", "code_out", "duress", "do_not"), ""
) | dict.fromkeys(("leave_name", "voicemail", "text"), False)


CHANNELS = [("", gettext_lazy("Not said")), *SafeContact.Channel.choices]


Fact = tuple[str, str]  # a label, and what stands beside it


@dataclass(frozen=True)
class Reach:
    """One way of reaching the person, with how it stands today. `body` is empty while it may not be used."""

    contact: SafeContact
    standing: str
    body: dict[str, Any]

    @property
    def facts(self) -> list[Fact]:
        """How to reach them, with every condition."""
        return under_conditions(self.body)


def reaches(worker: Worker, file: File, at: datetime) -> list[Reach]:
    """The ways of reaching the person, the usable first. Words of one that may not be used stay sealed."""
    found = []
    for contact in SafeContact.objects.filter(file_id=file.id):
        standing = rules.standing(contact, at)
        body = seal.unseal(contact, "body", agency_id=worker.agency_id) if standing == "ok" else None
        found.append(Reach(contact, standing, REACH | (body or {})))
    order = ["ok", "stale", "unverified", "suspended", "revoked"]
    return sorted(found, key=lambda reach: order.index(reach.standing))


def usable_reaches(worker: Worker, file_id: UUID, at: datetime) -> list[Reach]:
    """The ways of reaching somebody that may be used now, for who may ask them something without the file."""
    found = SafeContact.objects.filter(
        file_id=file_id, agency_id=worker.agency_id, state=SafeContact.State.OK
    )
    return [
        Reach(contact, "ok", REACH | (seal.unseal(contact, "body", agency_id=worker.agency_id) or {}))
        for contact in found
        if rules.standing(contact, at) == "ok"
    ]


def under_conditions(body: dict[str, Any]) -> list[Fact]:
    """Return one way of reaching somebody with everything it stands under, each with its label.

    It is shown, read out and printed only so: a number alone is what gets somebody hurt (practice.md 3.2).
    """
    told = REACH | body
    how = [str(label) for code, label in CHANNELS if code and code == told["channel"]]
    left_behind = {
        "text": _("send a text"),
        "voicemail": _("leave a voice message"),
        "leave_name": _("leave a name"),
    }
    may = [words for name, words in left_behind.items() if told[name]]
    may_not = [words for name, words in left_behind.items() if not told[name]]
    facts = [
        (_("How"), ", ".join([*how, *filter(None, [told["value"]])])),
        (_("When"), told["when"]),
        (_("Who else sees or hears it"), told["who_else"]),
        *((label, _("“%s”") % told[name] if told[name] else "") for label, name in _spoken_of_it()),
        (_("We may"), ", ".join(may)),
        (_("We may not"), ", ".join(may_not)),
        (_("Never use"), told["do_not"]),
    ]
    return [(label, words) for label, words in facts if words]


def _spoken_of_it() -> list[Fact]:
    return [
        (_("We say we are"), "we_say_we_are"),
        (_("They say"), "code_in"),
        (_("We say"), "code_out"),
        (_("If somebody is listening they say"), "duress"),
    ]


def get_contact(worker: Worker, file: File, contact_id: UUID) -> Reach:
    """Return one way of reaching the person with its words, to be checked with them.

    :raises SafeContact.DoesNotExist: if there is none
    """
    contact = SafeContact.objects.get(file_id=file.id, id=contact_id)
    body = seal.unseal(contact, "body", agency_id=worker.agency_id) or {}
    return Reach(contact, "", REACH | body)


@prepared
def stale_contacts(worker: Worker, at: datetime) -> QuerySet[File]:
    """The worker's files in which nobody has asked lately how the person can be reached."""
    files = File.objects.filter(lead_id=worker.pk, closed_at=None)
    asked = SafeContact.objects.filter(
        file_id__in=files.values("id"), state=SafeContact.State.OK, expires_at__lte=at
    )
    return files.filter(id__in=asked.values("file_id"))[:10]


def usable(contacts: QuerySet[SafeContact]) -> list[SafeContact]:
    """Return those of these ways that may be used today."""
    return [contact for contact in contacts if rules.standing(contact, timezone.now()) == "ok"]
