"""Going along to one appointment, and the card of whoever does."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import KEEP_BLOCKED
from alongside.files.declarations import custody
from alongside.kernel.rls.declarations import (
    ALL,
    AS_CTXO,
    BY_NOW,
    ME,
    NOT_BLOCKED,
    OWN,
    SAME,
    ForeignRow,
    Grant,
    Person,
    Policy,
    Protection,
    Record,
    Settled,
    States,
    by_ctxo,
    hidden_while_destroyed,
    may,
)
from alongside.kernel.rls.models import FileRow, Sealed, code_constraints


class State(models.TextChoices):
    """How far it is (practice.md 7)."""

    OFFERED = "offered", _("Asked whether they would like somebody")
    MAYBE = "maybe", _("Perhaps")
    DECLINED = "declined", _("They would rather go alone")
    ACCEPTED = "accepted", _("They would like somebody")
    CHOSEN = "chosen", _("They chose who")
    PREPARED = "prepared", _("Prepared together")
    CONFIRMED = "confirmed", _("Confirmed")
    UNDERWAY = "underway", _("On the way")
    INTRODUCED = "introduced", _("Introduced")
    STEPPED_OUT = "stepped-out", _("Stepped out")
    LEFT = "left", _("They left together")
    UNAVAILABLE = "unavailable", _("Whoever was to come can’t")
    CALLED_OFF = "called-off", _("The appointment was called off")
    BACK = "back", _("Back")
    CLOSED = "closed", _("Closed")


GOES_ON = {
    State.OFFERED: {State.MAYBE, State.DECLINED, State.ACCEPTED},
    State.MAYBE: {State.DECLINED, State.ACCEPTED},
    State.DECLINED: {State.OFFERED, State.ACCEPTED},
    State.ACCEPTED: {State.CHOSEN, State.DECLINED},
    State.CHOSEN: {State.PREPARED, State.UNAVAILABLE, State.ACCEPTED, State.DECLINED},
    State.PREPARED: {State.CONFIRMED, State.UNAVAILABLE, State.ACCEPTED, State.DECLINED},
    State.CONFIRMED: {
        *(State.UNDERWAY, State.PREPARED, State.UNAVAILABLE, State.ACCEPTED, State.DECLINED, State.BACK)
    },
    State.UNDERWAY: {State.INTRODUCED, State.LEFT, State.BACK},
    State.INTRODUCED: {State.STEPPED_OUT, State.LEFT, State.BACK},
    State.STEPPED_OUT: {State.INTRODUCED, State.LEFT, State.BACK},
    State.LEFT: {State.UNDERWAY, State.BACK},
    State.UNAVAILABLE: {State.CHOSEN, State.ACCEPTED, State.DECLINED},
}
# An appointment that is called off takes it along, wherever it stands, until they are back.
MOVES = {start: ends | {State.CALLED_OFF} for start, ends in GOES_ON.items() if start != State.DECLINED} | {
    State.DECLINED: GOES_ON[State.DECLINED],
    State.CALLED_OFF: {State.ACCEPTED},
    State.BACK: {State.CLOSED},
    State.CLOSED: set(),
}
# What whoever goes along says themselves.
OF_THE_COMPANION = {
    State.CHOSEN: {State.UNAVAILABLE},
    State.PREPARED: {State.UNAVAILABLE},
    State.CONFIRMED: {State.UNDERWAY, State.UNAVAILABLE, State.BACK},
    State.UNDERWAY: GOES_ON[State.UNDERWAY],
    State.INTRODUCED: GOES_ON[State.INTRODUCED],
    State.STEPPED_OUT: GOES_ON[State.STEPPED_OUT],
    State.LEFT: GOES_ON[State.LEFT],
    State.BACK: {State.CLOSED},
}
THERE = (State.UNDERWAY, State.INTRODUCED, State.STEPPED_OUT, State.LEFT)
BUSY = (State.CHOSEN, State.PREPARED, State.CONFIRMED, *THERE)
COMES_BACK = tuple(state for state, ends in MOVES.items() if State.BACK in ends)
ASKED_AND_THERE = ", ".join(
    f"'{state}'" for state in (*BUSY, State.UNAVAILABLE, State.CALLED_OFF, State.BACK, State.CLOSED)
)
A_DAY_AFTER = "until_at > statement_timestamp() - interval '1 day'"
GOES_ALONG = f"{OWN} and companion_id = {ME} and {may('meet-people')} and {NOT_BLOCKED}"
MINE = f"{GOES_ALONG} and state in ({ASKED_AND_THERE}) and {A_DAY_AFTER}"
READS_IT = (
    "exists (select 1 from accompaniment_accompaniment a where a.file_id = {table}.file_id"
    f" and a.id = {{table}}.accompaniment_id and a.companion_id = {ME}"
    f" and a.state in ({', '.join(repr(str(state)) for state in (*COMES_BACK, State.BACK))}))"
)
# What follows the appointment and the file, whoever changes those.
FOLLOWS = "state, moved_at, from_at, until_at, companion_id, backup_id, blocked_principals"
# Whoever goes along and to whom the file doesn't open is only that, whatever their role.
BY_THE_COMPANION = (
    "current_user = 'app' and old.companion_id = ctx.worker() and not ctx.keeps_open(old.file_id)"
)


class Met(models.TextChoices):
    """Whether the two met before."""

    MET = "met", _("They met before")
    WAIVED = "waived", _("They would rather not meet before")


class Seat(models.TextChoices):
    """Where whoever goes along sits."""

    BESIDE = "beside", _("Beside them")
    BY_THE_DOOR = "door", _("By the door")
    OUTSIDE = "outside", _("Outside the room")


class NextTime(models.TextChoices):
    """One step further back, or none: at the person's own pace."""

    SAME = "same", _("The same again")
    OUTSIDE = "outside", _("Wait outside")
    TO_THE_DOOR = "to-the-door", _("As far as the door")
    TELEPHONE = "telephone", _("A word before and after")
    ALONE = "alone", _("They go by themselves")


