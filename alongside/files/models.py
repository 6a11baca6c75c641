"""Tables of the files."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from alongside.files.declarations import A_FILE_SEEN, OPERATES, OVERSEES, OfAFile, custody, is_open
from alongside.kernel import clock
from alongside.kernel.actors import HowField, signed_constraint
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ALL,
    AS_CTXO,
    ME,
    NOBODYS,
    NOT_BLOCKED,
    OWN,
    SAME,
    Grant,
    Person,
    Policy,
    Protection,
    Record,
    Settled,
    States,
    Trigger,
    by_ctxo,
    hidden_while_destroyed,
    may,
)
from alongside.kernel.rls.models import FileRow, Sealed

UNTIL_FINAL = timedelta(days=1)  # as files/sql/destruction.sql
IN_COPIES = timedelta(days=35)  # how long copies of the keyring may be kept (docs/running.md)
KEEPS = f"{OWN} and {may('keep-files')}"
OF_AN_OPEN_FILE = f"{KEEPS} and exists (select 1 from files_file f where f.id = file_id and {is_open('f')})"
OVERSEEN = f"{OVERSEES} and {NOT_BLOCKED}"
DESTROYS = f"{OWN} and {may('destroy-files')} and {NOT_BLOCKED}"


class File(models.Model):
    """One agency's record of one person.

    Nothing in it is required; nothing about the person is in this table.
    Its code name is seen by every colleague who keeps files; what it says opens to its lead, its backup,
    whoever is on, and who said why. `lead_id` is the worker the person chose, `backup_id` who is there when
    the lead is away. `next_lead_id` is who took over from somebody who left: until the person was asked, the
    file opens to them no more than to any colleague.
    `blocked_principals` holds the "not them" of the whole file.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    handle = models.CharField(max_length=60)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    lead_id = models.UUIDField(null=True)
    backup_id = models.UUIDField(null=True)
    next_lead_id = models.UUIDField(null=True)
    shredded_at = models.DateTimeField(null=True)
    needs_another_since = models.DateTimeField(null=True)
    shut_at = models.DateTimeField(
        null=True
    )  # since when two want it destroyed, until that is final or undone
    blocked_principals = ArrayField(models.TextField(), db_default=[], blank=True)

    protection: ClassVar = Protection(
        tells=_(
            "That an agency keeps a file, since when, and which workers are responsible for it. "
            "Nothing about the person."
        ),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=True,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "handle": _("two neutral words made up by the machine"),
            "lead_id": _("which worker the person chose"),
            "backup_id": _("which worker is there when the lead is away"),
            "next_lead_id": _("which worker the person is to be asked about, because their lead left"),
            "blocked_principals": _("who may not see it: numbers of workers and agencies, and roles"),
        },
        rules=(
            Grant(
                "select, insert, update (handle, opened_by, opened_at, closed_at, lead_id, backup_id,"
                " next_lead_id, needs_another_since)"
            ),
            Policy("select", f"{KEEPS} and {NOT_BLOCKED}", name="custody_select"),
            Policy(
                "insert",
                check=f"{KEEPS} and blocked_principals = '{{}}' and shut_at is null and shredded_at is null",
                name="custody_insert",
            ),
            Policy(
                "update",
                f"{KEEPS} and {NOT_BLOCKED} and {is_open('files_file')}",
                KEEPS,
                name="custody_update",
            ),
            Policy("select", OVERSEEN, name="privacy_officer_select"),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency_id", "handle"], name="handle_unique_inside_the_agency")
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency_id", "id"], name="files_of_agency"),
            models.Index(fields=["lead_id"], name="files_of_lead"),
            models.Index(fields=["backup_id"], name="files_of_backup"),
            models.Index(
                fields=["next_lead_id"],
                condition=models.Q(next_lead_id__isnull=False),
                name="files_of_next_lead",
            ),
        ]

    def __str__(self) -> str:
        return self.handle

    @property
    def is_open(self) -> bool:
        """Whether anything may be written in it: it is neither closed nor shut, to be destroyed."""
        return not (self.closed_at or self.shut_at)


class Detail(FileRow):
    """One thing the person told about themselves, which can be agreed to be shared on its own."""

    class Kind(models.TextChoices):
        """What it is: `called` holds name and pronouns, `languages` holds language tags and a note."""

        CALLED = "called", _("What to call them")
        LANGUAGES = "languages", _("Languages")

    kind = models.CharField(max_length=20, choices=Kind)
    body = Sealed()
    written_by = models.UUIDField(null=True)
    written_how = HowField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("That somebody told the agency what to call them, or their languages; not what they said."),
        record=Record.FILE,
        person=Person(reads=ALL, writes=("body",)),
        emergency=True,
        hold=True,
        columns={
            "kind": _("that something to call them, or languages, are noted; not which"),
            "body": _("what to call them, pronouns, languages"),
        },
        rules=(*custody(), hidden_while_destroyed()),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file_id", "kind"], name="one_of_each_kind"),
            signed_constraint("written", "a_detail_written_by_somebody"),
        ]


