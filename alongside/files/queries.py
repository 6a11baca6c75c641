"""Every reading of a file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Count, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.agencies.queries import (
    colleagues,
    colleagues_who_keep_files,
    is_on,
    names_of,
    roles_with,
    who_is_on,
)
from alongside.files import rules, search
from alongside.files.declarations import is_open
from alongside.files.models import (
    IN_COPIES,
    UNTIL_FINAL,
    Destruction,
    Detail,
    File,
    Justification,
    SafeContact,
    SearchTerm,
)
from alongside.kernel import ctx, seal
from alongside.kernel.keyring import KeyGone
from alongside.kernel.queries import being_destroyed
from alongside.kernel.transliteration import folded
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

PAGE = 25
REACH = dict.fromkeys(
    ("channel", "value", "when", "who_else", "we_say_we_are", "code_in", "code_out", "duress", "do_not"), ""
) | dict.fromkeys(("leave_name", "voicemail", "text"), False)
CHANNELS = [("", gettext_lazy("Not said")), *SafeContact.Channel.choices]
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


@dataclass(frozen=True)
class Opened:
    """A file that a colleague opened although it is not theirs."""

    justification: Justification
    handle: str
    name: str
    words: str


OPENS = RawSQL(f"coalesce({is_open('files_file')}, false)", [], BooleanField())  # noqa: S611


def get_file(worker: Worker, file_id: UUID) -> File:
    """Return a file that opens to this worker.

    :raises File.DoesNotExist: if there is none, or it is not theirs, or it says "not them": there is no
        difference
    :raises rules.NotOpen: if its code name is all that they may see without saying why
    """
    file, opens = seen(worker, file_id)
    rules.check_opens(file, opens=opens)
    return file


def seen(worker: Worker, file_id: UUID) -> tuple[File, bool]:
    """Return a file of which this worker may see the code name, and whether it opens to them.

    :raises File.DoesNotExist: as `get_file`
    """
    file = File.objects.annotate(opens=OPENS).get(pk=file_id)
    return file, file.opens


def opened_with_a_reason(worker: Worker) -> list[Opened]:
    """What the privacy officer has not looked at: who opened which file that is not theirs, when and why."""
    found = list(
        Justification.objects.filter(agency_id=worker.agency_id, reviewed_at=None).order_by("opened_at")
    )
    codes = handles(worker, {justification.file_id for justification in found})
    names = names_of(worker, {justification.worker_id for justification in found})
    opened = []
    for one in found:
        words = ""
        with suppress(KeyGone, seal.Altered):
            words = str(seal.unseal(one, "words", agency_id=worker.agency_id) or "")
        opened.append(Opened(one, codes.get(one.file_id, ""), names.get(one.worker_id, ""), words))
    return opened


def unseen_justifications(worker: Worker) -> int:
    """How many times a file was opened with a reason, and the privacy officer has not looked at it."""
    return Justification.objects.filter(agency_id=worker.agency_id, reviewed_at=None).count()


def is_being_destroyed(file: File) -> bool:
    """Whether a file's key is still there, although what the file says was destroyed."""
    return bool(file.shredded_at and being_destroyed(file.pk))


def destruction_of(file: File) -> Destruction | None:
    """What was asked of this file's destruction and not taken back, if anything."""
    return Destruction.objects.filter(file_id=file.pk).exclude(state=Destruction.State.UNDONE).first()


def destructions_asked() -> QuerySet[Destruction]:
    """What waits for a second, in any agency; by the operator."""
    return Destruction.objects.filter(state=Destruction.State.ASKED)


def get_destruction(worker: Worker, destruction_id: UUID) -> Destruction:
    """Return what was asked of a file's destruction, for whoever may see the file or be the second.

    :raises Destruction.DoesNotExist: if there is none for this worker
    """
    return Destruction.objects.get(id=destruction_id)


def destructions_under_way(worker: Worker) -> list[Destruction]:
    """What waits for a second or can still be undone, as far as it is this worker's to say; oldest first."""
    if not worker.may("destroy-files"):
        return []
    return list(Destruction.objects.filter(state__in=["asked", "confirmed"])[:PAGE])


