"""The codes of a study, and what was done to them."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import ME, NOBODYS, OWN, SAME, Grant, Policy, Protection, Record, may
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
    is_theme = models.BooleanField(db_default=False)
    name = models.CharField(max_length=120)
    definition = models.TextField(blank=True, db_default="")
    include = models.TextField(blank=True, db_default="")
    exclude = models.TextField(blank=True, db_default="")
    example = Sealed(null=True)
    colour = models.CharField(
        max_length=7,
        blank=True,
        db_default="",
        help_text="As REFI-QDA writes it, `#6D8B74`; never all there is to tell codes apart.",
    )
    rank = models.PositiveIntegerField(db_default=0)
    codable = models.BooleanField(db_default=True)
    merged_into = models.ForeignKey("evidence.Code", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    retired_by = models.UUIDField(null=True)
    retired_at = models.DateTimeField(null=True)
    guid = models.UUIDField(null=True, help_text="Its id in the codebook it came from (REFI-QDA).")

    protection: ClassVar = Protection(
        tells=_("The codebook of a study: what its codes are called and mean. Its examples can’t be read."),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "is_theme": _("whether the code is a theme"),
            "name": _("what the code is called"),
            "definition": _("what the editors mean by it"),
            "include": _("what it is for"),
            "exclude": _("what it is not for"),
            "example": _("a passage that shows it"),
            "colour": _("its colour"),
            "rank": _("its place in the codebook"),
            "codable": _("whether the code may be put on a passage"),
        },
        rules=(
            Grant(
                "select, insert, update (parent_id, is_theme, name, definition, include, exclude, example,"
                " colour, rank, codable, merged_into_id, retired_by, retired_at)"
            ),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy(
                "insert",
                check=(
                    f"{OWN} and {may('edit-evidence')} and made_by = {ME}"
                    " and study_id in (select s.id from evidence_study s)"
                ),
            ),
            Policy("update", f"{OWN} and {may('edit-evidence')}", SAME),
        ),
    )

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
    before = models.JSONField(db_default={}, blank=True)
    after = models.JSONField(db_default={}, blank=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("How a codebook came about."),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "change": _("what was done to a code"),
            "before": _("how it stood before"),
            "after": _("how it stood after"),
        },
        rules=(
            Grant("select, insert"),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy(
                "insert",
                check=(
                    f"{OWN} and {may('edit-evidence')} and made_by = {ME}"
                    " and code_id in (select c.id from evidence_code c)"
                ),
            ),
        ),
    )

    class Meta:
        ordering: ClassVar = ["made_at", "id"]

    def __str__(self) -> str:
        return self.change