class SafeContact(FileRow):
    """One way of reaching the person that they said is safe (practice.md 3.2).

    Under their conditions, and only while it was asked about lately.
    """

    class State(models.TextChoices):
        """`stale` is not stored: a contact that was right is stale when its day has passed."""

        UNVERIFIED = "unverified", _("Not yet checked with them")
        OK = "ok", _("Safe")
        SUSPENDED = "suspended", _("Not for now")
        REVOKED = "revoked", _("Never again")

    class Channel(models.TextChoices):
        """By what they can be reached; it is sealed with the rest."""

        TEXT = "text", _("Text message")
        CALL = "call", _("Phone call")
        APP = "app", _("A messaging app")
        EMAIL = "email", _("E-mail")
        THROUGH = "through", _("Through somebody they trust")
        THEY_COME = "they-come", _("They get in touch themselves")

    MOVES: ClassVar = {
        State.UNVERIFIED: {
            State.OK,
            State.SUSPENDED,
            State.REVOKED,
        },
        State.OK: {
            State.UNVERIFIED,
            State.OK,
            State.SUSPENDED,
            State.REVOKED,
        },
        State.SUSPENDED: set(State),  # for longer, too
        State.REVOKED: {
            State.UNVERIFIED,
            State.REVOKED,
        },  # written down anew only, because they changed their mind
    }

    state = models.CharField(max_length=20, choices=State, db_default=State.UNVERIFIED)
    body = Sealed(kind="contact")
    verified_at = models.DateTimeField(null=True)
    verified_by = models.UUIDField(null=True)
    verified_how = HowField(blank=True, db_default="")
    expires_at = models.DateTimeField(null=True)
    stop_until = models.DateField(null=True)
    written_by = models.UUIDField(null=True)
    written_how = HowField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_(
            "That there is a safe way of reaching somebody, and when they last called it safe; not which."
        ),
        record=Record.FILE,
        person=Person(reads=ALL, writes=("body", "state", "stop_until")),
        emergency=True,
        hold=True,
        columns={
            "state": _("whether a way of reaching them may be used; not which way"),
            "body": _("how, when and how not to reach them"),
        },
        rules=(
            *custody("select, insert, update, delete"),
            hidden_while_destroyed(),
            States(MOVES),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="ok", verified_at__isnull=False, expires_at__isnull=False)
                | ~models.Q(state="ok"),
                name="safe_means_asked_about",
            ),
            signed_constraint("verified", "a_contact_verified_by_somebody"),
            signed_constraint("written", "a_contact_written_by_somebody"),
        ]


class Hold(FileRow):
    """An order that nothing of a file is destroyed, until a moment or until it is ended.

    It says nothing of why. What holds is the database's to see to (`files/sql/holds.sql`).
    """

    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    officer_id = models.UUIDField()

    protection: ClassVar = Protection(
        tells=_("That nothing of a file may be destroyed just now; not why."),
        record=Record.FILE,
        person=NOBODYS,  # somebody else's demand, of which they are told by a person and not by a row
        emergency=False,
        hold=True,
        columns={"officer_id": _("whose order it is, by number")},
        rules=(
            *custody("select"),
            Policy("select", OVERSEEN, name="privacy_officer_select"),
            *by_ctxo("select"),
            Trigger("in_turn", "before insert", "files_hold_in_turn()"),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="a_hold_ends_after_it_began",
            )
        ]


