"""The tables of the hand-overs."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import KEEP_BLOCKED
from alongside.files.declarations import OF_A_FILE_SEEN, OfAFile, custody
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ALL,
    AS_CTXO,
    BY_NOW,
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
    by_ctxo,
    hidden_while_destroyed,
    may,
)
from alongside.kernel.rls.models import FileRow, Sealed

LONGEST_SEALED = 4096  # bytes of a note of 200 letters, in whichever writing, as it is sealed
A_CAPABILITY = r"^[a-z_]{1,20}$"  # whose item is due; which there are is for what stands above to say
TO_A_COLLEAGUE = (
    "(to_id is null or exists (select 1 from agencies_worker w"
    " where w.id = {table}.to_id and w.agency_id = {table}.agency_id))"
)


A_COLLEAGUE = (
    "exists (select 1 from agencies_worker w"
    " where w.id = {table}.worker_id and w.agency_id = {table}.agency_id and w.left_at is null)"
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


# Whoever may pass things on, who is to lead next, and who is there meanwhile.
ASKS = (
    f"{OWN} and {NOT_BLOCKED} and ({may('hand-over')} or {may('keep-files')} and (to_id = {ME}"
    " or exists (select 1 from files_file f where f.id = {table}.file_id"
    f" and {ME} in (f.backup_id, f.next_lead_id))))"
)


class Transfer(FileRow):
    """A file passed from a lead who left to who may lead next, until the person was asked.

    The database writes it when `next_lead_id` of the file changes (`handovers/sql/transfers.sql`).
    """

    from_id = models.UUIDField(null=True)
    to_id = models.UUIDField()
    handle = models.CharField(max_length=60)  # for whoever may ask the person and may not open the file
    given_by = models.UUIDField(null=True)
    given_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    lead_id = models.UUIDField(null=True)  # whom they chose

    protection: ClassVar = Protection(
        tells=_("That a file passed from one worker to another, when, and whom the person chose then."),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={
            "handle": _("two neutral words made up by the machine"),
            "from_id": _("which worker left"),
            "to_id": _("which worker took over"),
            "lead_id": _("which worker the person chose"),
        },
        rules=(
            Grant("select"),
            Policy("select", ASKS, name="asks_select"),
            OfAFile(),
            hidden_while_destroyed(),
            *by_ctxo(),
            Grant("insert", to="ctxo"),
            Policy("insert", check=AS_CTXO, to="ctxo"),
            Settled(
                "settled",
                "that it passed stays as it was",
                but=("settled_at", "settled_by", "lead_id", "blocked_principals"),
            ),
            Settled(
                "stays_settled",
                "the person was asked",
                ("settled_at", "settled_by", "lead_id"),
                once="old.settled_at is not null",
            ),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file_id"], condition=models.Q(settled_at=None), name="one_transfer_at_a_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency_id", "to_id"], condition=models.Q(settled_at=None), name="transfers_to_ask"
            ),
        ]


OF_A_COLLEAGUE = (
    "exists (select 1 from agencies_worker w where w.id = {table}.worker_id"
    " and w.agency_id = {table}.agency_id)"
)
# Whoever said they would check on somebody keeps it in sight, though the file doesn't open to them.
CHECKED_BY_ME = f"worker_id = {ME} and {OF_A_FILE_SEEN}"


class Check(FileRow):
    """That a worker said they would check on somebody, on which day. It has no words."""

    worker_id = models.UUIDField()
    due_on = models.DateField()
    said_by = models.UUIDField()
    said_at = models.DateTimeField()
    done_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("That a worker said they would check on somebody, on which day, and whether they did."),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        rules=(
            *custody(),
            Policy("select", CHECKED_BY_ME, name="checker_select"),
            Policy("update", CHECKED_BY_ME, SAME, name="checker_update"),
            KEEP_BLOCKED,
            Policy(
                "insert",
                check=f"said_by = {ME} and said_at <= {BY_NOW} and done_by is null and {OF_A_COLLEAGUE}",
                name="said_in_own_name",
                restrictive=True,
            ),
            Policy(
                "update",
                "true",
                f"(done_by is null or done_by = {ME} and done_at <= {BY_NOW}) and {OF_A_COLLEAGUE}",
                name="done_in_own_name",
                restrictive=True,
            ),
            Settled(
                "settled",
                "what was said stays as it was",
                but=("worker_id", "done_by", "done_at", "blocked_principals"),
            ),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(done_by=None, done_at=None)
                | models.Q(done_by__isnull=False, done_at__isnull=False),
                name="a_check_done_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency_id", "due_on"], condition=models.Q(done_at=None), name="checks_not_done"
            ),
        ]


SAYS_SO = f"{OWN} and (worker_id = {ME} or {may('hand-over')})"


class Absence(models.Model):
    """Until when a worker is away, ill or on leave: no reason, and gone once they are back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    worker_id = models.UUIDField(unique=True)
    back_on = models.DateField()
    said_by = models.UUIDField()
    said_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("Until which day a worker is away; not why."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency"),
            "worker_id": _("which worker"),
            "back_on": _("on which day they are back"),
        },
        rules=(
            Grant("select, insert, delete"),
            Policy("select", f"{OWN} and ({may('keep-files')} or {may('hand-over')})"),
            Policy(
                "insert",
                check=f"{SAYS_SO} and said_by = {ME} and said_at <= {BY_NOW} and {A_COLLEAGUE}"
                " and back_on <= (statement_timestamp() + interval '366 days')::date",
            ),
            Policy("delete", SAYS_SO),
            *by_ctxo(),
        ),
    )

    def __str__(self) -> str:
        return str(self.back_on)
