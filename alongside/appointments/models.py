"""The tables of the appointments."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import KEEP_BLOCKED
from alongside.files.declarations import OF_A_FILE_SEEN, custody
from alongside.kernel.rls.declarations import (
    ALL,
    BY_NOW,
    ME,
    SAME,
    ForeignRow,
    Person,
    Policy,
    Protection,
    Record,
    Settled,
    States,
    hidden_while_destroyed,
)
from alongside.kernel.rls.models import FileRow, Sealed, code_constraints

LONGEST_SEALED = 2560  # bytes of a next step of 120 letters, in whichever writing, as it is sealed
# Whoever keeps an appointment in sight sees it, though the file doesn't open to them.
KEPT_BY_ME = f"worker_id = {ME} and {OF_A_FILE_SEEN}"


class State(models.TextChoices):
    """Where an appointment stands: HL7's codes, but for those that say a person failed."""

    BOOKED = "booked", _("Booked")
    CANCELLED = "cancelled", _("Called off")
    ENTERED_IN_ERROR = "entered-in-error", _("A mistake")


MOVES = {
    State.BOOKED: {State.CANCELLED, State.ENTERED_IN_ERROR},
    State.CANCELLED: {State.BOOKED},
    State.ENTERED_IN_ERROR: set(),
}


class Arrangement(models.TextChoices):
    """What may have to be arranged so that somebody can go (practice.md 7)."""

    TRAVEL = "travel", _("The way there and back")
    CHILDCARE = "childcare", _("Somebody for the children")
    FOOD = "food", _("Something to eat")
    PHONE = "phone", _("A telephone")
    ACCESS = "access", _("Accessibility")


class Attendance(models.TextChoices):
    """How it went, and nothing of what was said."""

    WENT = "went", _("They went")
    NOT_TODAY = "not-today", _("Not today")
    TURNED_AWAY = "turned-away", _("Turned away")


