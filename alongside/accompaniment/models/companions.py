"""Who can go along, and what has to be so before somebody does."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.rls.declarations import (
    BY_NOW,
    ME,
    NOBODYS,
    OWN,
    Grant,
    Policy,
    Protection,
    Record,
    Settled,
    may,
)

KEEPS = f"{OWN} and {may('keep-programmes')}"
ONESELF = f"{OWN} and worker_id = {ME} and {may('meet-people')}"
# A day later than the server's, for an agency whose day has begun before.
NONE_TO_COME = (
    "coalesce(greatest(record_checked_on, trained_on, conflicts_said_on) <= current_date + 1, true)"
)
VOUCHED = ("record_checked_on", "trained_on", "kind")


class Kind(models.TextChoices):
    """Who somebody is that goes along (practice.md 7)."""

    WORKER = "worker", _("A worker")
    PEER = "peer", _("A peer")
    VOLUNTEER = "volunteer", _("A volunteer")


class Companion(models.Model):
    """A colleague who goes along: checked and trained by a day, conflicts said, and free to say no."""

    worker_id = models.UUIDField(primary_key=True)
    agency_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind, db_default=Kind.WORKER)
    record_checked_on = models.DateField(null=True)
    trained_on = models.DateField(null=True)
    conflicts_said_on = models.DateField(null=True, help_text="When they last said whom they know.")
    languages = ArrayField(models.CharField(max_length=20), db_default=[], blank=True)
    gender = models.CharField(max_length=20, blank=True, db_default="", help_text="If they say it.")
    is_free = models.BooleanField(db_default=True, help_text="Whether they go along at present.")
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("Which workers go along with people, since when they are checked and trained."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "worker_id": _("which worker"),
            "agency_id": _("which agency"),
            "kind": _("a worker, a peer or a volunteer"),
            "languages": _("which languages they speak"),
            "gender": _("who they are for people who ask for it"),
            "is_free": _("whether they go along at present"),
        },
        rules=(
            Grant("select, insert, update"),
            Policy(
                "select", f"{OWN} and ({may('keep-files')} or {may('keep-programmes')} or worker_id = {ME})"
            ),
            Policy(
                "insert",
                check=f"{KEEPS} and worker_id <> {ME} and written_by = {ME} and written_at <= {BY_NOW}"
                f" and {NONE_TO_COME}",
            ),
            Policy("update", KEEPS, f"{KEEPS} and {NONE_TO_COME}", name="keeper_update"),
            Policy("update", ONESELF, f"{ONESELF} and {NONE_TO_COME}", name="own_update"),
            Settled(
                "vouched_by_another",
                "nobody vouches for themselves",
                VOUCHED,
                once="current_user = 'app' and new.worker_id = ctx.worker()",
            ),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="companion_kind_holds_codes"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agency_id"], name="companions_of_an_agency")]

    def __str__(self) -> str:
        return self.get_kind_display()
