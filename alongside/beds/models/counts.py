"""What was counted: how many beds there are, and how many of them are taken."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    NOBODYS,
    OWN,
    Grant,
    Policy,
    Protection,
    Record,
    by_ctxo,
    may,
)


class Correction(models.TextChoices):
    """Why a count changed. Arrivals are noted by themselves."""

    OPENING = "opening", _("First count")
    SHIFT = "shift", _("Counted at the change of shift")
    ARRIVAL = "arrival", _("Somebody arrived")
    DEPARTURE = "departure", _("Somebody left")
    MISCOUNT = "miscount", _("It was counted wrong")
    REPAIR = "repair", _("Repairs, cleaning or bedbugs")
    STAFFING = "staffing", _("Not enough staff")
    OPENED = "opened", _("More beds were opened")
    CLOSED = "closed", _("Beds were closed")


class Count(models.Model):
    """What was counted, whole, and why it changed.

    Append-only; the newest counts. What is free is derived from it and stands nowhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offering = models.ForeignKey("beds.Offering", on_delete=models.PROTECT, related_name="+", db_index=False)
    agency_id = models.UUIDField()
    number = models.PositiveIntegerField(db_default=0, help_text="Given by the database.")
    actual = models.PositiveIntegerField(help_text="Beds or rooms that can be slept in.")
    unavailable = models.PositiveIntegerField(
        db_default=0, help_text="Funded, and not to be slept in just now."
    )
    occupied = models.PositiveIntegerField()
    reason = models.CharField(max_length=20, choices=Correction)
    request_id = models.UUIDField(null=True)
    counted_by = models.UUIDField()
    counted_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("How many beds were taken when, and that somebody came or left then; not who."),
        record=Record.SERVICE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "number": _("which count of that programme it was"),
            "actual": _("how many could be slept in"),
            "unavailable": _("how many were out of use"),
            "occupied": _("how many were taken"),
            "reason": _("why the number changed, from the list"),
            "request_id": _("whose request it was, if somebody came on one"),
        },
        rules=(
            Grant("select, insert"),
            Policy("select", f"{OWN} and {may('keep-programmes')}"),
            Policy("insert", check=f"{OWN} and {may('keep-programmes')}"),
            *by_ctxo("select"),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency_id", "offering", "number"], name="beds_counts_follow_each_other"
            ),
            models.CheckConstraint(
                condition=models.Q(occupied__lte=models.F("actual")), name="beds_occupied_within_actual"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["offering", "-counted_at", "-number"], name="beds_count_at")
        ]

    def __str__(self) -> str:
        return f"{self.occupied}/{self.actual}"

    @property
    def funded(self) -> int:
        """Funded capacity is what is there and what is out of use, as in the Toronto data."""
        return self.actual + self.unavailable
