"""The codes of a study, and what was done to them."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.models import Sealed


class Change(models.TextChoices):
    """What was done to a code."""

    MADE = "made", _("Made")
    REWRITTEN = "rewritten", _("Rewritten")
    MOVED = "moved", pgettext_lazy("of a code", "Moved")
    MERGED = "merged", _("Merged")
    RETIRED = "retired", _("Retired")
    BROUGHT_BACK = "brought_back", _("Brought back")


class Code(models.Model):
    """A code of a study's codebook; where `is_theme`, what the codes under it come to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    study = models.ForeignKey("evidence.Study", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    parent = models.ForeignKey("evidence.Code", on_delete=models.PROTECT, null=True, related_name="+")
    is_theme = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    definition = models.TextField(blank=True)
    include = models.TextField(blank=True)
    exclude = models.TextField(blank=True)
    example = Sealed(null=True)
    colour = models.CharField(
        max_length=7, blank=True, help_text="As REFI-QDA writes it, `#6D8B74`; never all there is to tell codes apart."
    )
    rank = models.PositiveIntegerField(default=0)
    codable = models.BooleanField(default=True)
    merged_into = models.ForeignKey("evidence.Code", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    retired_by = models.UUIDField(null=True)
    retired_at = models.DateTimeField(null=True)
    guid = models.UUIDField(null=True, help_text="Its id in the codebook it came from (REFI-QDA).")

    class Meta:
        ordering: ClassVar = ["rank", "made_at", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def file_id(self) -> UUID:
        """Whose key seals its example: the study's."""
        return self.study_id


class CodeChange(models.Model):
    """What was done to a code, by whom, and how it stood before and after. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.ForeignKey("evidence.Code", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    change = models.CharField(max_length=15, choices=Change)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["made_at", "id"]

    def __str__(self) -> str:
        return self.change
