"""The tables of the trail."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from alongside.kernel.ids import uuid7


class Entry(models.Model):
    """One thing done, or one look. The actor's columns are set by the database from the signed context, whatever is written here.

    No foreign keys on purpose: the trail never stands in the way of the live tables, and outlives what it tells of.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    xid = models.BigIntegerField(editable=False, db_default=0)
    at = models.DateTimeField(editable=False, db_default=Now())
    worker_id = models.UUIDField(null=True, editable=False)
    agency_id = models.UUIDField(null=True, editable=False)
    role = models.CharField(max_length=20, editable=False, default="")
    purpose = models.CharField(max_length=20, editable=False, default="")
    action = models.CharField(max_length=60)
    custodian_id = models.UUIDField(null=True)
    file_id = models.UUIDField(null=True)
    item_id = models.UUIDField(null=True)
    item_kind = models.CharField(max_length=30, blank=True, default="")
    release_id = models.UUIDField(null=True)
    referral_id = models.UUIDField(null=True)
    other_agency_id = models.UUIDField(null=True)
    count = models.IntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["-at"]
        verbose_name_plural = "entries"
        indexes: ClassVar = [
            models.Index(fields=["file_id", "-at"], name="trail_of_file"),
            models.Index(fields=["xid"], name="trail_by_transaction"),
            models.Index(fields=["custodian_id", "-at"], name="trail_of_custodian"),
        ]

    def __str__(self) -> str:
        return self.action
