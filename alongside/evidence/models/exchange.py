"""Projects that came from other programs."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.models import Sealed


class Exchange(models.Model):
    """A project that came from another program, kept whole and sealed, so that what this program has no place for goes out again as it came."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    study = models.ForeignKey("evidence.Study", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    kept = Sealed(null=True)
    brought_in_by = models.UUIDField()
    brought_in_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-brought_in_at"]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def file_id(self) -> UUID:
        """Whose key seals it: the study's."""
        return self.study_id