def could_be_second(worker: Worker, destruction: Destruction) -> list[Worker]:
    """The colleagues who may say as the second that this file is destroyed."""
    able = colleagues(worker).filter(role__in=roles_with("destroy-files")).exclude(pk=destruction.asked_by)
    return [
        colleague
        for colleague in able
        if not rules.is_meant(colleague, destruction.blocked_principals)
        and ctx.is_independent_second(colleague.pk, destruction.asked_by)
    ]


def about_destruction(worker: Worker, destruction: Destruction) -> dict[str, Any]:
    """Everything on the page of a file's destruction: by whom, who can be the second, what it leads to."""
    by = (destruction.asked_by, destruction.confirmed_by, destruction.undone_by)
    names = names_of(worker, {each for each in by if each})
    waits = destruction.state == Destruction.State.ASKED
    seconds = could_be_second(worker, destruction) if waits else []
    return {
        "destruction": destruction,
        "asked_by": names.get(destruction.asked_by, ""),
        "confirmed_by": names.get(destruction.confirmed_by, "") if destruction.confirmed_by else "",
        "undone_by": names.get(destruction.undone_by, "") if destruction.undone_by else "",
        "held": is_held(destruction.file_id),
        "sees_file": worker.keeps_files and File.objects.filter(pk=destruction.file_id).exists(),
        "seconds": [colleague.name for colleague in seconds],
        "is_second": worker in seconds,
        "may_undo": worker.may("destroy-files") and destruction.is_under_way,
        "would_be_gone": would_be_gone(timezone.now()),
    }


def would_be_gone(at: datetime) -> datetime:
    """When nothing would be left of a file anywhere, if a second said so at this moment."""
    return at + UNTIL_FINAL + IN_COPIES


def is_held(file_id: UUID) -> bool:
    """Whether a hold stands on a file just now."""
    with connection.cursor() as cursor:
        cursor.execute("select ctx.is_held(%s)", [file_id])
        return bool(cursor.fetchone()[0])


def may_be_destroyed(file_id: UUID) -> bool:
    """Whether no hold stands on a file; none can be ordered from now until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select files_may_be_destroyed(%s)", [file_id])
        return bool(cursor.fetchone()[0])


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
    return (
        File.objects.annotate(opens=OPENS).filter(pk=seeking["file"], opens=True).first() if seeking else None
    )


def could_work_with(worker: Worker, file: File) -> list[Worker]:
    """The colleagues who could lead a file or promise something in it: nobody under a "not them"."""
    return [
        colleague
        for colleague in colleagues_who_keep_files(worker)
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
    """Note that this file was opened and read, also when nothing is written in it yet."""
    seal.note_opened(file.id, file.agency_id, "file")


def reaches(worker: Worker, file: File, at: datetime) -> list[Reach]:
    """The ways of reaching the person, the usable first. Words of one that may not be used stay sealed."""
    found = []
    for contact in SafeContact.objects.filter(file_id=file.id):
        standing = rules.standing(contact, at)
        body = seal.unseal(contact, "body", agency_id=worker.agency_id) if standing == "ok" else None
        found.append(Reach(contact, standing, REACH | (body or {})))
    order = ["ok", "stale", "unverified", "suspended", "revoked"]
    return sorted(found, key=lambda reach: order.index(reach.standing))


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


def stale_contacts(worker: Worker, at: datetime) -> list[File]:
    """The worker's files in which nobody has asked lately how the person can be reached."""
    files = File.objects.filter(lead_id=worker.pk, closed_at=None)
    asked = SafeContact.objects.filter(
        file_id__in=files.values("id"), state=SafeContact.State.OK, expires_at__lte=at
    )
    return list(files.filter(id__in=asked.values("file_id"))[:10])


def without_lead(worker: Worker) -> list[File]:
    """The agency's open files that nobody leads, or that somebody leads who left or keeps no file any more.

    Also those the worker leads, where a colleague said "not me" since the lead was chosen.
    """
    if not worker.keeps_files:
        return []
    asked = Q(lead_id=worker.pk, needs_another_since__isnull=False)
    files = File.objects.filter(
        _nobodys(worker) | asked, agency_id=worker.agency_id, closed_at=None, shut_at=None
    )
    return list(files.order_by("id")[:PAGE])


