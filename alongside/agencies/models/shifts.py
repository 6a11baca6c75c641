"""Who is on: for a day's work at the agency, said by the worker with one tap."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.agencies.models.accounts import Worker
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ME,
    NOBODYS,
    OWN,
    Grant,
    Policy,
    Protection,
    Record,
    Settled,
    by_ctxo,
    may,
)

LONGEST = timedelta(hours=12)


class Shift(models.Model):
    """That a worker is on, at most twelve hours; over when they sign out or leave.

    Its moments are the database's own (`agencies/sql/shifts.sql`): nobody dates a shift, or lengthens it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("Which worker was on, from when until when."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={"agency_id": _("that worker's agency")},
        rules=(
            Grant("select, insert, update (ends_at)"),
            *by_ctxo("select, update (ends_at)"),
            Policy("select", OWN),
            Policy("insert", check=f"{OWN} and worker_id = {ME} and {may('keep-files')}"),
            Policy("update", f"worker_id = {ME}"),
            Settled("settled", "a shift is only ever ended", but=("ends_at",)),
        ),
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["worker", "ends_at"], name="shifts_of_worker")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