class Accompaniment(FileRow):
    """Somebody goes along to an appointment; there are no words in it.

    A companion is a colleague with a seat, or somebody of the person's own, who has no name here.
    """

    appointment_id = models.UUIDField()
    state = models.CharField(max_length=12, choices=State, db_default=State.OFFERED)
    companion_id = models.UUIDField(null=True)
    backup_id = models.UUIDField(null=True, help_text="Whom they would accept instead.")
    is_own = models.BooleanField(db_default=False, help_text="Somebody of their own, asked about alone.")
    met = models.CharField(max_length=10, choices=Met, blank=True, db_default="")
    seat = models.CharField(max_length=10, choices=Seat, blank=True, db_default="")
    next_time = models.CharField(max_length=12, choices=NextTime, blank=True, db_default="")
    from_at = models.DateTimeField(help_text="When whoever goes along leaves.")
    until_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    moved_by = models.UUIDField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_(
            "That somebody goes along with a person to an appointment, who of the agency, and how far it is."
        ),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={
            "state": _("how far it is"),
            "is_own": _("whether it is somebody of their own; not who"),
            "met": _("whether the two met before"),
            "seat": _("where whoever goes along sits"),
            "next_time": _("how it is to be next time"),
        },
        rules=(
            *custody(),
            Policy("select", MINE, name="companion_select"),
            Policy("update", MINE, SAME, name="companion_update"),
            *by_ctxo(f"select, update ({FOLLOWS})"),
            KEEP_BLOCKED,
            ForeignRow("appointment_id", "appointments_appointment"),
            States(MOVES, begins=(State.OFFERED, State.MAYBE, State.DECLINED, State.ACCEPTED)),
            States(OF_THE_COMPANION, who=BY_THE_COMPANION, name="their_moves"),
            Settled(
                "not_theirs",
                "whoever goes along only says how far it is",
                (
                    *("companion_id", "backup_id", "is_own", "met", "seat"),
                    *("from_at", "until_at", "appointment_id"),
                ),
                once=BY_THE_COMPANION,
            ),
            Settled(
                "said_when_back",
                "how it is to be next time is said on coming back",
                ("next_time",),
                once=f"{BY_THE_COMPANION} and new.state not in ('back', 'closed') and old.state <> 'back'",
            ),
            Settled("settled", "for which appointment stays", ("appointment_id", "written_by", "written_at")),
            Settled(
                "moved_in_own_name",
                "it is moved now, by who is signed",
                ("moved_at", "moved_by"),
                once=f"current_user = 'app' and (new.moved_by <> ctx.worker() or new.moved_at > {BY_NOW})",
            ),
            Policy(
                "insert",
                check=f"written_by = {ME} and written_at <= {BY_NOW} and moved_by = {ME}",
                name="written_in_own_name",
                restrictive=True,
            ),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file_id", "appointment_id"], name="one_accompaniment_an_appointment"
            ),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")), name="an_accompaniment_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=BUSY) | Q(companion_id__isnull=False) | Q(is_own=True),
                name="whoever_goes_along_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(companion_id=None) | Q(is_own=False), name="their_own_has_no_seat"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.PREPARED, State.CONFIRMED)) | ~Q(met=""),
                name="met_before_or_waived",
            ),
            models.CheckConstraint(
                condition=Q(backup_id=None) | ~Q(backup_id=F("companion_id")), name="a_backup_is_another"
            ),
            ExclusionConstraint(
                name="a_companion_is_at_one_place_at_a_time",
                expressions=[
                    ("companion_id", RangeOperators.EQUAL),
                    (
                        Func("from_at", "until_at", function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=BUSY),
            ),
            *code_constraints("accompaniment", met=Met, seat=Seat, next_time=NextTime),
        ]
        indexes: ClassVar = [
            models.Index(fields=["companion_id", "from_at"], name="accompaniments_of_one"),
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())

    @property
    def is_confirmed(self) -> bool:
        """Whether it was confirmed."""
        return self.state == State.CONFIRMED or self.is_there or self.is_over

    @property
    def can_come_back(self) -> bool:
        """Whether it is confirmed, or they are on the way or there."""
        return self.state in COMES_BACK

    @property
    def is_there(self) -> bool:
        """Whether they are on the way, or there."""
        return self.state in THERE

    @property
    def is_over(self) -> bool:
        """Whether they are back."""
        return self.state in (State.BACK, State.CLOSED)


class Card(FileRow):
    """What whoever goes along reads: what the person approved, and nothing else.

    It is theirs from the confirmation on, and gone the day after.
    """

    accompaniment_id = models.UUIDField()
    companion_id = models.UUIDField(null=True)
    words = Sealed()
    warning = Sealed(null=True, kind="warning")
    approved_at = models.DateTimeField(null=True, help_text="When the person said yes to it.")
    shown_from = models.DateTimeField(null=True)
    shown_until = models.DateTimeField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("That there is a card for whoever goes along, until the day after; not what it says."),
        record=Record.TRANSIENT,
        person=Person(reads=ALL),
        emergency=False,
        hold=False,
        columns={
            "words": _("what they want said and not said, and how they are introduced"),
            "warning": _("what whoever goes along has to watch for; no names"),
        },
        rules=(
            *custody("select, insert, update, delete"),
            Policy(
                "select",
                f"{GOES_ALONG} and statement_timestamp() between shown_from and shown_until and {READS_IT}",
                name="companion_select",
            ),
            *by_ctxo("select, update (shown_from, shown_until, blocked_principals)"),
            Grant("delete", to="ctxo"),
            Policy("delete", AS_CTXO, to="ctxo"),
            hidden_while_destroyed(),
            KEEP_BLOCKED,
            ForeignRow("accompaniment_id", "accompaniment_accompaniment"),
            Settled(
                "approved_before_shown",
                "nothing is shown that they did not say yes to",
                ("shown_from",),
                once="new.shown_from is not null and new.approved_at is null",
            ),
            Policy(
                "insert",
                check=f"written_by = {ME} and written_at <= {BY_NOW} and shown_from is null",
                name="written_in_own_name",
                restrictive=True,
            ),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file_id", "accompaniment_id"], name="one_card_an_accompaniment"),
        ]
        indexes: ClassVar = [models.Index(fields=["shown_until"], name="cards_that_are_over")]
