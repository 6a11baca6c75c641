"""The table of the gaps."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.rls.declarations import NOBODYS, OWN, Grant, Policy, Protection, Record, may


class Gap(models.Model):
    """One request that came to nothing.

    No subject, no day, no file; the id is random on purpose, because a UUIDv7 would tell the minute.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asking_agency_id = models.UUIDField()
    asked_agency_id = models.UUIDField(null=True)
    quarter = models.CharField(max_length=7, help_text="`2026-Q4`")
    region = models.CharField(max_length=20)
    need = models.CharField(max_length=40, blank=True)
    recommendation = models.CharField(max_length=3, blank=True)
    reason = models.CharField(max_length=20)
    barriers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    wait_band = models.CharField(max_length=20, blank=True)
    workaround = models.CharField(max_length=30, blank=True)
    staff_hours_band = models.CharField(max_length=20, blank=True)
    cost_band = models.CharField(max_length=20, blank=True, db_default="")

    protection: ClassVar = Protection(
        tells=_(
            "That something was asked for and could not be had, in which quarter and region. "
            "There is no file and no person in it."
        ),
        record=Record.STATISTICS,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "quarter": _("the quarter of a year"),
            "region": _("a coarse region"),
            "need": _("the general kind of need, from the list"),
            "recommendation": _("which recommendation it belongs to"),
            "reason": _("why, from the list"),
            "barriers": _("why it could not be had, from the list"),
            "wait_band": _("how long the wait is, from the list"),
            "workaround": _("what was done instead, from the list"),
            "staff_hours_band": _("how many hours it took, from the list"),
            "cost_band": _("about how much money it would have taken, from the list"),
        },
        rules=(
            Grant("select, insert"),
            Policy(
                "select",
                "asking_agency_id = (select ctx.agency()) or asked_agency_id = (select ctx.agency())",
            ),
            Policy(
                "insert",
                check=(
                    f"{may('record-barriers')} and (asking_agency_id = (select ctx.agency())"
                    " or asked_agency_id = (select ctx.agency()))"
                ),
            ),
        ),
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["asking_agency_id", "quarter"], name="gaps_of_asker"),
            models.Index(fields=["asked_agency_id", "quarter"], name="gaps_of_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.quarter} {self.need}"


class Cause(models.Model):
    """What stood in the way as the agency that was asked knows it.

    The one that asked never sees it: it could tell who is in a house (practice.md 5).
    """

    gap = models.OneToOneField("gaps.Gap", on_delete=models.PROTECT, primary_key=True, related_name="+")
    agency_id = models.UUIDField()
    barriers = ArrayField(models.CharField(max_length=40))

    protection: ClassVar = Protection(
        tells=_(
            "What stood in the way of it as the agency that was asked knows it, as codes. "
            "There is no file and no person in it."
        ),
        record=Record.STATISTICS,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "barriers": _("what stood in the way there, from the list"),
        },
        rules=(
            Grant("select, insert"),
            Policy("select", OWN),
            Policy("insert", check=f"{OWN} and {may('record-barriers')}"),
        ),
    )

    def __str__(self) -> str:
        return ", ".join(self.barriers)
