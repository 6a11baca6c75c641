"""Tables of the files."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.files.declarations import OfAFile, custody
from alongside.kernel.actors import HowField, signed_constraint
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ALL,
    NOBODYS,
    NOT_BLOCKED,
    OWN,
    Grant,
    Person,
    Policy,
    Protection,
    Record,
    States,
    hidden_while_destroyed,
    may,
)
from alongside.kernel.rls.models import FileRow, Sealed

KEEPS = f"{OWN} and {may('keep-files')}"
OF_A_FILE_SEEN = f"{KEEPS} and exists (select 1 from files_file f where f.id = file_id)"


class File(models.Model):
    """One agency's record of one person.

    Nothing in it is required; nothing about the person is in this table.
    `lead_id` is the worker the person chose, `backup_id` who is there when the lead is away.
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
    shredded_at = models.DateTimeField(null=True)
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
            "blocked_principals": _("who may not see it: numbers of workers and agencies, and roles"),
        },
        rules=(
            Grant("select, insert, update"),
            Policy("select", f"{KEEPS} and {NOT_BLOCKED}", name="custody_select"),
            Policy(
                "insert",
                check=f"{KEEPS} and blocked_principals = '{{}}'",
                name="custody_insert",
            ),
            Policy(
                "update",
                f"{KEEPS} and {NOT_BLOCKED}",
                KEEPS,
                name="custody_update",
            ),
            Policy(
                "select",
                f"{OWN} and {may('oversee-access')} and {NOT_BLOCKED}",
                name="privacy_officer_select",
            ),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency_id", "handle"], name="handle_unique_inside_the_agency")
        ]
        indexes: ClassVar = [models.Index(fields=["agency_id", "id"], name="files_of_agency")]

    def __str__(self) -> str:
        return self.handle


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
    body = Sealed()
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
            Policy(
                "select",
                OF_A_FILE_SEEN,
                name="custody_select",
            ),
            Policy(
                "insert",
                check=OF_A_FILE_SEEN,
                name="custody_insert",
            ),
            Policy(
                "delete",
                OF_A_FILE_SEEN,
                name="custody_delete",
            ),
            OfAFile(),
        ),
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["file_id"], name="files_searchterm_of_file")]

    def __str__(self) -> str:
        return str(self.term)
