"""Whether somebody could be recognised by the words."""

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
from alongside.quotes.models.quotes import OF_A_QUOTE, OF_ITS_WORDING, OfQuote, only_destroyed


class Recognised(models.TextChoices):
    """Would the person who hurt them recognise this?"""

    NO = "no", _("No, I don’t think so")
    COULD = "could", _("They could, or I am not sure")


class Trace(models.TextChoices):
    """By what somebody could be recognised."""

    DATES = "dates", _("A date, a season, how long ago")
    PLACES = "places", _("A place, a building, a road")
    ROLES = "roles", _("Who somebody is: a job, a family, an age")
    IDIOMS = "idioms", _("A turn of phrase that is theirs")
    EVENTS = "events", _("Something that happened only once")
    SMALL = "small", _("So few people that one of them is easy to guess")


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
            hidden_while_destroyed("holder_id"),
            only_destroyed("reasons"),
        ),
    )

    def __str__(self) -> str:
        return self.answer
