"""What is being written: one address, one edition after another."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.briefs.edition.document import Text
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ME,
    NOBODYS,
    OWN,
    SAME,
    Grant,
    Policy,
    Protection,
    Record,
    Settled,
    States,
    may,
)

SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and hyphens."))


class State(models.TextChoices):
    """Where a brief stands on the way to its next edition."""

    DRAFTING = "drafting", pgettext_lazy("of a brief", "Being written")
    PROOF = "proof", pgettext_lazy("of a brief", "In proof")
    SIGNED = "signed", pgettext_lazy("of a brief", "Signed")
    PUBLISHED = "published", pgettext_lazy("of a brief", "Published")


MOVES = {
    State.DRAFTING: {State.PROOF},
    State.PROOF: {State.DRAFTING, State.SIGNED},
    State.SIGNED: {State.DRAFTING, State.PUBLISHED},
    State.PUBLISHED: {State.DRAFTING},
}


class Audience(models.TextChoices):
    """Who may read it, and with that from how many on a number is shown (practice.md 6)."""

    PUBLIC = "public", _("Everybody")
    FUNDER = "funder", _("A funder, under contract")


OF_A_BRIEF = "exists (select 1 from briefs_brief b where b.id = brief_id)"

BEING_WRITTEN = (
    f"{OWN} and {may('edit-evidence')} and exists (select 1 from briefs_brief b where b.id = brief_id"
    " and b.agency_id = {table}.agency_id and b.state = 'drafting')"
)


class Brief(models.Model):
    """A brief that an agency keeps writing: one address, one edition after another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    study_id = models.UUIDField(null=True, help_text="The study whose quotes and method it prints.")
    slug = models.CharField(max_length=60, validators=[SLUG])
    title = models.JSONField(db_default={})
    contributors = ArrayField(models.CharField(max_length=200), db_default=[], blank=True)
    audience = models.CharField(max_length=10, choices=Audience, db_default=Audience.PUBLIC)
    half = models.CharField(
        max_length=7, blank=True, db_default="", help_text="The half-year its numbers are of: 2026-H1."
    )
    cut_off_on = models.DateField(null=True)
    concerns_indigenous = models.BooleanField(db_default=False)
    steward_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    balance_reason = models.TextField(
        blank=True, db_default="", help_text="Why fewer speakers, or more of one, are right here."
    )
    state = models.CharField(max_length=10, choices=State, db_default=State.DRAFTING)
    proof_on = models.DateField(null=True, help_text="The day the proof was made: the day its edition bears.")
    begun_by = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    moved_by = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_(
            "That an agency writes a brief, under which title, for which readers, and where that stands."
        ),
        record=Record.PUBLICATION,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "slug": _("the address it is published under"),
            "title": _("the title of the brief"),
            "contributors": _("who is named as having written it, as it is printed"),
            "audience": _("for which readers"),
            "half": _("which half of which year"),
            "concerns_indigenous": _(
                "whether it says something about Indigenous people, so that a data steward signs"
            ),
            "balance_reason": _("why fewer speakers are right there"),
            "state": _("whether a brief is being written, read, signed or published"),
        },
        unique={
            "briefs_one_address": (
                "an address under which anybody may read; that it is taken is said on the page"
            ),
        },
        rules=(
            Grant("select, insert, update"),
            Policy(
                "select",
                f"{OWN} and {may('sign-briefs')} or steward_agency_id = (select ctx.agency())"
                f" and {may('steward-data')} and state <> 'drafting'",
            ),
            Policy("insert", check=f"{OWN} and {may('edit-evidence')} and begun_by_id = {ME}"),
            Policy("update", f"{OWN} and {may('sign-briefs')}", SAME),
            States(MOVES, begins=(State.DRAFTING,)),
            Settled("settled", "a brief stays whose it is", ("id", "agency_id", "begun_by_id", "begun_at")),
            Settled(
                "stays_written",
                "only what is being written is changed, and by an editor",
                but=("state", "moved_by_id", "moved_at"),
                once="old.state <> 'drafting' or not ctx.may('edit-evidence')",
            ),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-begun_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug"], name="briefs_one_address"),
            models.CheckConstraint(
                condition=Q(concerns_indigenous=False) | Q(steward_agency__isnull=False),
                name="briefs_steward_named",
            ),
            models.CheckConstraint(
                condition=Q(state="drafting") | Q(proof_on__isnull=False), name="briefs_proof_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name.of("en") or self.name.of("fr") or self.slug

    @property
    def name(self) -> Text:
        """Its title in both languages."""
        return words_of(self.title)


def words_of(kept: dict[str, Any]) -> Text:
    """Return words as they are kept as a text in both languages."""
    return Text(kept.get("en", ""), kept.get("fr", ""))
