"""What people said, and the words in it that may tell who they are."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
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
    Settled,
    States,
    may,
)
from alongside.kernel.rls.models import Sealed


class SourceState(models.TextChoices):
    """Where a source stands.

    First identifying words are seen to, then it can be read and coded, until whoever spoke takes it back.
    """

    RECEIVED = "received", _("Identifying words to see to")
    READY = "ready", _("Ready to code")
    WITHDRAWN = "withdrawn", _("Taken back")


MOVES_OF_SOURCE = {
    SourceState.RECEIVED: {SourceState.READY, SourceState.WITHDRAWN},
    SourceState.READY: {SourceState.WITHDRAWN},
    SourceState.WITHDRAWN: set(),
}


class SourceKind(models.TextChoices):
    """What a source is. There is no third kind: no note and no file ever becomes one (practice.md 6)."""

    INTERVIEW = "interview", _("Interview")
    FEEDBACK = "feedback", _("Feedback")


class Mentioned(models.TextChoices):
    """What kind of identifying words an identifier stands on."""

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
    """What a human decided about an identifier."""

    UNDECIDED = "", _("To decide")
    KEEP = "keep", _("Stays")
    REPLACE = "replace", _("Replaced")


CLEAN = "old.state = 'ready' and new.state = 'ready'"
OF_A_SOURCE_THERE = (
    f"{OWN} and {may('edit-evidence')}"
    " and source_id in (select s.id from evidence_source s where s.state <> 'withdrawn')"
)
OF_A_SOURCE_RECEIVED = (
    f"{OWN} and {may('edit-evidence')}"
    " and source_id in (select s.id from evidence_source s where s.state = 'received')"
)


class Source(models.Model):
    """What somebody said, sealed under a key of its own.

    `raw` is there until identifying words are seen to, `body` from then on; never both.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    study = models.ForeignKey("evidence.Study", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    participant = models.ForeignKey(
        "evidence.Participant", on_delete=models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=SourceKind)
    language = models.CharField(max_length=20, blank=True, db_default="")
    collected_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=SourceState, db_default=SourceState.RECEIVED)
    raw = Sealed(
        null=True, kind="source", help_text="As it came in; destroyed when identifying words are seen to."
    )
    waiting = Sealed(null=True, kind="source", help_text="Codings that came along, until then.")
    body = Sealed(null=True, kind="source", help_text="The text that is read and coded.")
    guid = models.UUIDField(null=True, help_text="Its id in the project it came from (REFI-QDA).")
    brought_in_by = models.UUIDField()
    brought_in_at = models.DateTimeField()
    cleaned_by = models.UUIDField(null=True)
    cleaned_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_(
            "That somebody said something in a study, and when; not what. "
            "Once it is taken back its key is gone."
        ),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "name": _("a number or a word for it; what looks like somebody’s name is not kept"),
            "kind": _("an interview or feedback"),
            "language": _("the language it was said in"),
            "state": _("whether identifying words were seen to, or it was taken back"),
            "raw": _("the words as they came, until identifying words are seen to"),
            "waiting": _("codings that came along, until then"),
            "body": _("the words without what tells who somebody is"),
        },
        rules=(
            Grant(
                "select, insert, update (participant_id, name, kind, language, collected_on, state, raw,"
                " waiting, body, cleaned_by, cleaned_at, withdrawn_by, withdrawn_at)"
            ),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy(
                "insert",
                check=(
                    f"{OWN} and {may('edit-evidence')} and brought_in_by = {ME}"
                    " and study_id in (select s.id from evidence_study s)"
                ),
            ),
            Policy("update", f"{OWN} and {may('edit-evidence')}", SAME),
            States(MOVES_OF_SOURCE),
            Settled("stays_clean", "its clean text stays as it is", ("body",), once=CLEAN),
            Settled("stays_withdrawn", "what was taken back is gone", but=(), once="old.state = 'withdrawn'"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["brought_in_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="received", raw__isnull=False, body=None, cleaned_at=None)
                | models.Q(
                    state="ready",
                    raw=None,
                    waiting=None,
                    body__isnull=False,
                    cleaned_by__isnull=False,
                    cleaned_at__isnull=False,
                )
                | models.Q(
                    state="withdrawn",
                    raw=None,
                    waiting=None,
                    body=None,
                    withdrawn_by__isnull=False,
                    withdrawn_at__isnull=False,
                ),
                name="evidence_source_is_raw_or_clean_or_gone",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def file_id(self) -> UUID:
        """Whose key seals it: its own."""
        return self.id


class Identifier(models.Model):
    """A stretch of a raw text that may tell who somebody is, and what a human decided about it.

    In code points from `start` to `end`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey("evidence.Source", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Mentioned)
    decision = models.CharField(max_length=10, choices=Decision, blank=True, db_default=Decision.UNDECIDED)
    replacement = Sealed(null=True, kind="replacement")
    resolved_by = models.UUIDField(null=True)
    resolved_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_(
            "Where words stood that may tell who somebody is, and of which kind they were; not which words."
        ),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "start": _("where in the text it begins"),
            "end": _("where in the text it ends"),
            "kind": _("whether they are a name, a place, a date; not which"),
            "decision": _("whether words that tell who somebody is stay or are replaced; not the words"),
            "replacement": _("what stands there instead"),
        },
        rules=(
            Grant(
                'select, insert, update (start, "end", kind, decision, replacement,'
                " resolved_by, resolved_at), delete"
            ),
            Policy("select", OF_A_SOURCE_THERE),
            Policy("insert", check=OF_A_SOURCE_RECEIVED),
            Policy("update", OF_A_SOURCE_RECEIVED, SAME),
            Policy("delete", OF_A_SOURCE_THERE),
        ),
    )

    class Meta:
        ordering: ClassVar = ["start", "end"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="evidence_identifier_holds_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"

    @property
    def file_id(self) -> UUID:
        """Whose key seals it: the source's."""
        return self.source_id
