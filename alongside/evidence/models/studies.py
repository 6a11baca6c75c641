"""Studies, each with its versions, and who took part: by role only."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

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
    States,
    may,
)


class StudyState(models.TextChoices):
    """Whether work goes on in a study."""

    OPEN = "open", pgettext_lazy("of a study", "Open")
    CLOSED = "closed", pgettext_lazy("of a study", "Closed")


MOVES_OF_STUDY = {StudyState.OPEN: {StudyState.CLOSED}, StudyState.CLOSED: {StudyState.OPEN}}


class SpeaksAs(models.TextChoices):
    """As what somebody took part."""

    PROVIDER = "provider", _("As somebody who provides a service")
    LIVED = "lived", _("From their own experience")


class Study(models.Model):
    """A question somebody asks of those who know. What it says of itself stands in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    version = models.PositiveSmallIntegerField(db_default=1, help_text="The one that stands.")
    state = models.CharField(max_length=10, choices=StudyState, db_default=StudyState.OPEN)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("That an agency works on a study, since when, and whether it goes on."),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "version": _("which version stands"),
            "state": _("whether work goes on in a study"),
        },
        rules=(
            Grant("select, insert, update (version, state, closed_by, closed_at)"),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy("insert", check=f"{OWN} and {may('edit-evidence')} and opened_by = {ME}"),
            Policy("update", f"{OWN} and {may('edit-evidence')}", SAME),
            States(MOVES_OF_STUDY),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-opened_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="open", closed_by=None, closed_at=None)
                | models.Q(state="closed", closed_by__isnull=False, closed_at__isnull=False),
                name="evidence_study_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def file_id(self) -> UUID:
        """Whose key seals what belongs to the whole study: the study's own."""
        return self.id


class StudyVersion(models.Model):
    """What a study says of itself, as it stood from one day to the next.

    Never changed: a change is a further version.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    study = models.ForeignKey("evidence.Study", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    question = models.TextField(blank=True, db_default="")
    method = models.TextField(blank=True, db_default="")
    guide = models.JSONField(
        db_default=[], blank=True, help_text="The questions of the interview guide, in order."
    )
    recruited_from = models.DateField(null=True, blank=True)
    recruited_until = models.DateField(null=True, blank=True)
    ethics = models.CharField(max_length=200, blank=True, db_default="")
    note = models.TextField(blank=True, db_default="", help_text="What changed, and why.")
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("What the study asks, of whom and how, as it is written for anybody to read."),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "number": _("which version it is"),
            "title": _("what the study is called"),
            "question": _("what the study asks"),
            "method": _("how the study was done"),
            "guide": _("the questions that everybody was asked"),
            "ethics": _("under which number an ethics board looked at it"),
            "note": _("what changed, and why"),
        },
        rules=(
            Grant("select, insert"),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy(
                "insert",
                check=(
                    f"{OWN} and {may('edit-evidence')} and written_by = {ME}"
                    " and study_id in (select s.id from evidence_study s)"
                ),
            ),
        ),
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency_id", "study", "number"], name="evidence_versions_follow_each_other"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """Somebody who took part: a letter and a number, a role, a coarse region, a language. Never a name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    study = models.ForeignKey("evidence.Study", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    code = models.CharField(max_length=12)
    role = models.CharField(
        max_length=100, blank=True, db_default="", help_text="In words, as it may stand beside a quote."
    )
    role_fr = models.CharField(max_length=100, blank=True, db_default="")
    speaks_as = models.CharField(max_length=10, choices=SpeaksAs)
    region = models.CharField(max_length=20, blank=True, db_default="")
    language = models.CharField(max_length=20, blank=True, db_default="")

    protection: ClassVar = Protection(
        tells=_(
            "That somebody took part in a study: in which role, from which region, in which language."
            " No name, and nothing that joins them to a file."
        ),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "code": _("a letter and a number that stand for somebody who took part"),
            "role": _("in which role they took part, in words"),
            "role_fr": _("the same in French"),
            "speaks_as": _("whether they provide a service or speak from their own experience"),
            "region": _("a coarse region"),
            "language": _("the language it was said in"),
        },
        rules=(
            Grant("select, insert, update (role, speaks_as, region, language), update (role_fr)"),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy(
                "insert",
                check=f"{OWN} and {may('edit-evidence')} and study_id in (select s.id from evidence_study s)",
            ),
            Policy("update", f"{OWN} and {may('edit-evidence')}", SAME),
        ),
    )

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency_id", "study", "code"], name="evidence_one_code_a_participant"
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def spoken_role(self) -> str:
        """In which role they took part, in the reader's language where it is written in that."""
        in_french = self.role_fr if (get_language() or "").startswith("fr") else ""
        return in_french or self.role or str(self.get_speaks_as_display())
