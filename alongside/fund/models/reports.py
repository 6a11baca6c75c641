"""What a funder is told."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.fund.models.pots import ITS_OWN, KEEPS, OF_A_POT
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    BY_NOW,
    ME,
    NOBODYS,
    OWN,
    Grant,
    Kept,
    Policy,
    Protection,
    Record,
    Settled,
    by_ctxo,
    may,
)


class Report(models.Model):
    """The totals of a pot and a half-year by kind, as they were counted once, small ones withheld.

    Nothing is told before a second person looked at it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    pot = models.ForeignKey("fund.Pot", on_delete=models.PROTECT, related_name="+")
    half = models.CharField(max_length=7, help_text="`2026-H1`")
    threshold = models.PositiveSmallIntegerField()
    figures = models.JSONField(help_text="Kind, how many, how much; nothing where it is withheld.")
    prepared_by = models.UUIDField()
    prepared_at = models.DateTimeField()
    released_by = models.UUIDField(null=True)
    released_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("What a funder is told of a pot: totals by kind, small ones withheld. Nobody is in them."),
        record=Record.PUBLICATION,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency's"),
            "half": _("which half of which year"),
            "threshold": _("how small is too small to be told"),
            "figures": _("the totals, without those withheld"),
        },
        unique={"fund_told_once": ITS_OWN},
        rules=(
            Grant("select, insert, update (released_by, released_at)"),
            *by_ctxo("select"),
            Policy("select", f"{OWN} and {may('see-fund')}"),
            Policy(
                "insert",
                check=f"{KEEPS} and prepared_by = {ME} and prepared_at <= {BY_NOW} and released_by is null"
                f" and {OF_A_POT}",
            ),
            Policy(
                "update",
                f"{OWN} and {may('see-fund')} and {may('release-numbers')}",
                f"{OWN} and {may('see-fund')} and {may('release-numbers')} and released_by = {ME}"
                f" and released_at <= {BY_NOW}",
            ),
            Settled("settled", "numbers are told once", but=("released_by", "released_at")),
            Settled("stays_told", "what was told stays told", but=(), once="old.released_by is not null"),
            Kept("what was told stays on record"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-half", "-prepared_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pot", "half"], name="fund_told_once"),
            models.CheckConstraint(
                condition=models.Q(released_by=None, released_at=None)
                | models.Q(released_by__isnull=False, released_at__isnull=False)
                & ~models.Q(released_by=models.F("prepared_by")),
                name="fund_told_by_two",
            ),
        ]

    def __str__(self) -> str:
        return self.half
