"""The parts of a brief, what stands in them, and what was asked of it before it is signed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.briefs.models.briefs import BEING_WRITTEN, OF_A_BRIEF
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    NOBODYS,
    OWN,
    SAME,
    Grant,
    Policy,
    Protection,
    Record,
    may,
)


class Kind(models.TextChoices):
    """What a section is, in the order of print."""

    KEY_MESSAGE = "key_message", _("Key message")
    SUMMARY = "summary", _("Summary")
    CONTEXT = "context", _("Context")
    METHOD = "method", _("Method")
    AUDIENCE = "audience", pgettext_lazy("a section", "For whom")
    DEFINITION = "definition", _("Definition")
    GROUP = "group", _("Group of recommendations")
    RECOMMENDATION = "recommendation", _("Recommendation")
    PLEA = "plea", _("What it takes")
    REFERENCE = "reference", _("Reference")


# A part of a brief: seen by its agency, written by its editors while the brief is being written.
WRITTEN_WITH_IT = (
    Grant("select, insert, update, delete"),
    Policy("select", f"{OWN} and {may('sign-briefs')} and {OF_A_BRIEF}"),
    Policy("insert", check=BEING_WRITTEN),
    Policy("update", BEING_WRITTEN, SAME),
    Policy("delete", BEING_WRITTEN),
)


class Section(models.Model):
    """One part of a brief, in both languages.

    What each field is depends on the kind: a definition's heading is its term.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey("briefs.Brief", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("briefs.Section", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    order = models.PositiveSmallIntegerField(db_default=0)
    code = models.CharField(
        max_length=3, blank=True, db_default="", help_text="Which of the nine it bears on, or F: R1 to R9, F."
    )
    heading = models.JSONField(db_default={})
    body = models.JSONField(db_default={})
    impact = models.JSONField(
        db_default={}, help_text="What a recommendation would change; what a plea asks."
    )
    cost = models.JSONField(
        db_default={}, help_text="low, base, high in whole dollars a year, and words; of a plea."
    )
    written_by = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("What an editor wrote for it, to be printed. No quote stands in it."),
        record=Record.PUBLICATION,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "kind": _("which part of a brief it is"),
            "order": _("in which order it stands"),
            "code": _("which recommendation it bears on"),
            "heading": _("the heading, to be printed"),
            "body": _("what an editor wrote, to be printed"),
            "impact": _("what it would change, to be printed"),
            "cost": _("what it would cost, as a range"),
        },
        rules=WRITTEN_WITH_IT,
    )

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="recommendation", parent__isnull=False)
                | (~Q(kind="recommendation") & Q(parent=None)),
                name="briefs_recommendation_in_a_group",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.order}"


class SectionQuote(models.Model):
    """A quote that stands in a section.

    Its words are read from the quote each time, and only while they may still be printed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey("briefs.Brief", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey("briefs.Section", on_delete=models.CASCADE, related_name="+")
    quote_id = models.UUIDField()
    order = models.PositiveSmallIntegerField(db_default=0)

    protection: ClassVar = Protection(
        tells=_("Which quotes are to stand where in it; not what they say."),
        record=Record.PUBLICATION,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "order": _("in which order it stands"),
        },
        rules=WRITTEN_WITH_IT,
    )

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["section", "quote_id", "agency"], name="briefs_a_quote_once_a_section"
            )
        ]

    def __str__(self) -> str:
        return str(self.quote_id)


class SectionFigure(models.Model):
    """A table that stands in a section as a figure: which release, and the finding that is its title."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey("briefs.Brief", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey("briefs.Section", on_delete=models.CASCADE, related_name="+")
    release_id = models.UUIDField()
    finding = models.JSONField(db_default={})
    order = models.PositiveSmallIntegerField(db_default=0)

    protection: ClassVar = Protection(
        tells=_("Which tables are to stand where in it."),
        record=Record.PUBLICATION,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "finding": _("the title of the figure"),
            "order": _("in which order it stands"),
        },
        rules=WRITTEN_WITH_IT,
    )

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["section", "release_id", "agency"], name="briefs_a_figure_once_a_section"
            )
        ]

    def __str__(self) -> str:
        return str(self.release_id)


class Check(models.Model):
    """One of the questions before signing, answered in one's own words."""

    class Answer(models.TextChoices):
        """What was found."""

        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNSURE = "unsure", _("I am not sure")
        PARTLY = "partly", _("Partly, and it says so")
        NOT_HERE = "not-here", _("Not for this brief")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey("briefs.Brief", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=20)
    answer = models.CharField(max_length=10, choices=Answer)
    note = models.TextField(blank=True, db_default="")
    answered_by = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("What was answered to the questions that are asked before a brief is signed."),
        record=Record.PUBLICATION,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "question": _("which of the questions"),
            "answer": _("what was answered"),
            "note": _("how that stands, in a sentence"),
        },
        rules=WRITTEN_WITH_IT,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "brief", "question"], name="briefs_a_question_once")
        ]

    def __str__(self) -> str:
        return self.question
