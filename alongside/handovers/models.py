"""The table of the hand-overs."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import KEEP_BLOCKED
from alongside.files.declarations import custody
from alongside.kernel.rls.declarations import (
    ALL,
    BY_NOW,
    ME,
    Person,
    Policy,
    Protection,
    Record,
    Settled,
    hidden_while_destroyed,
)
from alongside.kernel.rls.models import FileRow, Sealed

LONGEST_SEALED = 4096  # bytes of a note of 200 letters, in whichever writing, as it is sealed
A_CAPABILITY = r"^[a-z_]{1,20}$"  # whose item is due; which there are is for what stands above to say
TO_A_COLLEAGUE = (
    "(to_id is null or exists (select 1 from agencies_worker w"
    " where w.id = {table}.to_id and w.agency_id = {table}.agency_id))"
)


class Handover(FileRow):
    """One line of a hand-over: a file in which something is due, and a short note to whoever comes.

    Lines that were handed over together have one `batch_id`. A line is seen by whom its file opens to, so a
    recusal or a “not them” keeps it out of what is handed to them, and nobody is told.
    """

    batch_id = models.UUIDField()
    given_by = models.UUIDField()
    given_at = models.DateTimeField()
    to_id = models.UUIDField(null=True)  # nobody: whoever is on
    subject = models.CharField(max_length=20)  # the capability whose item is due first
    due_on = models.DateField(null=True)
    note = Sealed(null=True)
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("That a worker handed something over to a colleague at the end of a shift; not what."),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={
            "batch_id": _("which lines were handed over together"),
            "subject": _("what kind of thing is due"),
            "note": _("a short note to the colleague"),
        },
        rules=(
            *custody(),
            hidden_while_destroyed(),
            KEEP_BLOCKED,
            Policy(
                "insert",
                check=f"given_by = {ME} and given_at <= {BY_NOW} and taken_by is null and {TO_A_COLLEAGUE}",
                name="given_in_own_name",
                restrictive=True,
            ),
            Policy(
                "update",
                "true",
                f"taken_by is null or taken_by = {ME} and taken_at <= {BY_NOW}",
                name="taken_in_own_name",
                restrictive=True,
            ),
            Settled("settled", "what was handed over is only ever taken", but=("taken_by", "taken_at")),
            Settled(
                "stays_taken", "it was taken over", ("taken_by", "taken_at"), once="old.taken_at is not null"
            ),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(taken_by=None, taken_at=None)
                | models.Q(taken_by__isnull=False, taken_at__isnull=False),
                name="taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(subject__regex=A_CAPABILITY), name="handover_subject_holds_codes"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("note"), LONGEST_SEALED), name="handover_note_is_short"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency_id", "given_at"],
                condition=models.Q(taken_at=None),
                name="handovers_not_taken",
            ),
            models.Index(fields=["taken_by", "taken_at"], name="handovers_taken"),
        ]
