"""What somebody said that may be printed one day, and where that stands."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ME,
    NOBODYS,
    OWN,
    Grant,
    Policy,
    Protection,
    Record,
    Settled,
    States,
    may,
)
from alongside.kernel.rls.models import Sealed


class State(models.TextChoices):
    """Where a quote stands (practice.md 6).

    Nobody's words are printed before they have seen exactly these and said so.
    """

    COLLECTED = "collected", _("To be shown")
    SHOWN = "shown", _("Shown")
    AS_IS = "as_is", _("As they said it")
    EDITED = "edited", _("In their own new words")
    PARAPHRASE = "paraphrase", _("Told in other words")
    NO = "no", _("They said no")
    WITHDRAWN = "withdrawn", pgettext_lazy("of a quote", "Taken back")


AGAIN = {
    State.COLLECTED,
    State.SHOWN,
    State.WITHDRAWN,
}  # other words are shown anew; the same words may be, to go on for longer or to end

MOVES = {
    State.COLLECTED: {State.SHOWN, State.WITHDRAWN},
    State.SHOWN: {State.COLLECTED, State.AS_IS, State.EDITED, State.PARAPHRASE, State.NO, State.WITHDRAWN},
    State.AS_IS: AGAIN,
    State.EDITED: AGAIN,
    State.PARAPHRASE: AGAIN,
    State.NO: set[State](),
    State.WITHDRAWN: set[State](),
}

AGREED = (State.AS_IS, State.EDITED, State.PARAPHRASE)

OVER = (State.NO, State.WITHDRAWN)

# What a row of another table has to name: a quote that the asker sees, and a wording of that quote.
OF_A_QUOTE = "(quote_id, holder_id) in (select q.id, q.holder_id from quotes_quote q)"

OF_ITS_WORDING = "(quote_id, wording_id) in (select w.quote_id, w.id from quotes_quotewording w)"


def only_destroyed(column: str) -> Settled:
    """Words that are destroyed, or stay as they were."""
    why = "words are destroyed or stay as they were"
    return Settled("only_destroyed", why, (column,), once=f"new.{column} is not null")


class OfQuote(models.Model):
    """A row about one quote.

    `holder_id` says whose key seals it: the source's where there is one, so that both are gone together.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    quote = models.ForeignKey("quotes.Quote", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    holder_id = models.UUIDField()

    class Meta:
        abstract = True
        ordering: ClassVar = ["id"]

    @property
    def file_id(self) -> UUID:
        """Whose key seals it."""
        return self.holder_id


class Quote(models.Model):
    """Something somebody said that may be printed one day, if they say so. Nothing joins it to a file."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    holder_id = models.UUIDField()
    study = models.ForeignKey("evidence.Study", on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey("evidence.Code", on_delete=models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey("evidence.Source", on_delete=models.PROTECT, null=True, related_name="+")
    participant = models.ForeignKey(
        "evidence.Participant", on_delete=models.PROTECT, null=True, related_name="+"
    )
    passage_id = models.UUIDField(
        null=True, help_text="The coding it was taken from; that may be gone by now."
    )
    lived = models.BooleanField(db_default=True, help_text="Whether they speak from their own experience.")
    language = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=State, db_default=State.COLLECTED)
    wording = models.ForeignKey("quotes.QuoteWording", on_delete=models.PROTECT, null=True, related_name="+")
    consent = models.ForeignKey("quotes.QuoteConsent", on_delete=models.PROTECT, null=True, related_name="+")
    terms = Sealed(null=True, kind="quoteconsent", help_text="What is being agreed, until it is read back.")
    collected_by = models.UUIDField()
    collected_at = models.DateTimeField()
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_(
            "That somebody said something that may be printed one day, of which study and theme, "
            "and where that stands; not what."
        ),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "lived": _("whether somebody speaks from their own experience"),
            "language": _("the language it was said in"),
            "state": _("where a quote stands: to be shown, shown, agreed to, a no, taken back"),
            "terms": _("what is being agreed, until it is read back"),
        },
        rules=(
            Grant(
                "select, insert, update (theme_id, state, wording_id, consent_id, terms,"
                " withdrawn_by, withdrawn_at)"
            ),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy(
                "insert",
                check=(
                    f"{OWN} and {may('edit-evidence')} and collected_by = {ME}"
                    " and study_id in (select s.id from evidence_study s)"
                ),
            ),
            Policy(
                "update",
                f"{OWN} and {may('edit-evidence')}",
                f"{OWN} and {may('edit-evidence')} and coalesce(withdrawn_by, {ME}) = {ME}",
            ),
            States(MOVES, begins=(State.COLLECTED,)),
            Settled(
                "stays_taken_back",
                "what was taken back stays taken back",
                ("wording_id", "consent_id"),
                once="old.state in ('no', 'withdrawn')",
            ),
            Settled(
                "shown_again", "new words are shown again", ("wording_id",), once="new.state <> 'collected'"
            ),
        ),
    )

    class Meta:
        ordering: ClassVar = ["collected_at", "id"]
        indexes: ClassVar = [models.Index(fields=["study", "state"], name="quotes_of_study")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=AGREED, consent__isnull=False, wording__isnull=False)
                | (~models.Q(state__in=AGREED) & models.Q(consent=None)),
                name="quotes_agreed_has_an_agreement",
            ),
            models.CheckConstraint(
                condition=models.Q(state="withdrawn", withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                | (~models.Q(state="withdrawn") & models.Q(withdrawn_by=None, withdrawn_at=None)),
                name="quotes_taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def file_id(self) -> UUID:
        """Whose key seals it: the source's, or its own where there is no source."""
        return self.holder_id

    @property
    def speaker_id(self) -> UUID:
        """Who speaks, as far as that can be told apart.

        Who took part, else the source, else nobody but this quote.
        """
        return self.participant_id or self.source_id or self.id

    @property
    def agreed(self) -> bool:
        """Whether the speaker agreed to these words."""
        return self.state in AGREED

    @property
    def over(self) -> bool:
        """Whether there is nothing left to do, because they said no or took it back."""
        return self.state in OVER
