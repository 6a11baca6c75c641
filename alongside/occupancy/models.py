"""The tables of occupancy.

Who publishes the counts, a night of a programme, a day of a central intake line, and how they were read in.
"""

from functools import partial
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import uuid7
from alongside.kernel.imports import runs
from alongside.kernel.rls.declarations import (
    NOBODYS,
    OWN_OR_OPERATORS,
    Grant,
    Protection,
    Record,
    States,
    WriteGuard,
    of_own,
)

OUTCOMES = (
    "1a",
    "1b",
    "1c",
    "1d",
    "2a",
    "2b",
    "2c",
    "2d",
    "3a",
    "3b",
    "3c",
    "4a",
    "4b",
)  # as Toronto's central intake codes its calls


class Kind(models.TextChoices):
    """What a file counts."""

    NIGHTS = "nights", _("Nights of shelters")
    CALLS = "calls", _("Calls to central intake")


OF_OWN_SOURCE = of_own("occupancy_source", "source_id")

# What each table of published counts says of itself.
counted = partial(
    Protection,
    tells=_("Counts of shelters and calls that somebody published. Nobody is in them."),
    record=Record.REFERENCE,
    person=NOBODYS,
    emergency=False,
    hold=False,
)


class Source(models.Model):
    """Counts that somebody publishes, and what the last file of them left out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    mapping = models.CharField(
        max_length=100,
        blank=True,
        db_default="",
        help_text="Which of the mappings that come with Alongside it was read through, if any.",
    )
    rows = models.PositiveIntegerField(db_default=0)
    left_out = models.PositiveIntegerField(db_default=0)
    updated_at = models.DateTimeField(auto_now=True)

    protection: ClassVar = counted(
        unguarded="who publishes counts of shelters and calls",
        rules=(Grant("select, insert, update"), WriteGuard(runs.IMPORTING, OWN_OR_OPERATORS)),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "name", "kind"], name="one_occupancy_source_of_a_name", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.name


class Night(models.Model):
    """One programme on one night, in beds or in rooms. No address."""

    class Unit(models.TextChoices):
        """What is counted."""

        BED = "bed", _("Beds")
        ROOM = "room", _("Rooms")

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey("occupancy.Source", on_delete=models.CASCADE, related_name="+")
    date = models.DateField(help_text="The night that begins on this day.")
    programme_key = models.CharField(
        max_length=300, help_text="The programme's number in its source; its name where it has none."
    )
    programme = models.CharField(max_length=300, blank=True, db_default="")
    organisation = models.CharField(max_length=300, blank=True, db_default="")
    sector = models.CharField(
        max_length=100,
        blank=True,
        db_default="",
        help_text="women, men, mixed, youth, families; or as the file says it.",
    )
    model = models.CharField(
        max_length=100,
        blank=True,
        db_default="",
        help_text="emergency, transitional; or as the file says it.",
    )
    unit = models.CharField(max_length=4, choices=Unit)
    actual = models.PositiveIntegerField()
    funded = models.PositiveIntegerField(null=True)
    occupied = models.PositiveIntegerField()
    unoccupied = models.PositiveIntegerField()
    unavailable = models.PositiveIntegerField(null=True)
    users = models.PositiveIntegerField(
        null=True, help_text="How many people slept there, where the file says."
    )

    protection: ClassVar = counted(
        unguarded="how many places of a programme were taken on a night; no street address, nobody",
        rules=(Grant("select, insert, update, delete"), WriteGuard(runs.IMPORTING, OF_OWN_SOURCE)),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "programme_key", "date", "unit"], name="one_night_of_a_programme"
            ),
            models.CheckConstraint(
                condition=Q(unoccupied=Greatest(F("actual") - F("occupied"), 0)),
                name="unoccupied_is_what_of_actual_is_not_occupied",
            ),
            models.CheckConstraint(
                condition=Q(funded=None, unavailable=None)
                | Q(funded__isnull=False, unavailable__isnull=False, funded=F("actual") + F("unavailable")),
                name="funded_is_actual_and_unavailable",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["source", "date"], name="nights_of_source")]

    def __str__(self) -> str:
        return f"{self.date} {self.programme}"


def _sum_of_outcomes() -> models.expressions.CombinedExpression | F:
    total: models.expressions.CombinedExpression | F = F("other")
    for outcome in OUTCOMES:
        total = total + F(f"code_{outcome}")
    return total


class IntakeDay(models.Model):
    """One day of a central intake line: calls handled, calls coded, and how they ended.

    Calls, never callers.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey("occupancy.Source", on_delete=models.CASCADE, related_name="+")
    date = models.DateField()
    handled = models.PositiveIntegerField(null=True)
    coded = models.PositiveIntegerField()
    code_1a = models.PositiveIntegerField(db_default=0)
    code_1b = models.PositiveIntegerField(db_default=0)
    code_1c = models.PositiveIntegerField(db_default=0)
    code_1d = models.PositiveIntegerField(db_default=0)
    code_2a = models.PositiveIntegerField(db_default=0)
    code_2b = models.PositiveIntegerField(db_default=0)
    code_2c = models.PositiveIntegerField(db_default=0)
    code_2d = models.PositiveIntegerField(db_default=0)
    code_3a = models.PositiveIntegerField(db_default=0)
    code_3b = models.PositiveIntegerField(db_default=0)
    code_3c = models.PositiveIntegerField(db_default=0)
    code_4a = models.PositiveIntegerField(db_default=0)
    code_4b = models.PositiveIntegerField(db_default=0)
    other = models.PositiveIntegerField(
        db_default=0, help_text="Calls coded otherwise, where the file doesn't tell the outcomes apart."
    )

    protection: ClassVar = counted(
        unguarded="how many calls a central intake line had on a day and how they ended; no caller",
        rules=(Grant("select, insert, update"), WriteGuard(runs.IMPORTING, OF_OWN_SOURCE)),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "date"], name="one_day_of_intake"),
            models.CheckConstraint(condition=Q(coded=_sum_of_outcomes()), name="coded_is_all_outcomes"),
            models.CheckConstraint(
                condition=Q(handled=None) | Q(handled__gte=F("coded")), name="coded_of_those_handled"
            ),
        ]

    def __str__(self) -> str:
        return str(self.date)


class Mapping(models.Model):
    """Which column of a CSV file means what, made on screen by an agency."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    columns = models.JSONField(db_default={})

    protection: ClassVar = counted(
        unguarded="which column of a file means what",
        rules=(Grant("select, insert, update"), WriteGuard(runs.IMPORTING, OWN_OR_OPERATORS)),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "name"], name="one_occupancy_mapping_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class ImportRun(runs.Run):
    """One import of one file of counts."""

    by = models.ForeignKey(
        "agencies.Worker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    protection: ClassVar = counted(
        unguarded="an import of such counts",
        rules=(
            Grant("select, insert, update"),
            States(runs.MOVES),
            WriteGuard(runs.IMPORTING, OWN_OR_OPERATORS),
            *runs.STAMPED,
        ),
    )


class ReportLine(runs.Line):
    """Something to look at in an imported file."""

    run = models.ForeignKey("occupancy.ImportRun", on_delete=models.CASCADE, related_name="+")

    protection: ClassVar = counted(
        unguarded="odd lines of such a file, in figures only",
        rules=(
            Grant("select, insert"),
            WriteGuard(runs.IMPORTING, of_own("occupancy_importrun", "run_id")),
        ),
    )
