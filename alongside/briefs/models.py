"""The tables of the briefs.

What is being written, who answered for it and signed it, and the editions that are frozen.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.briefs.edition.document import Text
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ME,
    NOBODYS,
    OWN,
    SAME,
    AppendOnly,
    Grant,
    Policy,
    Protection,
    Record,
    Settled,
    States,
    may,
)
from alongside.kernel.rls.models import Sealed

SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and hyphens."))


class State(models.TextChoices):
    """Where a brief stands on the way to its next edition."""

    DRAFTING = "drafting", pgettext_lazy("of a brief", "Being written")
    PROOF = "proof", pgettext_lazy("of a brief", "In proof")
    SIGNED = "signed", pgettext_lazy("of a brief", "Signed")
    PUBLISHED = "published", pgettext_lazy("of a brief", "Published")


MOVES = {
    State.DRAFTING: {State.PROOF},
    State.PROOF: {State.DRAFTING, State.SIGNED},
    State.SIGNED: {State.DRAFTING, State.PUBLISHED},
    State.PUBLISHED: {State.DRAFTING},
}


class Audience(models.TextChoices):
    """Who may read it, and with that from how many on a number is shown (practice.md 6)."""

    PUBLIC = "public", _("Everybody")
    FUNDER = "funder", _("A funder, under contract")


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


OF_A_BRIEF = "exists (select 1 from briefs_brief b where b.id = brief_id)"
BEING_WRITTEN = (
    f"{OWN} and {may('edit-evidence')} and exists (select 1 from briefs_brief b where b.id = brief_id"
    " and b.agency_id = {table}.agency_id and b.state = 'drafting')"
)

# A part of a brief: seen by its agency, written by its editors while the brief is being written.
WRITTEN_WITH_IT = (
    Grant("select, insert, update, delete"),
    Policy("select", f"{OWN} and {may('sign-briefs')} and {OF_A_BRIEF}"),
    Policy("insert", check=BEING_WRITTEN),
    Policy("update", BEING_WRITTEN, SAME),
    Policy("delete", BEING_WRITTEN),
)


class Brief(models.Model):
    """A brief that an agency keeps writing: one address, one edition after another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    study_id = models.UUIDField(null=True, help_text="The study whose quotes and method it prints.")
    slug = models.CharField(max_length=60, validators=[SLUG])
    title = models.JSONField(db_default={})
    contributors = ArrayField(models.CharField(max_length=200), db_default=[], blank=True)
    audience = models.CharField(max_length=10, choices=Audience, db_default=Audience.PUBLIC)
    half = models.CharField(
        max_length=7, blank=True, db_default="", help_text="The half-year its numbers are of: 2026-H1."
    )
    cut_off_on = models.DateField(null=True)
    concerns_indigenous = models.BooleanField(db_default=False)
    steward_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    balance_reason = models.TextField(
        blank=True, db_default="", help_text="Why fewer speakers, or more of one, are right here."
    )
    state = models.CharField(max_length=10, choices=State, db_default=State.DRAFTING)
    proof_on = models.DateField(null=True, help_text="The day the proof was made: the day its edition bears.")
    begun_by = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    moved_by = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_(
            "That an agency writes a brief, under which title, for which readers, and where that stands."
        ),
        record=Record.PUBLICATION,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "slug": _("the address it is published under"),
            "title": _("the title of the brief"),
            "contributors": _("who is named as having written it, as it is printed"),
            "audience": _("for which readers"),
            "half": _("which half of which year"),
            "concerns_indigenous": _(
                "whether it says something about Indigenous people, so that a data steward signs"
            ),
            "balance_reason": _("why fewer speakers are right there"),
            "state": _("whether a brief is being written, read, signed or published"),
        },
        unique={
            "briefs_one_address": (
                "an address under which anybody may read; that it is taken is said on the page"
            ),
        },
        rules=(
            Grant("select, insert, update"),
            Policy(
                "select",
                f"{OWN} and {may('sign-briefs')} or steward_agency_id = (select ctx.agency())"
                f" and {may('steward-data')} and state <> 'drafting'",
            ),
            Policy("insert", check=f"{OWN} and {may('edit-evidence')} and begun_by_id = {ME}"),
            Policy("update", f"{OWN} and {may('sign-briefs')}", SAME),
            States(MOVES, begins=(State.DRAFTING,)),
            Settled("settled", "a brief stays whose it is", ("id", "agency_id", "begun_by_id", "begun_at")),
            Settled(
                "stays_written",
                "only what is being written is changed, and by an editor",
                but=("state", "moved_by_id", "moved_at"),
                once="old.state <> 'drafting' or not ctx.may('edit-evidence')",
            ),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-begun_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug"], name="briefs_one_address"),
            models.CheckConstraint(
                condition=Q(concerns_indigenous=False) | Q(steward_agency__isnull=False),
                name="briefs_steward_named",
            ),
            models.CheckConstraint(
                condition=Q(state="drafting") | Q(proof_on__isnull=False), name="briefs_proof_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name.of("en") or self.name.of("fr") or self.slug

    @property
    def name(self) -> Text:
        """Its title in both languages."""
        return words_of(self.title)


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


class Proof(models.Model):
    """What would be printed, exactly: the frozen document.

    It is sealed, because a quote in it may still be taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.OneToOneField("briefs.Brief", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    body = Sealed(
        help_text="Under a key that is not in the database; gone when the brief is taken back to be written."
    )
    checksum = models.CharField(max_length=64)
    pages = models.JSONField(db_default={})
    made_by = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("That a proof is being read; what is in it can’t be read."),
        record=Record.PUBLICATION,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "body": _("what would be printed, quotes included"),
            "checksum": _("a checksum"),
            "pages": _("how many pages it takes"),
        },
        rules=(
            Grant("select, insert, delete"),
            Policy("select", OF_A_BRIEF),
            Policy(
                "insert",
                check=f"{BEING_WRITTEN} and made_by_id = {ME}",
            ),
            Policy("delete", f"{OWN} and {may('edit-evidence')}"),
        ),
    )

    def __str__(self) -> str:
        return self.checksum[:12]


class Signature(models.Model):
    """That somebody stands behind one exact proof. It counts for that checksum and for nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey("briefs.Brief", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    checksum = models.CharField(max_length=64)
    role = models.CharField(max_length=20)
    signed_by = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("Who signed which proof, and when."),
        record=Record.PUBLICATION,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "checksum": _("a checksum"),
            "role": _("in which role"),
        },
        rules=(
            Grant("select, insert"),
            Policy("select", OF_A_BRIEF),
            Policy(
                "insert",
                check=f"{OWN} and signed_by_id = {ME} and role = (select ctx.role())"
                " and exists (select 1 from briefs_proof p join briefs_brief b on b.id = p.brief_id where"
                " b.id = briefs_signature.brief_id and p.checksum = briefs_signature.checksum"
                f" and b.state = 'proof' and (b.agency_id = (select ctx.agency()) and {may('sign-briefs')}"
                " or b.steward_agency_id = (select ctx.agency()) and b.concerns_indigenous"
                f" and {may('steward-data')}))",
            ),
            AppendOnly("what was signed or published is never changed"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["signed_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "brief", "checksum", "signed_by"], name="briefs_signed_once"
            )
        ]

    def __str__(self) -> str:
        return self.checksum[:12]


class Edition(models.Model):
    """A published edition: frozen. Nobody changes or removes one, not even this program."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey("briefs.Brief", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    slug = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=10, choices=Audience)
    title = models.JSONField()
    on = models.DateField()
    document = models.BinaryField()
    checksum = models.CharField(max_length=64)
    quotes = ArrayField(models.UUIDField(), db_default=[])
    html_en = models.BinaryField()
    html_fr = models.BinaryField()
    pdf_en = models.BinaryField()
    pdf_fr = models.BinaryField()
    csv_en = models.BinaryField()
    csv_fr = models.BinaryField()
    published_by = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("What was published, as it was published: for everybody, or for a funder."),
        record=Record.PUBLICATION,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "slug": _("the address it is published under"),
            "number": _("which edition it is"),
            "audience": _("for which readers"),
            "title": _("the title of the edition"),
            "document": _("what was published, word for word"),
            "checksum": _("a checksum"),
            "quotes": _("which quotes are printed in it, as opaque ids"),
            "html_en": _("the page as it was published"),
            "html_fr": _("the page as it was published, in French"),
            "pdf_en": _("the pages for paper as they were published"),
            "pdf_fr": _("the pages for paper as they were published, in French"),
            "csv_en": _("the tables as they were published"),
            "csv_fr": _("the tables as they were published, in French"),
        },
        published=("document", "html_en", "html_fr", "pdf_en", "pdf_fr", "csv_en", "csv_fr"),
        rules=(
            Grant("select, insert"),
            Policy("select", f"audience = 'public' or {OWN} and {may('sign-briefs')}"),
            Policy(
                "insert",
                check=f"{OWN} and {may('edit-evidence')} and published_by_id = {ME}"
                " and exists (select 1 from briefs_proof p join briefs_brief b on b.id = p.brief_id where"
                " b.id = briefs_edition.brief_id and b.agency_id = briefs_edition.agency_id"
                " and b.slug = briefs_edition.slug and p.checksum = briefs_edition.checksum"
                " and b.state = 'signed')",
            ),
            AppendOnly("what was signed or published is never changed"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "brief", "number"], name="briefs_editions_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.number}"

    @property
    def name(self) -> Text:
        """Its title in both languages."""
        return words_of(self.title)


FILES = ("html_en", "html_fr", "pdf_en", "pdf_fr", "csv_en", "csv_fr")


def words_of(kept: dict[str, Any]) -> Text:
    """Return words as they are kept as a text in both languages."""
    return Text(kept.get("en", ""), kept.get("fr", ""))
