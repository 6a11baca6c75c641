"""Tables of the indicators: what a unit of something costs, who says so, and since when."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ME,
    NOBODYS,
    OWN,
    Grant,
    Policy,
    Protection,
    Record,
    by_ctxo,
    may,
)


class Kind(models.TextChoices):
    """What a line of cost is about."""

    SERVICE = "service", _("The service itself")
    TRAVEL = "travel", _("Travel")
    UNPAID = "unpaid", _("Unpaid work")
    AVOIDED = "avoided", _("What might be avoided elsewhere: an assumption")
    FUNDED = "funded", _("What is funded now")


class Parameter(models.Model):
    """One line of the parameter table.

    A change is a further version of the line; what was said before stays readable.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    line = models.UUIDField(help_text="The same in every version of a line.")
    version = models.PositiveSmallIntegerField(db_default=1)
    kind = models.CharField(max_length=10, choices=Kind, db_default=Kind.SERVICE)
    need = models.CharField(
        max_length=40,
        blank=True,
        db_default="",
        help_text="A code of the vocabulary; nothing for what is funded for all of it.",
    )
    unit = models.CharField(max_length=120)
    unit_fr = models.CharField(max_length=120)
    units_low = models.DecimalField(
        max_digits=8, decimal_places=2, help_text="How many units one request would take."
    )
    units_base = models.DecimalField(max_digits=8, decimal_places=2)
    units_high = models.DecimalField(max_digits=8, decimal_places=2)
    cost_low = models.DecimalField(max_digits=12, decimal_places=2, help_text="Canadian dollars a unit.")
    cost_base = models.DecimalField(max_digits=12, decimal_places=2)
    cost_high = models.DecimalField(max_digits=12, decimal_places=2)
    year = models.PositiveSmallIntegerField(help_text="Of which year the dollars are.")
    source = models.TextField(help_text="Where the numbers are from.")
    owner = models.CharField(max_length=120, help_text="Which role keeps it right.")
    stands = models.BooleanField(db_default=True, help_text="Whether the line counts, or was taken out.")
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_(
            "What agencies wrote down that things cost, and where the numbers are from. Nobody is in it."
        ),
        record=Record.STATISTICS,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "line": _("which line it is a version of"),
            "version": _("which version of it"),
            "kind": _("what the line is about"),
            "need": _("the general kind of need, from the list"),
            "unit": _("what is paid for, one of it"),
            "unit_fr": _("the same in French"),
            "units_low": _("how many of it a request takes, at least"),
            "units_base": _("most likely"),
            "units_high": _("at most"),
            "cost_low": _("what one costs, at least"),
            "cost_base": _("most likely"),
            "cost_high": _("at most"),
            "year": _("of which year the dollars are"),
            "source": _("where the numbers are from"),
            "owner": _("which role keeps it right"),
            "stands": _("whether it counts"),
        },
        rules=(
            Grant("select, insert"),
            Policy("select", f"{OWN} and {may('read-numbers')}"),
            Policy("insert", check=f"{OWN} and {may('edit-evidence')} and written_by = {ME}"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["need", "kind", "line", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency_id", "line", "version"], name="indicators_versions_follow_each_other"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    units_low__gte=0,
                    units_base__gte=models.F("units_low"),
                    units_high__gte=models.F("units_base"),
                ),
                name="indicators_units_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    cost_low__gte=0, cost_base__gte=models.F("cost_low"), cost_high__gte=models.F("cost_base")
                ),
                name="indicators_costs_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.unit


class Contribution(models.Model):
    """A leader's word that their agency's numbers may be counted together with others'.

    Ended, they are in no later count.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    given_by = models.UUIDField()
    given_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_(
            "That a leader gave their agency's numbers to be counted with others', from when until when."
        ),
        record=Record.STATISTICS,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
        },
        rules=(
            Grant("select, insert, update (ended_by, ended_at)"),
            Policy("select", f"{OWN} and {may('read-numbers')}"),
            Policy("insert", check=f"{OWN} and {may('give-numbers')} and ended_at is null"),
            Policy(
                "update",
                f"{OWN} and {may('give-numbers')} and ended_at is null",
                f"{OWN} and {may('give-numbers')}",
            ),
            *by_ctxo("select"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-given_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency_id"], condition=models.Q(ended_at__isnull=True), name="indicators_given_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_by__isnull=True, ended_at__isnull=True)
                | models.Q(ended_by__isnull=False, ended_at__isnull=False),
                name="indicators_ended_by_at",
            ),
        ]

    def __str__(self) -> str:
        return str(self.given_at)
