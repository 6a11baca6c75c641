"""The table of the gaps."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Gap(models.Model):
    """One request that came to nothing. No subject, no day, no file; the id is random on purpose, because a UUIDv7 would tell the minute."""

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

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["asking_agency_id", "quarter"], name="gaps_of_asker"),
            models.Index(fields=["asked_agency_id", "quarter"], name="gaps_of_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.quarter} {self.need}"


class Cause(models.Model):
    """What stood in the way as the agency that was asked knows it. The one that asked never sees it: it could tell who is in a house (practice.md 5)."""

    gap = models.OneToOneField("gaps.Gap", on_delete=models.PROTECT, primary_key=True, related_name="+")
    agency_id = models.UUIDField()
    barriers = ArrayField(models.CharField(max_length=40))

    def __str__(self) -> str:
        return ", ".join(self.barriers)
