"""Tables of the disclosure control.

Numbers as they were taken once, sealed, and the ledger of what was released from them.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    NOBODYS,
    OWN,
    AppendOnly,
    Grant,
    Kept,
    Policy,
    Protection,
    Record,
    Settled,
    States,
    may,
)


class State(models.TextChoices):
    """Where a release stands. What is published stays published."""

    PROPOSED = "proposed", _("Prepared")
    PUBLISHED = "published", _("Released")
    DROPPED = "dropped", _("Dropped")


MOVES: dict[State, set[State]] = {
    State.PROPOSED: {State.PUBLISHED, State.DROPPED},
    State.PUBLISHED: set(),
    State.DROPPED: set(),
}


class Snapshot(models.Model):
    """The numbers of a cube and a half-year as they were taken once.

    Everything released of that half-year comes from the same numbers.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    cube = models.CharField(max_length=40)
    half = models.CharField(max_length=7, help_text="`2026-H1`")
    body = models.BinaryField()
    checksum = models.CharField(max_length=64, help_text="Of the sealed envelope.")
    taken_by = models.UUIDField()
    taken_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_(
            "Counts of what could not be had in a half-year, as they were taken; sealed. "
            "There is no file and no person in them."
        ),
        record=Record.STATISTICS,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "cube": _("which counts"),
            "half": _("which half of which year"),
            "body": _("the counts, sealed under the installation's key"),
            "checksum": _("a checksum"),
        },
        rules=(
            Grant("select, insert"),
            Policy("select", may("read-numbers")),
            Policy("insert", check=f"{OWN} and {may('edit-evidence')}"),
            AppendOnly("numbers are taken once"),
        ),
    )

    def __str__(self) -> str:
        return f"{self.cube} {self.half}"


class Release(models.Model):
    """A table prepared for an audience, with its protected numbers only.

    Published, it can't be changed any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    snapshot = models.ForeignKey("disclosure.Snapshot", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    cube = models.CharField(max_length=40)
    table = models.CharField(max_length=40)
    unit = models.CharField(max_length=40)
    rows = models.CharField(max_length=40)
    columns = models.CharField(max_length=40, blank=True, db_default="")
    half = models.CharField(max_length=7)
    audience = models.CharField(max_length=20)
    threshold = models.PositiveSmallIntegerField()
    rounding = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=State, db_default=State.PROPOSED)
    figures = models.JSONField(
        help_text="Categories of rows and columns, and numbers; nothing where a number is withheld."
    )
    stewarded = models.BooleanField(
        db_default=False,
        help_text="Whether it says something about Indigenous people, so that their data steward signs.",
    )
    checksum = models.CharField(max_length=64)
    cut_off_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    published_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    dropped_by = models.UUIDField(null=True)
    dropped_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("The tables that were prepared or released, with small numbers withheld."),
        record=Record.PUBLICATION,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "cube": _("which counts"),
            "table": _("which table"),
            "unit": _("what was counted"),
            "rows": _("what stands in its rows"),
            "columns": _("what stands in its columns"),
            "half": _("which half of which year"),
            "audience": _("for which readers"),
            "threshold": _("how small is too small for them"),
            "rounding": _("to what it was rounded"),
            "state": _("whether a table was prepared, released or dropped"),
            "figures": _("the numbers, without those withheld"),
            "stewarded": _(
                "whether it says something about Indigenous people, so that their data steward signs"
            ),
            "checksum": _("a checksum"),
        },
        unique={
            "disclosure_released_once": (
                "what was released is read by everybody who releases; "
                "that a table is out already is said on the page"
            ),
        },
        rules=(
            Grant("select, insert, update"),
            Policy(
                "select",
                f"({OWN} and {may('read-numbers')}) or (state = 'published' and {may('read-numbers')})",
            ),
            Policy("insert", check=f"state = 'proposed' and {OWN} and {may('edit-evidence')}"),
            Policy(
                "update",
                f"state = 'proposed' and {OWN} and {may('read-numbers')}",
                f"{OWN} and {may('read-numbers')}",
            ),
            States(MOVES),
            Settled(
                "settled",
                "the numbers of a release are never rewritten",
                but=("state", "published_by", "published_at", "dropped_by", "dropped_at"),
            ),
            Settled(
                "stays_out",
                "what was released or dropped stays as it is",
                but=(),
                once="old.state <> 'proposed'",
            ),
            Kept("the ledger forgets nothing"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-half", "table", "audience", "-proposed_at"]
        indexes: ClassVar = [models.Index(fields=["cube", "half", "state"], name="releases_of_half")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="published", published_at__isnull=False, published_by__isnull=False)
                | (
                    ~models.Q(state="published")
                    & models.Q(published_at__isnull=True, published_by__isnull=True)
                ),
                name="disclosure_published_by_at",
            ),
            models.CheckConstraint(
                condition=models.Q(state="dropped", dropped_at__isnull=False, dropped_by__isnull=False)
                | (~models.Q(state="dropped") & models.Q(dropped_at__isnull=True, dropped_by__isnull=True)),
                name="disclosure_dropped_by_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.half} {self.audience}"

    @property
    def shown(self) -> dict[tuple[str, str], int]:
        """The numbers that are shown, by row and column; `*` is a sum."""
        grid = zip(self.figures["rows"], self.figures["cells"], strict=True)
        return {
            (row, column): value
            for row, cells in grid
            for column, value in zip(self.figures["columns"], cells, strict=True)
            if value is not None
        }
