"""A worker's own calendar elsewhere, which may ask when they are busy."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import uuid7
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
    by_ctxo,
)

MINE = f"{OWN} and worker_id = {ME}"


class CalendarFeed(models.Model):
    """An address that tells a calendar when a worker is busy, until it is revoked. Off until it is made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    worker_id = models.UUIDField()
    token_hash = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("That a worker’s calendar asks when they are busy. Nobody who is helped is in it."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency"),
            "worker_id": _("which worker"),
            "token_hash": _("the hash of an address that was shown once"),
        },
        unique={"one_feed_a_token": "a hash of chance: nobody guesses another’s"},
        rules=(
            Grant("select, insert, update (revoked_at)"),
            Policy("select", MINE),
            Policy("insert", check=f"{MINE} and made_at <= {BY_NOW} and revoked_at is null"),
            Policy("update", MINE, MINE),
            *by_ctxo("select"),
            Settled(
                "revoked",
                "what was revoked stays so",
                ("revoked_at",),
                once="old.revoked_at is not null",
            ),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token_hash"], name="one_feed_a_token"),
            models.UniqueConstraint(
                fields=["worker_id"], condition=models.Q(revoked_at=None), name="one_feed_a_worker"
            ),
        ]

    def __str__(self) -> str:
        return str(self.made_at)
