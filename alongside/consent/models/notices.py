"""Word that something is no longer shared."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.rls.declarations import (
    AS_CTXO,
    NOBODYS,
    OWN,
    Grant,
    Policy,
    Protection,
    Record,
    may,
)


class Notice(models.Model):
    """Word to an agency that something it was shown is no longer shared.

    It names nobody, and not who shared it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    agency_id = models.UUIDField()
    on = models.DateField()
    read_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("That an agency was told to stop using something. Not whose it was, nor who had shared it."),
        record=Record.FILE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency was told"),
        },
        rules=(
            Grant("select, update (read_at)"),
            Grant("insert", to="ctxo"),
            Policy("select", f"{OWN} and {may('meet-people')}"),
            Policy("update", f"{OWN} and {may('meet-people')}"),
            Policy("insert", check=AS_CTXO, to="ctxo"),
        ),
    )

    def __str__(self) -> str:
        return f"{self.on}"
