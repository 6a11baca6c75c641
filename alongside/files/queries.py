"""Every reading of a file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from alongside.agencies.queries import colleagues, colleagues_who_meet_people
from alongside.files import rules, search
from alongside.files.models import Detail, File, SafeContact, SearchTerm
from alongside.kernel import seal
from alongside.kernel.queries import being_destroyed
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

PAGE = 25
REACH = dict.fromkeys(
    ("channel", "value", "when", "who_else", "we_say_we_are", "code_in", "code_out", "duress", "do_not"), ""
) | dict.fromkeys(("leave_name", "voicemail", "text"), False)
CANDIDATES = 40  # names opened for one search, whether so many were found or not


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


@dataclass(frozen=True)
class Reach:
    """One way of reaching the person, with how it stands today. `body` is empty while it may not be used."""

    contact: SafeContact
    standing: str
    body: dict[str, Any]


def get_file(worker: Worker, file_id: UUID) -> File:
    """Return a file that this worker may see.

    :raises File.DoesNotExist: if there is none, or it is not theirs, or it says "not them": there is no
        difference
    """
    return File.objects.get(pk=file_id)


def is_being_destroyed(file: File) -> bool:
    """Whether a file's key is still there, although what the file says was destroyed."""
    return bool(file.shredded_at and being_destroyed(file.pk))


def get_open_file(worker: Worker, file_id: UUID) -> File:
    """Return a file that this worker may see and write in, so that a page says so before anything is typed.

    :raises File.DoesNotExist: as `get_file`
    :raises rules.CannotWrite: if it is closed, or what it said was destroyed
    """
    file = get_file(worker, file_id)
    rules.check_can_write(file)
    return file


def sought_for(worker: Worker, seeking: dict[str, str] | None) -> File | None:
    """The file for which a service is sought, as the session remembers it, if the worker still sees it."""
    return File.objects.filter(pk=seeking["file"]).first() if seeking else None


def could_work_with(worker: Worker, file: File) -> list[Worker]:
    """The colleagues who could lead a file or promise something in it: nobody under a "not them"."""
    return [
        colleague
        for colleague in colleagues_who_meet_people(worker)
        if not rules.is_meant(colleague, file.blocked_principals)
    ]


def caseload(
    worker: Worker, *, closed: bool = False, mine: bool = False, after: UUID | None = None
) -> QuerySet[File]:
    """The files of the worker's own agency, newest first; `mine`: those they lead or back up."""
    files = File.objects.filter(agency_id=worker.agency_id, closed_at__isnull=not closed)
    if mine:
        files = files.filter(lead_id=worker.pk) | files.filter(backup_id=worker.pk)
    if after:
        files = files.filter(id__lt=after)
    return files.order_by("-id")[: PAGE + 1]


def person(worker: Worker, file: File) -> Person:
    """Open what the person told about themselves."""
    told: dict[str, Any] = {}
    for detail in Detail.objects.filter(file_id=file.id):
        told |= seal.unseal(detail, "body", agency_id=worker.agency_id) or {}
    return Person(
        file.handle,
        told.get("called", ""),
        told.get("pronouns", ""),
        told.get("tags", []),
        told.get("words", ""),
    )


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


def read(worker: Worker, file: File) -> None:
    """Note on the trail that this file was opened and read."""
    note("files.read", custodian_id=file.agency_id, file_id=file.id)


def reaches(worker: Worker, file: File, at: datetime) -> list[Reach]:
    """The ways of reaching the person, the usable first. Words of one that may not be used stay sealed."""
    found = []
    for contact in SafeContact.objects.filter(file_id=file.id):
        standing = rules.standing(contact, at)
        body = seal.unseal(contact, "body", agency_id=worker.agency_id) if standing == "ok" else None
        found.append(Reach(contact, standing, REACH | (body or {})))
    order = ["ok", "stale", "unverified", "suspended", "revoked"]
    return sorted(found, key=lambda reach: order.index(reach.standing))


def get_contact(worker: Worker, file: File, contact_id: UUID) -> Reach:
    """Return one way of reaching the person with its words, to be checked with them.

    :raises SafeContact.DoesNotExist: if there is none
    """
    contact = SafeContact.objects.get(file_id=file.id, id=contact_id)
    body = seal.unseal(contact, "body", agency_id=worker.agency_id) or {}
    return Reach(contact, "", REACH | body)


