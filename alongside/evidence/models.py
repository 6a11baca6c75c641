"""Tables of the evidence: studies, who took part (by role only), what they said, the codebook, and what was marked with it."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.kernel.ids import uuid7
from alongside.kernel.rows import Sealed


class StudyState(models.TextChoices):
    """Whether work goes on in a study."""

    OPEN = "open", pgettext_lazy("of a study", "Open")
    CLOSED = "closed", pgettext_lazy("of a study", "Closed")


class SourceState(models.TextChoices):
    """Where a source stands: first identifying words are seen to, then it can be read and coded, until whoever spoke takes it back."""

    RECEIVED = "received", _("Identifying words to see to")
    READY = "ready", _("Ready to code")
    WITHDRAWN = "withdrawn", _("Taken back")


class SourceKind(models.TextChoices):
    """What a source is. There is no third kind: no note and no file ever becomes one (practice.md 6)."""

    INTERVIEW = "interview", _("Interview")
    FEEDBACK = "feedback", _("Feedback")


class SpeaksAs(models.TextChoices):
    """As what somebody took part."""

    PROVIDER = "provider", _("As somebody who provides a service")
    LIVED = "lived", _("From their own experience")


class Mentioned(models.TextChoices):
    """What kind of identifying words a mark stands on."""

    NAME = "name", _("Name")
    PLACE = "place", _("Place")
    DATE = "date", _("Date")
    PHONE = "phone", _("Telephone number")
    EMAIL = "email", _("E-mail, link or account")
    ADDRESS = "address", _("Address")
    AGE = "age", _("Age")
    NUMBER = "number", _("Number")
    RARE = "rare", _("Rare together")
    BY_HAND = "by_hand", _("Marked by hand")


class Decision(models.TextChoices):
    """What a human decided about a mark."""

    UNDECIDED = "", _("To decide")
    KEEP = "keep", _("Stays")
    REPLACE = "replace", _("Replaced")


class Change(models.TextChoices):
    """What was done to a code."""

    MADE = "made", _("Made")
    REWRITTEN = "rewritten", _("Rewritten")
    MOVED = "moved", pgettext_lazy("of a code", "Moved")
    MERGED = "merged", _("Merged")
    RETIRED = "retired", _("Retired")
    BROUGHT_BACK = "brought_back", _("Brought back")


class Study(models.Model):
    """A question somebody asks of those who know. What it says of itself stands in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    version = models.PositiveSmallIntegerField(default=1, help_text="The one that stands.")
    state = models.CharField(max_length=10, choices=StudyState, default=StudyState.OPEN)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

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
    """What a study says of itself, as it stood from one day to the next. Never changed: a change is a further version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    study = models.ForeignKey("evidence.Study", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    question = models.TextField(blank=True)
    method = models.TextField(blank=True)
    guide = models.JSONField(default=list, blank=True, help_text="The questions of the interview guide, in order.")
    recruited_from = models.DateField(null=True, blank=True)
    recruited_until = models.DateField(null=True, blank=True)
    ethics = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True, help_text="What changed, and why.")
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency_id", "study", "number"], name="evidence_versions_follow_each_other"),
        ]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """Somebody who took part: a letter and a number, a role, a coarse region, a language. Never a name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    study = models.ForeignKey("evidence.Study", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    code = models.CharField(max_length=12)
    role = models.CharField(max_length=100, blank=True, help_text="In words, as it may stand beside a quote.")
    role_fr = models.CharField(max_length=100, blank=True)
    speaks_as = models.CharField(max_length=10, choices=SpeaksAs)
    region = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency_id", "study", "code"], name="evidence_one_code_a_participant")]

    def __str__(self) -> str:
        return self.code


class Source(models.Model):
    """What somebody said, sealed under a key of its own. `raw` is there until identifying words are seen to, `body` from then on; never both."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    study = models.ForeignKey("evidence.Study", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    participant = models.ForeignKey("evidence.Participant", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=SourceKind)
    language = models.CharField(max_length=20, blank=True)
    collected_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=SourceState, default=SourceState.RECEIVED)
    raw = Sealed(null=True, help_text="As it came in; destroyed when identifying words are seen to.")
    waiting = Sealed(null=True, help_text="Codings that came along, until then.")
    body = Sealed(null=True, help_text="The text that is read and coded.")
    guid = models.UUIDField(null=True, help_text="Its id in the project it came from (REFI-QDA).")
    brought_in_by = models.UUIDField()
    brought_in_at = models.DateTimeField()
    cleaned_by = models.UUIDField(null=True)
    cleaned_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["brought_in_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="received", raw__isnull=False, body=None, cleaned_at=None)
                | models.Q(state="ready", raw=None, waiting=None, body__isnull=False, cleaned_by__isnull=False, cleaned_at__isnull=False)
                | models.Q(state="withdrawn", raw=None, waiting=None, body=None, withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="evidence_source_is_raw_or_clean_or_gone",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def file_id(self) -> UUID:
        """Whose key seals it: its own."""
        return self.id


class Mark(models.Model):
    """A stretch of a raw text that may tell who somebody is, in code points from `start` to `end`, and what a human decided about it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey("evidence.Source", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Mentioned)
    decision = models.CharField(max_length=10, choices=Decision, blank=True, default=Decision.UNDECIDED)
    replacement = Sealed(null=True)
    resolved_by = models.UUIDField(null=True)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["start", "end"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="evidence_mark_holds_something")
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"

    @property
    def file_id(self) -> UUID:
        """Whose key seals it: the source's."""
        return self.source_id


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


class Coding(models.Model):
    """A passage of a clean text under a code, in code points from `start` to `end`. Whose it is says what others may see of it (decision 0016)."""

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

    class Meta:
        ordering: ClassVar = ["start", "end", "id"]
        indexes: ClassVar = [
            models.Index(fields=["source", "start"], name="evidence_coding_in"),
            models.Index(fields=["code", "source"], name="evidence_coding_under"),
            models.Index(fields=["study"], name="evidence_coding_of"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="evidence_coding_holds_something")
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"


class Memo(models.Model):
    """What somebody thought: about a study, a code, a source or a coding. On a coding its source stands beside it, and its key."""

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

    class Meta:
        ordering: ClassVar = ["written_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(coding=None) | models.Q(source__isnull=False), name="evidence_memo_on_a_coding_names_its_source"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def file_id(self) -> UUID:
        """Whose key seals it: the source's where it is about something said, else the study's."""
        return self.source_id or self.study_id


class Reading(models.Model):
    """That somebody reads a source as a second coder. While it is blind and not finished, neither sees what the other marked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey("evidence.Source", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    coder = models.UUIDField()
    blind = models.BooleanField(default=True)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["begun_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency_id", "source", "coder"], name="evidence_one_reading_a_coder")]

    def __str__(self) -> str:
        return str(self.id)


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
