"""Tables of the files."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.models import FileRow, Sealed


class File(models.Model):
    """One agency's record of one person. Nothing in it is required; nothing about the person is in this table.

    `lead_id` is the worker the person chose, `backup_id` who is there when the lead is away. `blocked_principals` holds the "not them" of the whole file.
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
    blocked_principals = ArrayField(models.TextField(), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency_id", "handle"], name="handle_unique_inside_the_agency")]
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
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta(FileRow.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["file_id", "kind"], name="one_of_each_kind")]


class SafeContact(FileRow):
    """One way of reaching the person that they said is safe, under their conditions, and only while it was asked about lately (practice.md 3.2)."""

    class State(models.TextChoices):
        """`stale` is not stored: a contact that was right is stale when its day has passed."""

        UNVERIFIED = "unverified", _("Not yet checked with them")
        OK = "ok", _("Safe")
        SUSPENDED = "suspended", _("Not for now")
        REVOKED = "revoked", _("Never again")

    state = models.CharField(max_length=20, choices=State, default=State.UNVERIFIED)
    body = Sealed()
    verified_at = models.DateTimeField(null=True)
    verified_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField(null=True)
    stop_until = models.DateField(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="ok", verified_at__isnull=False, expires_at__isnull=False) | ~models.Q(state="ok"),
                name="safe_means_asked_about",
            )
        ]


class SearchTerm(models.Model):
    """One blinded piece of a name or handle, under a key of the agency's own: no two agencies' terms can be compared."""

    pk = models.CompositePrimaryKey("agency_id", "term", "file_id")
    agency_id = models.UUIDField()
    term = models.IntegerField()
    file_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.term)
