"""The tables of the open desk."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import KEEP_BLOCKED
from alongside.files.declarations import custody
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ALL,
    BY_NOW,
    ME,
    NOBODYS,
    OWN,
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
from alongside.kernel.rls.models import FileRow, Sealed, code_constraints

IN_OWN_NAME = f"written_by = {ME} and written_at <= {BY_NOW}"


class Topic(models.TextChoices):
    """What somebody came about, as coarse as it can be and still be counted."""

    HOUSING = "housing", _("Housing")
    MONEY = "money", _("Money, ID")
    FOOD = "food", _("Food, a shower")
    HEALTH = "health", _("Health")
    LAW = "law", _("Law, police")
    CHILDREN = "children", _("Children")
    SITTING = "sitting", _("Just to sit")
    UNSAID = "unsaid", _("They’d rather not say")


class Length(models.TextChoices):
    """How long it took, so far."""

    SHORT = "short", _("Ten minutes")
    HALF_AN_HOUR = "half-an-hour", _("Half an hour")
    LONGER = "longer", _("Longer")


class Visit(models.Model):
    """Somebody came by, about something: no file, no name, no words. That nothing was written counts too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    topic = models.CharField(max_length=10, choices=Topic)
    length = models.CharField(max_length=12, choices=Length, blank=True, db_default="")
    is_written = models.BooleanField(db_default=False, help_text="Whether something of it stands in a file.")
    met_by = models.UUIDField()
    met_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("When somebody came to an open desk, about what in general and for how long. Not who."),
        record=Record.NAMELESS,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency's desk"),
            "topic": _("what it was about, from a list of eight"),
            "length": _("how long it took, in three steps"),
            "is_written": _("whether something of it was written down"),
        },
        rules=(
            Grant("select, insert, update (length, is_written), delete"),
            *by_ctxo("select (agency_id, topic, length, met_at)"),
            Policy("select", f"{OWN} and {may('keep-files')}"),
            Policy("insert", check=f"{OWN} and {may('keep-files')} and met_by = {ME} and met_at <= {BY_NOW}"),
            Policy("update", f"{OWN} and {may('keep-files')} and met_by = {ME}"),
            Policy(
                "delete",
                f"{OWN} and {may('keep-files')} and met_by = {ME} and not is_written"
                " and met_at > statement_timestamp() - interval '10 minutes'",
            ),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-met_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["agency_id", "-met_at"], name="visits_of_a_desk")]
        constraints: ClassVar = [
            *code_constraints("visit", always=("topic",), topic=Topic.values, length=Length.values)
        ]

    def __str__(self) -> str:
        return self.get_topic_display()


class VisitNote(FileRow):
    """That the person of a file came by, if they want it there.

    And what was done: what, the next step, their words if they asked for it. Without words it is only that
    they came. Only here a visit and a file are joined.
    """

    visit_id = models.UUIDField()
    words = Sealed(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("That somebody came to an open desk, and when. Not what was done there."),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={"visit_id": _("which visit of the desk"), "words": _("what was done there")},
        rules=(
            *custody(),
            hidden_while_destroyed(),
            KEEP_BLOCKED,
            Policy("insert", check=IN_OWN_NAME, name="written_in_own_name", restrictive=True),
            Policy("update", "true", IN_OWN_NAME, name="rewritten_in_own_name", restrictive=True),
            Settled(
                "settled",
                "what was written down stays as it is",
                but=("blocked_principals", "words", "written_by", "written_at"),
            ),
            Settled(
                "written_once",
                "what was written down stays as it is",
                columns=("words", "written_by", "written_at"),
                once="old.words is not null",
            ),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file_id", "visit_id"], name="a_visit_is_written_once_a_file")
        ]


class Told(models.Model):
    """That somebody was told what everybody is told, on a day: no answer, nobody, and not by whom.

    The id is random on purpose, because a UUIDv7 would tell the minute.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency_id = models.UUIDField()
    told_on = models.DateField()

    protection: ClassVar = Protection(
        tells=_("On which day an agency told somebody what it tells everybody. No answer, and not who."),
        record=Record.STATISTICS,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={"agency_id": _("which agency's desk"), "told_on": _("the day")},
        rules=(
            Grant("select, insert"),
            Policy("select", f"{OWN} and ({may('keep-files')} or {may('read-gaps')})"),
            Policy(
                "insert",
                check=f"{OWN} and {may('keep-files')}"
                " and abs(told_on - (statement_timestamp() at time zone 'America/Toronto')::date) <= 1",
            ),
        ),
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agency_id", "told_on"], name="told_by_a_desk")]

    def __str__(self) -> str:
        return f"{self.told_on:%Y-%m-%d}"
