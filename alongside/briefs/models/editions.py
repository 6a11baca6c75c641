"""What was in proof, who signed it, and the editions that are frozen."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.briefs.edition.document import Text
from alongside.briefs.models.briefs import BEING_WRITTEN, OF_A_BRIEF, Audience, words_of
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ME,
    NOBODYS,
    OWN,
    AppendOnly,
    Grant,
    Policy,
    Protection,
    Record,
    may,
)
from alongside.kernel.rls.models import Sealed


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
                " and b.state = 'signed')"
                " and exists (select 1 from briefs_check c where c.brief_id = briefs_edition.brief_id"
                " and c.question = 'recognise' and c.answer = 'no')",
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
