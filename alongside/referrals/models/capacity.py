"""Asking another agency what it has, before there is anybody to name."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.agencies.declarations import takes_only_packages
from alongside.kernel import vocabulary
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    BY_NOW,
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
from alongside.kernel.rls.models import code_constraints
from alongside.referrals.models.requests import Reason

AS_ASKED = (
    "state = 'asked' and reason = '' and possible_from is null and answered_at is null"
    " and lapses_at <= day + interval '2 days' and day <= asked_at + interval '181 days'"
    f" and asked_at <= {BY_NOW}"
)
OF_AN_AGENCY_THAT_ANSWERS = (
    "exists (select 1 from agencies_agency g"
    f" where g.id = {{table}}.to_agency_id and not {takes_only_packages('g')})"
)
STANDS = "lapses_at > statement_timestamp()"
THEIRS = f"to_agency_id = (select ctx.agency()) and {may('answer-requests')} and {STANDS}"


class CapacityRequest(models.Model):
    """What kind of service, which day, for how many, in which languages: codes and numbers, nobody in it.

    No file, no agreement and no words: what can’t be typed can’t tell who somebody is. It lapses by itself
    with the day, for both.
    """

    class State(models.TextChoices):
        """Where it stands."""

        ASKED = "asked", _("Asked, not yet answered")
        YES = "yes", _("They could")
        NOT_YET = "not-yet", _("Not yet")
        NO = "no", _("They can’t")

        @property
        def is_answered_for_good(self) -> bool:
            """Whether there is nothing more to say."""
            return self in (CapacityRequest.State.YES, CapacityRequest.State.NO)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    to_agency_id = models.UUIDField()
    need = models.CharField(max_length=40)
    day = models.DateField()
    people = models.PositiveSmallIntegerField()
    languages = ArrayField(models.CharField(max_length=20), db_default=[], blank=True)
    state = models.CharField(max_length=20, choices=State, db_default=State.ASKED)
    possible_from = models.DateField(null=True)
    reason = models.CharField(max_length=20, choices=Reason, blank=True, db_default="")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    lapses_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("That an agency asked another for room of some kind on a day, for how many; not for whom."),
        record=Record.TRANSIENT,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency asked"),
            "to_agency_id": _("which other agency"),
            "need": _("the general kind of need, from the list"),
            "day": _("for which day"),
            "people": _("for how many"),
            "languages": _("in which languages, from the list"),
            "state": _("where the request stands"),
            "possible_from": _("from which day on it is possible"),
            "reason": _("why, from the list"),
        },
        rules=(
            Grant("select, insert, update"),
            Policy("select", f"{OWN} and {may('keep-files')} and {STANDS}", name="asker_select"),
            Policy("select", THEIRS, name="asked_select"),
            Policy(
                "insert",
                check=f"{OWN} and {may('keep-files')} and asked_by = {ME} and {AS_ASKED} and {STANDS}",
            ),
            Policy("insert", check=OF_AN_AGENCY_THAT_ANSWERS, name="of_who_answers", restrictive=True),
            Policy("update", THEIRS, SAME),
            States(
                {
                    State.ASKED: {State.YES, State.NOT_YET, State.NO},
                    State.NOT_YET: {State.YES, State.NO},
                    State.YES: set(),
                    State.NO: set(),
                }
            ),
            Settled(
                "answer_only",
                "only the answer may be changed here",
                but=("state", "possible_from", "reason", "answered_at"),
            ),
            Settled(
                "answered_now",
                "it is answered now, and after it was asked",
                ("answered_at",),
                once=f"new.answered_at < old.asked_at or new.answered_at > {BY_NOW}",
            ),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(agency_id=F("to_agency_id")), name="asked_of_another_agency"),
            models.CheckConstraint(
                condition=Q(state="no") & ~Q(reason="") | ~Q(state="no") & Q(reason=""),
                name="a_no_has_its_reason",
            ),
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=50), name="for_one_to_fifty"),
            *code_constraints(
                "capacity",
                need=vocabulary.NEEDS,
                reason=Reason,
                languages=vocabulary.LANGUAGES,
                many=("languages",),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency_id"], name="capacity_by_agency"),
            models.Index(fields=["to_agency_id"], name="capacity_of_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.day}"

    @property
    def as_asked(self) -> str:
        """Where it stands, as the agency asked reads it; `get_state_display` says it to the asker."""
        return str(STATES_AS_ASKED[self.State(self.state)])

    @property
    def is_open(self) -> bool:
        """Whether an answer can still be given."""
        return not self.State(self.state).is_answered_for_good


STATES_AS_ASKED = {
    CapacityRequest.State.ASKED: _("Asks us, not yet answered"),
    CapacityRequest.State.YES: _("We said that we could"),
    CapacityRequest.State.NOT_YET: _("We said: not yet"),
    CapacityRequest.State.NO: _("We said: we can’t"),
}