class Appointment(FileRow):
    """One appointment. `words`: what they call it, where and with whom it is, whom they don't want there."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, db_default=State.BOOKED)
    words = Sealed(null=True)
    court = Sealed(null=True, kind="court")
    conditions = Sealed(null=True, kind="conditions")
    to_arrange = ArrayField(models.CharField(max_length=12), db_default=[], blank=True)
    check_dates_on = models.DateField(null=True, help_text="When the worker looks up the dates of the court.")
    worker_id = models.UUIDField(null=True, help_text="Who keeps it in sight.")
    referral_id = models.UUIDField(null=True)
    priority_id = models.UUIDField(null=True)
    rebooked_from_id = models.UUIDField(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    timed_at = models.DateTimeField(help_text="When the time was said that stands now.")

    protection: ClassVar = Protection(
        tells=_(
            "When somebody has an appointment, and what is still to be arranged; not what for, "
            "where or with whom."
        ),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={
            "words": _("what they call it, where and with whom it is"),
            "court": _("which options they thought about for a court"),
            "conditions": _("conditions they wished to have kept"),
            "state": _("whether it was called off"),
            "to_arrange": _("what is still to be arranged, from a list of five"),
        },
        rules=(
            *custody(),
            Policy("select", KEPT_BY_ME, name="keeper_select"),
            Policy("update", KEPT_BY_ME, SAME, name="keeper_update"),
            hidden_while_destroyed(),
            KEEP_BLOCKED,
            ForeignRow("referral_id", "referrals_referral"),
            ForeignRow("priority_id", "plans_priority"),
            ForeignRow("rebooked_from_id", "appointments_appointment"),
            States(MOVES, begins=(State.BOOKED,)),
            Settled(
                "settled",
                "who wrote it down, and from what it came, stays",
                ("written_by", "written_at", "rebooked_from_id"),
            ),
            Policy(
                "insert",
                check=f"written_by = {ME} and written_at <= {BY_NOW} and timed_at <= {BY_NOW}",
                name="written_in_own_name",
                restrictive=True,
            ),
            Settled("timed_now", "a time is said now", ("timed_at",), once=f"new.timed_at > {BY_NOW}"),
        ),
    )

    class Meta(FileRow.Meta):
        ordering: ClassVar = ["starts_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["agency_id", "starts_at"], name="appointments_of_a_week"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="it_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(starts_at__gt=F("timed_at")), name="it_is_still_to_come"),
            *code_constraints("appointment", many={"to_arrange"}, to_arrange=Arrangement),
        ]

    NEUTRAL: ClassVar = _("An appointment")

    def __str__(self) -> str:
        return str(self.NEUTRAL)


class AttendanceNote(FileRow):
    """The whole note of an appointment: whether they went, and the next step. It can hold nothing else."""

    appointment_id = models.UUIDField()
    attendance = models.CharField(max_length=12, choices=Attendance)
    next_step = Sealed(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("Whether somebody went to an appointment, not today, or was turned away."),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={
            "attendance": _("went, not today, or turned away"),
            "next_step": _("the next step"),
        },
        rules=(
            *custody("select, insert, delete"),
            hidden_while_destroyed(),
            KEEP_BLOCKED,
            ForeignRow("appointment_id", "appointments_appointment"),
            Policy(
                "insert",
                check=f"written_by = {ME} and written_at <= {BY_NOW}",
                name="written_in_own_name",
                restrictive=True,
            ),
            Policy(
                "delete",
                f"written_by = {ME} and written_at > statement_timestamp() - interval '10 minutes'",
                name="taken_back_soon",
                restrictive=True,
            ),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file_id", "appointment_id"], name="one_note_an_appointment"),
            models.CheckConstraint(
                condition=Q(attendance__in=Attendance.values), name="attendance_holds_codes"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("next_step"), LONGEST_SEALED),
                name="a_next_step_is_short",
            ),
        ]


class Manner(models.TextChoices):
    """How somebody interprets."""

    PRESENT = "present", _("In the room")
    TELEPHONE = "telephone", _("By telephone, from outside the region")
    VIDEO = "video", _("By video, from outside the region")


class Source(models.TextChoices):
    """Where an interpreter comes from: never family, a friend, another client, the companion (practice 8)."""

    SERVICE = "service", _("An interpreting service")
    SIGN = "sign-service", _("A sign language service, or a Deaf interpreter")
    AGENCY = "agency", _("Somebody who interprets for us")


class Search(models.TextChoices):
    """Where the search for an interpreter stands."""

    SOUGHT = "sought", _("Sought")
    CONFLICTS_ASKED = "conflicts-asked", _("Asked whom they know, before any name")
    CONFIRMED = "confirmed", _("Confirmed")
    NOT_FOUND = "not-found", _("Nobody found")
    NOT_WANTED = "not-wanted", _("No longer wanted")


SEARCH_MOVES = {
    Search.SOUGHT: {Search.CONFLICTS_ASKED, Search.NOT_FOUND, Search.NOT_WANTED},
    Search.CONFLICTS_ASKED: {Search.CONFIRMED, Search.SOUGHT, Search.NOT_FOUND, Search.NOT_WANTED},
    Search.CONFIRMED: {Search.SOUGHT, Search.NOT_WANTED},
    Search.NOT_FOUND: {Search.SOUGHT},
    Search.NOT_WANTED: {Search.SOUGHT},
}


class Interpreter(FileRow):
    """An interpreter for one appointment: which language, in which manner, and how far the search is.

    `words` hold the service's own number for the order, never a name of somebody who interprets.
    """

    appointment_id = models.UUIDField()
    language = models.CharField(max_length=20)
    manner = models.CharField(max_length=12, choices=Manner)
    source = models.CharField(max_length=12, choices=Source)
    search = models.CharField(max_length=20, choices=Search, db_default=Search.SOUGHT)
    worker_id = models.UUIDField(null=True, help_text="Who interprets, where it is one of the agency's own.")
    conflicts_asked_at = models.DateTimeField(null=True)
    words = Sealed(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("That an appointment needs an interpreter, for which language; not what for."),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={
            "language": _("which language, spoken or signed"),
            "manner": _("in the room, by telephone or by video"),
            "source": _("a service, or the agency's own"),
            "search": _("how far the search is"),
            "words": _("the number of the order"),
        },
        rules=(
            *custody(),
            hidden_while_destroyed(),
            KEEP_BLOCKED,
            ForeignRow("appointment_id", "appointments_appointment"),
            States(SEARCH_MOVES, column="search", begins=(Search.SOUGHT,)),
            Settled(
                "settled", "for which appointment it is stays", ("appointment_id", "written_by", "written_at")
            ),
            Policy(
                "insert",
                check=f"written_by = {ME} and written_at <= {BY_NOW}",
                name="written_in_own_name",
                restrictive=True,
            ),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file_id", "appointment_id"], name="one_interpreter_an_appointment"
            ),
            *code_constraints("interpreter", manner=Manner, source=Source),
            models.CheckConstraint(
                condition=~Q(search=Search.CONFIRMED) | Q(conflicts_asked_at__isnull=False),
                name="conflicts_are_asked_before_any_name",
            ),
            models.CheckConstraint(
                condition=Q(worker_id=None) | Q(source=Source.AGENCY), name="only_our_own_have_a_seat"
            ),
        ]