class Destruction(FileRow):
    """What one asks and a second says: that what a file says is destroyed.

    Who did it and when is the database's to write, and what follows from it to carry out
    (`files/sql/destruction.sql`). Nobody confirmed: the operator did. The handle stands here for whoever is
    the second and may not open the file.
    """

    class State(models.TextChoices):
        """Where it stands: `confirmed` shuts the file, `final` destroys its key."""

        ASKED = "asked", _("Waiting for a second person")
        CONFIRMED = "confirmed", _("Shut, and can be undone")
        UNDONE = "undone", _("Taken back")
        FINAL = "final", _("Destroyed")

    MOVES: ClassVar = {
        State.ASKED: {State.CONFIRMED, State.UNDONE},
        State.CONFIRMED: {State.UNDONE, State.FINAL},
        State.UNDONE: set(),
        State.FINAL: set(),
    }

    state = models.CharField(max_length=20, choices=State, db_default=State.ASKED)
    handle = models.CharField(max_length=60, db_default="")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    final_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("That somebody asked for a file to be destroyed, who was the second, and when; not why."),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={
            "state": _("whether it waits, shuts the file, was taken back, or is final"),
            "handle": _("two neutral words made up by the machine"),
        },
        rules=(
            *custody("select"),
            Grant("insert, update (state)"),
            Policy(
                "select",
                f"{DESTROYS} or ({OPERATES} and state in ('asked', 'confirmed'))",
                name="second_select",
            ),
            Policy(
                "insert",
                check=f"{DESTROYS} and {may('keep-files')}"
                " and exists (select 1 from files_file f where f.id = file_id and f.shredded_at is null"
                f" and {is_open('f')})",
            ),
            Policy("update", f"{DESTROYS} or ({OPERATES} and state = 'asked')", f"{DESTROYS} or {OPERATES}"),
            *by_ctxo(),
            States(MOVES),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file_id"], condition=~models.Q(state="undone"), name="one_destruction_of_a_file"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("confirmed", "final")) | models.Q(confirmed_at__isnull=False),
                name="destroyed_by_two",
            ),
            models.CheckConstraint(
                condition=models.Q(state="undone", undone_at__isnull=False)
                | ~models.Q(state="undone") & models.Q(undone_at=None),
                name="undone_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("asked_by")), name="destroyed_by_another"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["file_id"], condition=models.Q(state="confirmed"), name="files_shut")
        ]

    @property
    def final_from(self) -> datetime | None:
        """When it becomes final, by itself; None while it waits for a second person, or was taken back."""
        if self.state == self.State.FINAL:
            return self.final_at
        return self.confirmed_at + UNTIL_FINAL if self.confirmed_at and not self.undone_at else None

    @property
    def is_under_way(self) -> bool:
        """Whether it waits for a second, or can still be undone."""
        return self.state in (self.State.ASKED, self.State.CONFIRMED)

    @property
    def is_gone(self) -> bool:
        """Whether nothing of it is left in any copy either."""
        return bool(self.gone_from and self.gone_from <= clock.now())

    @property
    def gone_from(self) -> datetime | None:
        """When nothing of it is left in any copy either."""
        return self.final_from + IN_COPIES if self.final_from else None


class SearchTerm(models.Model):
    """One blinded piece of a name or handle, under a key of the agency's own.

    No two agencies' terms can be compared.
    """

    pk = models.CompositePrimaryKey("agency_id", "term", "file_id")
    agency_id = models.UUIDField()
    term = models.IntegerField()
    file_id = models.UUIDField()

    protection: ClassVar = Protection(
        tells=_("Blinded pieces of names, under a key of the agency's own; many names share each piece."),
        record=Record.FILE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "term": _("16 bits of a keyed hash of three letters"),
            "file_id": _("which file"),
        },
        rules=(
            Grant("select, insert, delete"),
            Grant("select, delete", to="ctxo"),
            Policy("select", AS_CTXO, to="ctxo"),
            Policy("delete", AS_CTXO, to="ctxo"),
            Policy(
                "select",
                OF_AN_OPEN_FILE,
                name="custody_select",
            ),
            Policy(
                "insert",
                check=OF_AN_OPEN_FILE,
                name="custody_insert",
            ),
            Policy(
                "delete",
                OF_AN_OPEN_FILE,
                name="custody_delete",
            ),
            OfAFile(),
        ),
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["file_id"], name="files_searchterm_of_file")]

    def __str__(self) -> str:
        return str(self.term)


class Justification(FileRow):
    """Why a colleague who does not work with the person opened their file: at most twelve hours.

    On the trail, and read by the privacy officer. Its moments are the database's own.
    """

    class Why(models.TextChoices):
        """The occasions there are; the last asks for words."""

        THERE = "there", _("They are here, or on the telephone")
        ASKED = "asked", _("Their worker asked me to")
        URGENT = "urgent", _("Something can’t wait for their worker")
        OTHER = "other", _("Something else")

    worker_id = models.UUIDField()
    why = models.CharField(max_length=10, choices=Why)
    words = Sealed(null=True)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)

    protection: ClassVar = Protection(
        tells=_("That a worker opened a file that is not theirs, when, and on which occasion."),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={
            "why": _("on which occasion, from a list of four"),
            "words": _("why, in the worker's words"),
        },
        rules=(
            Grant("select, insert, update (reviewed_at, reviewed_by)"),
            Policy("select", f"{OWN} and worker_id = {ME} and {A_FILE_SEEN}", name="own_select"),
            Policy("select", f"{OVERSEES} and {A_FILE_SEEN}", name="privacy_officer_select"),
            Policy("insert", check=f"{KEEPS} and worker_id = {ME} and {A_FILE_SEEN}"),
            Policy("update", f"{OVERSEES} and {A_FILE_SEEN}", SAME),
            hidden_while_destroyed(),
            OfAFile(),
            Settled("settled", "why a file was opened is only ever read", but=("reviewed_at", "reviewed_by")),
            Settled(
                "stays_reviewed",
                "it was read",
                ("reviewed_at", "reviewed_by"),
                once="old.reviewed_at is not null",
            ),
            *by_ctxo("select"),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(why__in=["there", "asked", "urgent"])
                | models.Q(why="other", words__isnull=False),
                name="a_file_opened_with_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["worker_id", "until"], name="justifications_of_worker"),
            models.Index(
                fields=["agency_id", "-opened_at"],
                condition=models.Q(reviewed_at=None),
                name="justifications_to_review",
            ),
        ]
