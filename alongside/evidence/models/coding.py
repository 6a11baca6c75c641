"""What was marked with the codebook, what was thought about it, and who reads as a second coder."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import ME, NOBODYS, OWN, SAME, Grant, Policy, Protection, Record, may
from alongside.kernel.rls.models import Sealed

CODED_IN_ITS_STUDY = (
    "(study_id, source_id) in (select s.study_id, s.id from evidence_source s where s.state = 'ready')"
    " and (study_id, code_id) in (select c.study_id, c.id from evidence_code c)"
)
READING_BLIND = "r.blind and r.finished_at is null"


def unless_blind(column: str) -> str:
    """Return the condition of decision 0016, both ways, for a row that `column` says who wrote.

    Whoever codes blind sees nobody's, and nobody sees theirs, until they have finished; one's own is always
    there.
    """
    return (
        f"({column} = {ME} or (source_id not in"
        f" (select r.source_id from evidence_blindcoding r where r.coder = {ME} and {READING_BLIND})"
        f" and (source_id, {column}) not in"
        f" (select r.source_id, r.coder from evidence_blindcoding r where {READING_BLIND})))"
    )


CODING_SEEN = (
    f"{OWN} and {may('edit-evidence')}"
    " and source_id in (select s.id from evidence_source s where s.state = 'ready')"
    f" and {unless_blind('coded_by')}"
)
MEMO_SEEN = (
    f"{OWN} and {may('edit-evidence')} and (source_id is null"
    " or (source_id in (select s.id from evidence_source s where s.state <> 'withdrawn')"
    f" and {unless_blind('written_by')}))"
)


class Coding(models.Model):
    """A passage of a clean text under a code, in code points from `start` to `end`.

    Whose it is says what others may see of it (decision 0016).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    study = models.ForeignKey("evidence.Study", on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.ForeignKey("evidence.Source", on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.ForeignKey("evidence.Code", on_delete=models.PROTECT, related_name="+", db_index=False)
    agency_id = models.UUIDField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    coded_by = models.UUIDField()
    coded_at = models.DateTimeField()
    guid = models.UUIDField(null=True, help_text="Its id in the project it came from (REFI-QDA).")

    protection: ClassVar = Protection(
        tells=_("Which passage of a text stands under which code, and who put it there."),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "start": _("where in the text it begins"),
            "end": _("where in the text it ends"),
        },
        rules=(
            Grant("select, insert, update (code_id), delete"),
            Policy(
                "select",
                CODING_SEEN,
            ),
            Policy(
                "insert",
                check=f"{OWN} and {may('edit-evidence')} and coded_by = {ME} and {CODED_IN_ITS_STUDY}",
            ),
            Policy(
                "update",
                CODING_SEEN,
                f"{OWN} and {may('edit-evidence')} and {CODED_IN_ITS_STUDY}",
            ),
            Policy("delete", f"{OWN} and {may('edit-evidence')} and coded_by = {ME}"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["start", "end", "id"]
        indexes: ClassVar = [
            models.Index(fields=["source", "start"], name="evidence_coding_in"),
            models.Index(fields=["code", "source"], name="evidence_coding_under"),
            models.Index(fields=["study"], name="evidence_coding_of"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="evidence_coding_holds_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"


class Memo(models.Model):
    """What somebody thought: about a study, a code, a source or a coding.

    On a coding its source stands beside it, and its key.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    study = models.ForeignKey("evidence.Study", on_delete=models.PROTECT, related_name="+")
    code = models.ForeignKey("evidence.Code", on_delete=models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey("evidence.Source", on_delete=models.PROTECT, null=True, related_name="+")
    coding = models.ForeignKey("evidence.Coding", on_delete=models.PROTECT, null=True, related_name="+")
    agency_id = models.UUIDField()
    words = Sealed(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    guid = models.UUIDField(null=True, help_text="Its id in the project it came from (REFI-QDA).")

    protection: ClassVar = Protection(
        tells=_("That somebody had a thought about a study, a code or a passage; not which."),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "words": _("what somebody thought"),
        },
        rules=(
            Grant("select, insert, update (words, coding_id), delete"),
            Policy(
                "select",
                MEMO_SEEN,
            ),
            Policy(
                "insert",
                check=f"{OWN} and {may('edit-evidence')} and written_by = {ME}"
                " and study_id in (select s.id from evidence_study s) and (source_id is null"
                " or source_id in (select s.id from evidence_source s where s.state <> 'withdrawn'))",
            ),
            Policy(
                "update",
                MEMO_SEEN,
                SAME,
            ),
            Policy("delete", f"{OWN} and {may('edit-evidence')} and written_by = {ME}"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["written_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(coding=None) | models.Q(source__isnull=False),
                name="evidence_memo_on_a_coding_names_its_source",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def file_id(self) -> UUID:
        """Whose key seals it: the source's where it is about something said, else the study's."""
        return self.source_id or self.study_id


class BlindCoding(models.Model):
    """That somebody reads a source as a second coder.

    While it is blind and not finished, neither sees what the other marked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey("evidence.Source", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    coder = models.UUIDField()
    blind = models.BooleanField(db_default=True)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("Who read what as a second coder, and whether without seeing the first one’s marks."),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "blind": _("whether somebody reads without seeing what others marked"),
        },
        rules=(
            Grant("select, insert, update (finished_at)"),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy(
                "insert",
                check=f"{OWN} and {may('edit-evidence')} and coder = {ME} and finished_at is null"
                " and source_id in (select s.id from evidence_source s where s.state = 'ready')",
            ),
            Policy(
                "update",
                f"{OWN} and {may('edit-evidence')} and coder = {ME} and finished_at is null",
                f"{OWN} and {may('edit-evidence')} and coder = {ME} and finished_at is not null",
            ),
        ),
    )

    class Meta:
        ordering: ClassVar = ["begun_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency_id", "source", "coder"], name="evidence_one_blind_coding_a_coder"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
