"""Tables of the quotes.

The words, who saw them, what they agreed to, and what was asked before anybody else could read them.
"""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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


class Wording(models.TextChoices):
    """Whose words these are."""

    VERBATIM = "as_is", _("As they were said")
    EDITED = "edited", _("As they would rather put it")
    PARAPHRASE = "paraphrase", _("Told in other words, not theirs")


class Way(models.TextChoices):
    """How somebody saw or heard the exact words."""

    PAPER = "paper", _("On paper")
    SCREEN = "screen", _("On a screen, together")
    ALOUD = "aloud", _("Read aloud to them")
    TELEPHONE = "telephone", _("Read out on the telephone")


class ShownBy(models.TextChoices):
    """Who showed the words: as a role, never a name (practice.md 9, trap 18)."""

    ME = "me", _("I did")
    INTERVIEWER = "interviewer", _("Whoever spoke with them then")
    TRUSTED = "trusted", _("A worker they trust")


class Attribution(models.TextChoices):
    """What stands under the words. The speaker chooses."""

    NOTHING = "nothing", _("Nothing")
    LIVED = "lived", _("“A person with lived experience”")
    ROLE = "role", _("A role")
    ROLE_REGION = "role_region", _("A role and a region")
    NAME = "name", _("A name they choose")


class Audience(models.TextChoices):
    """Who may read the words. Each is agreed to by itself."""

    TABLE = "table", _("Agencies at the table")
    FUNDER = "funder", _("A funder")
    PUBLIC = "public", _("Anybody: the brief is public")


class Recognised(models.TextChoices):
    """Would the person who hurt them recognise this?"""

    NO = "no", _("No, I don’t think so")
    COULD = "could", _("They could, or I am not sure")


class Translator(models.TextChoices):
    """Who translated: never a name."""

    US = "us", _("Somebody here")
    SPEAKER = "speaker", _("The speaker")
    CERTIFIED = "certified", _("A certified translator")
    COMMUNITY = "community", _("Somebody from their community")


class Trace(models.TextChoices):
    """By what somebody could be recognised."""

    DATES = "dates", _("A date, a season, how long ago")
    PLACES = "places", _("A place, a building, a road")
    ROLES = "roles", _("Who somebody is: a job, a family, an age")
    IDIOMS = "idioms", _("A turn of phrase that is theirs")
    EVENTS = "events", _("Something that happened only once")
    SMALL = "small", _("So few people that one of them is easy to guess")


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
    terms = Sealed(null=True, help_text="What is being agreed, until it is read back.")
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


class QuoteWording(OfQuote):
    """The words as they stood from one change to the next.

    Never changed; destroyed with a no or a withdrawal.
    """

    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Wording)
    words = Sealed(null=True)
    digest = models.BinaryField(max_length=32, help_text="A keyed hash of the words.")
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("How often the words were changed, and when; not the words."),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "number": _("how often the words were changed"),
            "kind": _(
                "whether these are the words that were said, others the speaker chose, or a paraphrase"
            ),
            "words": _("what was said"),
            "digest": _("a keyed hash of the words; its key goes when the words go"),
        },
        rules=(
            Grant("select, insert, update (words)"),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy(
                "insert",
                check=f"{OWN} and {may('edit-evidence')} and written_by = {ME} and {OF_A_QUOTE}",
            ),
            Policy("update", f"{OWN} and {may('edit-evidence')}", SAME),
            only_destroyed("words"),
        ),
    )

    class Meta(OfQuote.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency_id", "quote", "number"], name="quotes_wordings_follow_each_other"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class QuoteReview(OfQuote):
    """That the speaker saw exactly these words: when, how, and who showed them. Never changed."""

    wording = models.ForeignKey("quotes.QuoteWording", on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32, help_text="The keyed hash of the words that were seen.")
    way = models.CharField(max_length=12, choices=Way)
    shown_by_role = models.CharField(max_length=12, choices=ShownBy)
    shown_by = models.UUIDField(help_text="Who wrote it down.")
    shown_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("When and how the speaker saw the words."),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "digest": _("a keyed hash of the words; its key goes when the words go"),
            "way": _("how the words were seen: on paper, on a screen, read aloud"),
            "shown_by_role": _("who showed the words, as a code"),
        },
        rules=(
            Grant("select, insert"),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy(
                "insert",
                check=f"{OWN} and {may('edit-evidence')} and shown_by = {ME} and {OF_A_QUOTE}"
                " and (quote_id, wording_id, digest) in (select q.id, w.id, w.digest from quotes_quote q"
                " join quotes_quotewording w on w.id = q.wording_id)",
            ),
        ),
    )

    def __str__(self) -> str:
        return self.way


