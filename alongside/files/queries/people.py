"""What somebody told of themselves, and what of it could be shared or was."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.files.models import Detail, File, SafeContact
from alongside.files.queries.contacts import under_conditions, usable
from alongside.kernel import seal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@dataclass(frozen=True)
class Person:
    """What the person told this agency, or agreed to let it see: as little as they like."""

    handle: str
    called: str = ""
    pronouns: str = ""
    tags: list[str] = field(default_factory=list)
    languages: str = ""

    @property
    def name(self) -> str:
        """What they want to be called, else the handle."""
        return self.called or self.handle


def person(worker: Worker, file: File) -> Person:
    """Open what the person told about themselves."""
    told: dict[str, Any] = {}
    for detail in Detail.objects.filter(file_id=file.id):
        told |= seal.unseal(detail, "body", agency_id=worker.agency_id) or {}
    return _as_told(file.handle, told)


def _as_told(handle: str, told: dict[str, Any]) -> Person:
    known = {name: told[name] for name in ("called", "pronouns", "tags") if name in told}
    return Person(handle, **known, languages=told.get("words", ""))


def names(worker: Worker, files: list[File]) -> dict[UUID, Person]:
    """Open only what these people want to be called, for a list of few."""
    details = {
        d.file_id: d
        for d in Detail.objects.filter(file_id__in=[f.id for f in files], kind=Detail.Kind.CALLED)
    }
    found = {}
    for file in files:
        told: dict[str, Any] = {}
        if file.id in details:
            with suppress(seal.Altered):  # one altered envelope hides one name, not the whole list
                told = seal.unseal(details[file.id], "body", agency_id=worker.agency_id) or {}
        found[file.id] = Person(file.handle, told.get("called", ""), told.get("pronouns", ""))
    return found


def shareable(worker: Worker, file: File) -> list[dict[str, Any]]:
    """What of the file itself could be agreed to be shared, each on its own, with the words to read out."""
    items = []
    for detail in Detail.objects.filter(file_id=file.id).order_by("kind"):
        words = seal.unseal(detail, "body", agency_id=worker.agency_id) or {}
        spoken = ", ".join(
            str(v) for v in (words.get("called"), words.get("pronouns"), words.get("words")) if v
        )
        if not spoken and not words.get("tags"):
            continue
        items.append(
            {
                "kind": detail.kind,
                "id": detail.id,
                "columns": "body",
                "words": spoken,
                "tags": words.get("tags", []),
            }
        )
    for contact in usable(SafeContact.objects.filter(file_id=file.id)):
        words = seal.unseal(contact, "body", agency_id=worker.agency_id) or {}
        items.append(
            {
                "kind": "contact",
                "id": contact.id,
                "columns": "body",
                "words": "\n".join(label + _(": ") + said for label, said in under_conditions(words)),
                "tags": [],
            }
        )
    return items


def released_details(worker: Worker, file_id: UUID, ids: list[UUID]) -> dict[str, Any]:
    """What of another agency's file the asker was agreed to see: who the person is, and how to reach them."""
    told: dict[str, Any] = {}
    for detail in Detail.objects.filter(file_id=file_id, id__in=ids):
        told |= seal.unseal(detail, "body", agency_id=worker.agency_id) or {}
    contacts = usable(SafeContact.objects.filter(file_id=file_id, id__in=ids))
    return {
        "person": _as_told("", told),
        "contacts": [
            under_conditions(seal.unseal(c, "body", agency_id=worker.agency_id) or {}) for c in contacts
        ],
    }
