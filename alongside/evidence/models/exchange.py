"""Projects that came from other programs."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import ME, NOBODYS, OWN, Grant, Policy, Protection, Record, may
from alongside.kernel.rls.models import Sealed


class Exchange(models.Model):
    """A project that came from another program, kept whole and sealed.

    What this program has no place for goes out again as it came.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    study = models.ForeignKey("evidence.Study", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    kept = Sealed(null=True)
    brought_in_by = models.UUIDField()
    brought_in_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("That a project came from another program; what is in it can’t be read."),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "kept": _("the project as it came from another program"),
        },
        rules=(
            Grant("select, insert"),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy(
                "insert",
                check=(
                    f"{OWN} and {may('edit-evidence')} and brought_in_by = {ME}"
                    " and study_id in (select s.id from evidence_study s)"
                ),
            ),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-brought_in_at"]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def file_id(self) -> UUID:
        """Whose key seals it: the study's."""
        return self.study_id