def in_care_of(worker: Worker) -> QuerySet[File]:
    """The files whose news is this worker's to hear: as their lead or backup, or as whoever is on.

    Anybody's, where none is left. The one place that says who hears of it.
    """
    files = File.objects.filter(agency_id=worker.agency_id)
    if is_on(worker):
        return files
    return files.filter(Q(lead_id=worker.pk) | Q(backup_id=worker.pk) | _nobodys(worker))


def _nobodys(worker: Worker) -> Q:
    return ~Q(lead_id__in=colleagues_who_keep_files(worker).values("pk"))


def left_behind(worker: Worker) -> Q:
    """Return the condition on what somebody who left was to do in the files that this worker leads."""
    led = File.objects.filter(agency_id=worker.agency_id, lead_id=worker.pk, closed_at=None)
    return Q(file_id__in=led.values("id"), worker_id__isnull=False) & ~Q(
        worker_id__in=colleagues(worker).values("pk")
    )


def find(worker: Worker, words: str) -> list[tuple[File, Person]]:
    """Find the agency's own files by a name or handle, however it is spelt.

    Names are looked through in those that open to the asker; the others are found by their two words. The
    work done doesn't tell whether something was hidden.
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
    coded = Q(agency_id=worker.agency_id, handle__icontains=folded(words.strip()))
    files = list(File.objects.filter(id__in=ids)) + list(
        File.objects.annotate(opens=OPENS)
        .filter(coded, opens=False)
        .exclude(id__in=ids)[: CANDIDATES - len(ids)]
    )
    with seal.unlogged():
        people = names(worker, files)
    _spend(CANDIDATES - len(files))
    likely = [(search.likeness(asked, f"{f.handle} {people[f.id].called}"), f) for f in files]
    best = sorted((pair for pair in likely if pair[0] >= search.ENOUGH), key=lambda pair: -pair[0])[:PAGE]
    note("files.searched", custodian_id=worker.agency_id, count=len(best))
    found = [file for _, file in best]
    with seal.listing("files.found"):
        shown = names(worker, found)
    return [(file, shown[file.id]) for file in found]


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
                "words": "\n".join(label + _(": ") + said for label, said in under_conditions(words)),
                "tags": [],
            }
        )
    return items


def _usable(contacts: QuerySet[SafeContact]) -> list[SafeContact]:
    return [contact for contact in contacts if rules.standing(contact, timezone.now()) == "ok"]


def _spend(times: int) -> None:
    """Do the work of opening names that are not there, so that none, one and hidden take the same time."""
    for _once in range(max(0, times)):
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
        "contacts": [
            under_conditions(seal.unseal(c, "body", agency_id=worker.agency_id) or {}) for c in usable
        ],
    }


def id_of_handle(worker: Worker, words: str) -> UUID | None:
    """Return which file of the asker's agency has this handle, however it is spaced or capitalised."""
    handle = " ".join(words.split())
    return (
        File.objects.filter(agency_id=worker.agency_id, handle__iexact=handle)
        .values_list("id", flat=True)
        .first()
    )


def ids_named(worker: Worker, words: str) -> QuerySet[File, UUID]:
    """The ids of the agency's files in whose code name these words stand."""
    coded = File.objects.filter(agency_id=worker.agency_id, handle__icontains=folded(words))
    return coded.values_list("id", flat=True)


def handles(worker: Worker, ids: set[UUID]) -> dict[UUID, str]:
    """The handles of these files, in one statement."""
    return dict(File.objects.filter(id__in=ids).values_list("id", "handle")) if ids else {}


def handles_of_open(worker: Worker, ids: set[UUID]) -> dict[UUID, str]:
    """The handles of those of these files that open to the worker and in which something may be written."""
    found = File.objects.annotate(opens=OPENS).filter(id__in=ids, opens=True, closed_at=None, shut_at=None)
    return dict(found.values_list("id", "handle")) if ids else {}


def teams(worker: Worker, ids: set[UUID]) -> dict[UUID, set[UUID]]:
    """Who works with each of these people: the lead, the backup, and whoever is on and may see the file."""
    if not ids:
        return {}
    on = who_is_on(worker)
    return {
        file.pk: {
            each
            for each in {file.lead_id, file.backup_id, *on}
            if each and f"worker:{each}" not in file.blocked_principals
        }
        for file in File.objects.filter(id__in=ids, agency_id=worker.agency_id)
    }
