"""That somebody saw the words, and what they agreed to."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
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
from alongside.quotes.models.quotes import OF_A_QUOTE, OfQuote, only_destroyed


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
            hidden_while_destroyed("holder_id"),
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