def stale_contacts(worker: Worker, at: datetime) -> list[File]:
    """The worker's files in which nobody has asked lately how the person can be reached."""
    files = File.objects.filter(lead_id=worker.pk, closed_at=None)
    asked = SafeContact.objects.filter(
        file_id__in=files.values("id"), state=SafeContact.State.OK, expires_at__lte=at
    )
    return list(files.filter(id__in=asked.values("file_id"))[:10])


def without_lead(worker: Worker) -> list[File]:
    """The agency's open files that nobody leads, or that somebody leads who left or meets nobody any more."""
    if not worker.keeps_files:
        return []
    files = File.objects.filter(_nobodys(worker), agency_id=worker.agency_id, closed_at=None)
    return list(files.order_by("id")[:PAGE])


def in_care_of(worker: Worker) -> QuerySet[File]:
    """The files whose news is this worker's to hear: as their lead or backup; anybody's, where none is left.

    The one place that says who hears of it: whoever is on is added here.
    """
    theirs = Q(lead_id=worker.pk) | Q(backup_id=worker.pk)
    return File.objects.filter(theirs | _nobodys(worker), agency_id=worker.agency_id)


def _nobodys(worker: Worker) -> Q:
    return ~Q(lead_id__in=colleagues_who_meet_people(worker).values("pk"))


def left_behind(worker: Worker) -> Q:
    """Return the condition on what somebody who left was to do in the files that this worker leads."""
    led = File.objects.filter(agency_id=worker.agency_id, lead_id=worker.pk, closed_at=None)
    return Q(file_id__in=led.values("id"), worker_id__isnull=False) & ~Q(
        worker_id__in=colleagues(worker).values("pk")
    )


def find(worker: Worker, words: str) -> list[tuple[File, Person]]:
    """Find the agency's own files by a name or handle, however it is spelt.

    The work done doesn't tell whether something was hidden.
    """
    asked = search.trigrams(words, whole=False)
    if not asked or not worker.keeps_files:
        return []
    terms = search.blind(asked, seal.keyring().derive(worker.agency_id, "search"))
    enough = max(1, int(len(terms) * search.ENOUGH))
    counted = (
        SearchTerm.objects.filter(agency_id=worker.agency_id, term__in=terms)
        .values("file_id")
        .annotate(n=Count("term"))
        .filter(n__gte=enough)
    )
    ids = [row["file_id"] for row in counted.order_by("-n", "-file_id")[:CANDIDATES]]
    files = list(File.objects.filter(id__in=ids))
    with seal.unlogged():
        people = names(worker, files)
    _spend(CANDIDATES - len(files))
    likely = [(search.likeness(asked, f"{f.handle} {people[f.id].called}"), f) for f in files]
    best = sorted((pair for pair in likely if pair[0] >= search.ENOUGH), key=lambda pair: -pair[0])[:PAGE]
    note("files.searched", custodian_id=worker.agency_id, count=len(best))
    return [(f, people[f.id]) for _, f in best]


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
    for contact in _usable(SafeContact.objects.filter(file_id=file.id)):
        words = seal.unseal(contact, "body", agency_id=worker.agency_id) or {}
        items.append(
            {
                "kind": "contact",
                "id": contact.id,
                "columns": "body",
                "words": words.get("value", ""),
                "tags": [],
            }
        )
    return items


def _usable(contacts: QuerySet[SafeContact]) -> list[SafeContact]:
    return [contact for contact in contacts if rules.standing(contact, timezone.now()) == "ok"]


def _spend(times: int) -> None:
    """Do the work of opening names that are not there, so that none, one and hidden take the same time."""
    for _ in range(max(0, times)):
        search.likeness({"   "}, "nobody in particular")


def released_details(worker: Worker, file_id: UUID, ids: list[UUID]) -> dict[str, Any]:
    """What of another agency's file the asker was agreed to see: who the person is, and how to reach them."""
    told: dict[str, Any] = {}
    for detail in Detail.objects.filter(file_id=file_id, id__in=ids):
        told |= seal.unseal(detail, "body", agency_id=worker.agency_id) or {}
    usable = _usable(SafeContact.objects.filter(file_id=file_id, id__in=ids))
    person = Person(
        "", told.get("called", ""), told.get("pronouns", ""), told.get("tags", []), told.get("words", "")
    )
    return {
        "person": person,
        "contacts": [REACH | (seal.unseal(c, "body", agency_id=worker.agency_id) or {}) for c in usable],
    }


def handles(worker: Worker, ids: set[UUID]) -> dict[UUID, str]:
    """The handles of these files, in one statement."""
    return dict(File.objects.filter(id__in=ids).values_list("id", "handle")) if ids else {}
