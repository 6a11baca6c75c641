"""What a worker finds: entries, when they are open, and the words they are found by."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import get_language

from alongside.directory.models.hsds import SIGNED_IN, Disclosure, listed
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    OWN_OR_OPERATORS,
    Grant,
    WriteGuard,
    of_own,
)

OF_OWN_ENTRY = of_own("directory_entry", "entry_id")


class Entry(models.Model):
    """What a worker finds: one service at one place, or a service, or an organization that names no service.

    The links to where it came from are written in one transaction with what they lead to, and `app` can
    delete none of that. So the database does not look each of them up: for a list of twelve thousand places
    that takes an eighth of the import.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(
        "directory.Source",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    source_key = models.TextField(blank=True)
    agency = models.ForeignKey(
        "agencies.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="Who keeps it here.",
    )
    offered_by = models.ForeignKey(
        "agencies.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="Who can be asked through Alongside.",
    )
    organization = models.ForeignKey(
        "directory.Organization",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    service = models.ForeignKey(
        "directory.Service",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    location = models.ForeignKey(
        "directory.Location",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    name = models.TextField()
    name_fr = models.TextField(blank=True)
    neutral_name = models.CharField(max_length=100, blank=True)
    neutral_name_fr = models.CharField(max_length=100, blank=True)
    organization_name = models.TextField(blank=True)
    service_type = models.CharField(max_length=40, blank=True)
    needs = ArrayField(models.CharField(max_length=40), default=list)
    flags = ArrayField(models.CharField(max_length=40), default=list)
    languages = ArrayField(models.CharField(max_length=20), default=list)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    community = models.TextField(blank=True)
    division = models.CharField(max_length=4, blank=True)
    placed_by = models.CharField(
        max_length=10, blank=True, help_text="How the division is known: name, spelling, point or given."
    )
    serves = ArrayField(
        models.CharField(max_length=4),
        default=list,
        help_text="Divisions served besides its own; 'on' is all of Ontario.",
    )
    disclosure = models.CharField(max_length=10, choices=Disclosure, default=Disclosure.PUBLIC)
    kept_disclosure = models.CharField(
        max_length=10,
        choices=Disclosure,
        blank=True,
        db_default="",
        help_text="Chosen here by hand for what a list brought; no import shows more.",
    )
    details = models.JSONField(
        default=dict,
        help_text=(
            "The rest: address, telephones, hours, description, and what the source's own columns said."
        ),
    )
    words = ArrayField(models.TextField(), default=list, help_text="What it is found by.")
    as_of = models.DateField(null=True, blank=True)
    digest = models.CharField(
        max_length=32,
        blank=True,
        help_text="Of the source's record, so that importing again touches only what changed.",
    )
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="By hand; no import shows it again.")
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text="When its source said that it is closed; open again when it says so."
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(
        "agencies.Worker", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    protection: ClassVar = listed(
        unguarded="a service as it is found",
        rules=(Grant("select, insert, update"), WriteGuard(SIGNED_IN, OWN_OR_OPERATORS)),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                name="imported_once",
                condition=models.Q(source__isnull=False),
            ),
            models.CheckConstraint(name="entry_has_a_name", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="edited_by_somebody",
                condition=models.Q(edited_at__isnull=True, edited_by__isnull=True)
                | models.Q(edited_at__isnull=False, edited_by__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            # What a GIN index puts off until later every search must read through meanwhile: little (in kB),
            # so that a list just imported is found fast.
            GinIndex(fields=["words"], name="entry_words", gin_pending_list_limit=128),
            GinIndex(fields=["needs"], name="entry_needs", gin_pending_list_limit=128),
            GinIndex(
                fields=["serves"],
                name="entry_serves",
                gin_pending_list_limit=128,
                condition=~models.Q(serves=[]),
            ),
            models.Index(fields=["division"], name="entry_division"),
            # An index costs an import a fiftieth of a second; these hold only the rows that have one at all.
            models.Index(fields=["agency"], name="entry_agency", condition=models.Q(agency__isnull=False)),
            models.Index(
                fields=["offered_by"], name="entry_offered_by", condition=models.Q(offered_by__isnull=False)
            ),
            models.Index(fields=["service"], name="entry_service", condition=models.Q(service__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the reader's language where it has one."""
        return (self.name_fr if get_language() == "fr" else "") or self.name

    @property
    def face(self) -> str:
        """What stands on a screen where the real name would give somebody away."""
        own = (self.neutral_name_fr if get_language() == "fr" else "") or self.neutral_name
        return own or (self.offered_by.shown_name if self.offered_by else self.shown_name)

    @property
    def description(self) -> str:
        """What it says about itself, in the reader's language where it has it."""
        return (self.details.get("description_fr") if get_language() == "fr" else "") or self.details.get(
            "description", ""
        )

    @property
    def phones(self) -> list[dict[str, Any]]:
        """Its telephones, each with at least a number."""
        return [phone for phone in self.details.get("phones", []) if phone.get("number")]

    @property
    def address(self) -> list[str]:
        """The address as lines, or nothing where it is not public."""
        if self.disclosure != Disclosure.PUBLIC:
            return []
        at = self.details.get("address", {})
        town = " ".join(
            part
            for part in (at.get("city") or self.community, at.get("state_province"), at.get("postal_code"))
            if part
        )
        return [line for line in (at.get("address_1"), at.get("address_2"), town) if line]


class Opening(models.Model):
    """When an entry is open: one stretch of one weekday (Monday is 0).

    Closing at or before opening means after midnight.
    """

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey("directory.Entry", on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    protection: ClassVar = listed(
        unguarded="when a service is open",
        rules=(Grant("select, insert, delete"), WriteGuard(SIGNED_IN, OF_OWN_ENTRY)),
    )

    class Meta:
        ordering: ClassVar = ["weekday", "opens_at"]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens_at}-{self.closes_at}"


class Word(models.Model):
    """Every word that some entry is found by, so that a misspelled one can be recognised (pg_trgm)."""

    word = models.TextField(primary_key=True)

    protection: ClassVar = listed(
        unguarded="the words services are found by",
        rules=(Grant("select, insert"), WriteGuard(SIGNED_IN)),
    )

    class Meta:
        indexes: ClassVar = [
            GinIndex(
                fields=["word"], name="word_trigrams", opclasses=["gin_trgm_ops"], gin_pending_list_limit=128
            )
        ]

    def __str__(self) -> str:
        return self.word
