"""The tables of the trail."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ALL,
    AS_CTXO,
    NOBODYS,
    AppendOnly,
    Grant,
    Person,
    Policy,
    Protection,
    Record,
    may,
)

CODE = r"^[a-z_.-]+$"
CODE_OR_NOTHING = r"^[a-z_.-]*$"


class Entry(models.Model):
    """One thing done, or one look.

    The actor's columns are set by the database from the signed context, whatever is written here.

    No foreign keys on purpose: the trail never stands in the way of the live tables, and outlives what it
    tells of.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    xid = models.BigIntegerField(editable=False, default=0)
    at = models.DateTimeField(editable=False, default=timezone.now)
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

    protection: ClassVar = Protection(
        tells=_("Which worker did or read what, when, in which file. No names and no words."),
        record=Record.ACCESS,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={
            "xid": _("in which transaction, for the seal"),
            "worker_id": _("who did it"),
            "agency_id": _("that worker's agency"),
            "role": _("in which role"),
            "purpose": _("for what"),
            "action": _("what was done or read"),
            "custodian_id": _("which agency's file it was"),
            "file_id": _("which file"),
            "item_kind": _("which kind of information"),
            "referral_id": _("which request"),
            "count": _("how many"),
        },
        rules=(
            Grant("select, insert"),
            Grant("select, insert", to="log_writer"),
            Policy(
                "insert",
                check=(
                    "(select ctx.role()) is not null and agency_id is not distinct from (select ctx.agency())"
                ),
            ),
            Policy(
                "select",
                f"custodian_id = (select ctx.agency()) and ({may('oversee-access')} or {may('keep-files')})",
            ),
            Policy("select", "true", to="log_writer"),
            Policy("insert", check="action = 'trail.alive'", to="log_writer"),
            Grant("insert", to="ctxo"),
            Policy(
                "insert", check=f"{AS_CTXO} and action = 'trail.sitting_ended'", to="ctxo", name="sittings"
            ),
            AppendOnly("the trail is append-only"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-at"]
        verbose_name_plural = "entries"
        indexes: ClassVar = [
            models.Index(fields=["file_id", "custodian_id", "-at", "-id"], name="trail_of_file"),
            models.Index(fields=["xid"], name="trail_by_transaction"),
            models.Index(fields=["custodian_id", "-at"], name="trail_of_custodian"),
            models.Index(fields=["custodian_id", "worker_id", "-at", "-id"], name="trail_of_worker"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    action__regex=CODE,
                    item_kind__regex=CODE_OR_NOTHING,
                    role__regex=CODE_OR_NOTHING,
                    purpose__regex=CODE_OR_NOTHING,
                ),
                name="codes_and_never_words",
            )
        ]

    def __str__(self) -> str:
        return self.action


class Leaf(models.Model):
    """The hash of one entry, at its place in the Merkle log.

    Written by the log writer and never again touched.
    """

    seq = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    hash = models.BinaryField(max_length=32)

    protection: ClassVar = Protection(
        tells=_("The hashes of the trail."),
        record=Record.ACCESS,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "seq": _("its place in the log"),
            "entry_id": _("which entry of the trail"),
            "hash": _("the hash of one entry"),
        },
        unguarded="hashes of the trail, written by the log writer; not granted to `app`",
        rules=(
            Grant("select, insert", to="log_writer"),
            AppendOnly("the trail is append-only"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["seq"]

    def __str__(self) -> str:
        return str(self.seq)


class Checkpoint(models.Model):
    """How long the log was at a moment, under which root, signed.

    `edge` is what is needed to go on from there.
    """

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField(db_default=Now())
    edge = models.BinaryField()

    protection: ClassVar = Protection(
        tells=_("The signed roots of the trail."),
        record=Record.ACCESS,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "size": _("how long the log was"),
            "root": _("the root over the log"),
            "note": _("the signed checkpoint"),
            "edge": _("what is needed to go on sealing"),
        },
        unguarded="signed roots of the trail, written by the log writer; not granted to `app`",
        rules=(
            Grant("select, insert", to="log_writer"),
            AppendOnly("the trail is append-only"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["size"]

    def __str__(self) -> str:
        return str(self.size)
