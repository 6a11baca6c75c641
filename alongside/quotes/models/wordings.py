"""The words of a quote as they stood, and their translations."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.rls.declarations import (
    ME,
    NOBODYS,
    OWN,
    SAME,
    Grant,
    Policy,
    Protection,
    Record,
    hidden_while_destroyed,
    may,
)
from alongside.kernel.rls.models import Sealed
from alongside.quotes.models.quotes import OF_A_QUOTE, OF_ITS_WORDING, OfQuote, only_destroyed


class Wording(models.TextChoices):
    """Whose words these are."""

    VERBATIM = "as_is", _("As they were said")
    EDITED = "edited", _("As they would rather put it")
    PARAPHRASE = "paraphrase", _("Told in other words, not theirs")


class QuoteWording(OfQuote):
    """The words as they stood from one change to the next.

    Never changed; destroyed with a no or a withdrawal.
    """

    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Wording)
    words = Sealed(null=True, kind="quote")
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
            hidden_while_destroyed("holder_id"),
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


class Translator(models.TextChoices):
    """Who translated: never a name."""

    US = "us", _("Somebody here")
    SPEAKER = "speaker", _("The speaker")
    CERTIFIED = "certified", _("A certified translator")
    COMMUNITY = "community", _("Somebody from their community")


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
            hidden_while_destroyed("holder_id"),
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