class QuoteConsent(OfQuote):
    """What the speaker said after seeing the words. Never changed: another answer is another row."""

    review = models.ForeignKey("quotes.QuoteReview", on_delete=models.PROTECT, related_name="+")
    yes = models.BooleanField()
    attribution = models.CharField(max_length=12, choices=Attribution, blank=True, db_default="")
    names = Sealed(null=True, help_text="The role or the chosen name, in each language.")
    region = models.CharField(max_length=20, blank=True, db_default="")
    audiences = ArrayField(models.CharField(max_length=10, choices=Audience), db_default=[], blank=True)
    may_translate = models.BooleanField(db_default=False)
    until = models.DateField(null=True)
    heard_by = models.UUIDField()
    heard_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_(
            "When the speaker said yes or no; to which readers and until when; "
            "never who they are, nor the name they chose."
        ),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "yes": _("whether the speaker said yes or no"),
            "attribution": _(
                "what stands under a quote, as a code: nothing, a role, a name they choose; not which"
            ),
            "names": _("the role or the name the speaker chose"),
            "region": _("a coarse region"),
            "audiences": _("who may read it, as codes"),
            "may_translate": _("whether it may be translated"),
        },
        rules=(
            Grant("select, insert, update (names)"),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy(
                "insert",
                check=f"{OWN} and {may('edit-evidence')} and heard_by = {ME} and {OF_A_QUOTE}"
                " and (quote_id, review_id) in (select s.quote_id, s.id from quotes_quotereview s)",
            ),
            Policy("update", f"{OWN} and {may('edit-evidence')}", SAME),
            only_destroyed("names"),
        ),
    )

    class Meta(OfQuote.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(yes=False, until=None, audiences=[])
                | models.Q(yes=True, until__isnull=False, audiences__len__gt=0),
                name="quotes_a_yes_is_for_somebody_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return "yes" if self.yes else "no"


class QuoteTranslation(OfQuote):
    """A translation of one wording.

    Printed only once a second person has checked it, and always marked as translated.
    """

    wording = models.ForeignKey("quotes.QuoteWording", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=20)
    words = Sealed(null=True)
    translator = models.CharField(max_length=12, choices=Translator, db_default=Translator.US)
    translated_by = models.UUIDField()
    translated_at = models.DateTimeField()
    checked_by = models.UUIDField(null=True)
    checked_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("That a quote was translated, and checked by a second person."),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "language": _("the language it was said in"),
            "words": _("what was said, in the other language"),
            "translator": _("who translated, as a code"),
        },
        rules=(
            Grant("select, insert, update (words, checked_by, checked_at)"),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy(
                "insert",
                check=f"{OWN} and {may('edit-evidence')} and translated_by = {ME} and checked_by is null"
                f" and {OF_A_QUOTE} and {OF_ITS_WORDING}",
            ),
            Policy(
                "update",
                f"{OWN} and {may('edit-evidence')}",
                f"{OWN} and {may('edit-evidence')} and (checked_by = {ME} or words is null)",
            ),
            only_destroyed("words"),
        ),
    )

    class Meta(OfQuote.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(checked_by=None, checked_at=None)
                | (
                    models.Q(checked_by__isnull=False, checked_at__isnull=False)
                    & ~models.Q(checked_by=models.F("translated_by"))
                ),
                name="quotes_a_second_person_checks",
            ),
        ]

    def __str__(self) -> str:
        return self.language


class QuoteCheck(OfQuote):
    """Whether the person who hurt them would recognise these words, as somebody thought about it.

    Never changed; each wording is asked anew.
    """

    wording = models.ForeignKey("quotes.QuoteWording", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Recognised)
    traces = ArrayField(models.CharField(max_length=10, choices=Trace), db_default=[], blank=True)
    reasons = Sealed(null=True)
    their_choice = models.BooleanField(
        db_default=False, help_text="They know that somebody could, and want it printed all the same."
    )
    checked_by = models.UUIDField()
    checked_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_(
            "Whether somebody could be recognised by a quote, as was thought, and by what kind of thing."
        ),
        record=Record.EVIDENCE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "answer": _("whether somebody could be recognised by it, as was thought"),
            "traces": _("by what, as codes: a date, a place; not which"),
            "reasons": _("by what somebody could be recognised"),
            "their_choice": _("that the speaker knows, and wants it printed all the same"),
        },
        rules=(
            Grant("select, insert, update (reasons)"),
            Policy("select", f"{OWN} and {may('edit-evidence')}"),
            Policy(
                "insert",
                check=f"{OWN} and {may('edit-evidence')} and checked_by = {ME} and {OF_A_QUOTE}"
                f" and {OF_ITS_WORDING}",
            ),
            Policy("update", f"{OWN} and {may('edit-evidence')}", SAME),
            only_destroyed("reasons"),
        ),
    )

    def __str__(self) -> str:
        return self.answer
