"""Tables of asking for a bed: what somebody needs, where a request stands, and what is held for it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    NOBODYS,
    OWN,
    SAME,
    Grant,
    Policy,
    Protection,
    Record,
    Settled,
    States,
    by_ctxo,
    may,
)
from alongside.kernel.rls.models import Sealed


class State(models.TextChoices):
    """Where a request for a bed stands (practice.md 5)."""

    DRAFTED = "drafted", _("Not yet asked")
    ASKED = "asked", _("Asked, not yet answered")
    SOFT_HOLD = "soft-hold", _("A bed is held")
    OFFERED = "offered", _("Being talked over with them")
    ACCEPTED = "accepted", pgettext_lazy("of a person who was offered something", "They said yes")
    EN_ROUTE = "en-route", _("On the way")
    ARRIVED = "arrived", _("Arrived")
    NOT_COME = "no-show", _("Not this time")
    RELEASED = "released", _("Let go")
    DECLINED = "declined", _("They chose otherwise")
    NOT_OFFERED = "not-offered", _("Not offered")


# Where the shelter moves a request, and where its asker does, for the person.
BY_SHELTER = {State.SOFT_HOLD, State.ARRIVED, State.NOT_COME, State.NOT_OFFERED}
BY_ASKER = {State.OFFERED, State.ACCEPTED, State.EN_ROUTE, State.DECLINED, State.RELEASED}
MOVES = {
    State.DRAFTED: {State.ASKED, State.SOFT_HOLD, State.RELEASED},
    State.ASKED: {State.SOFT_HOLD, State.NOT_OFFERED, State.RELEASED},
    State.SOFT_HOLD: {
        State.OFFERED,
        State.ACCEPTED,
        State.EN_ROUTE,
        State.ARRIVED,
        State.DECLINED,
        State.RELEASED,
        State.NOT_OFFERED,
    },
    State.OFFERED: {
        State.ACCEPTED,
        State.EN_ROUTE,
        State.ARRIVED,
        State.DECLINED,
        State.RELEASED,
        State.NOT_OFFERED,
    },
    State.ACCEPTED: {
        State.EN_ROUTE,
        State.ARRIVED,
        State.NOT_COME,
        State.DECLINED,
        State.RELEASED,
        State.NOT_OFFERED,
    },
    State.EN_ROUTE: {State.ARRIVED, State.NOT_COME, State.DECLINED, State.RELEASED, State.NOT_OFFERED},
    State.NOT_COME: {State.ARRIVED},  # came after all
    State.RELEASED: {State.ARRIVED},
    State.ARRIVED: set(),
    State.DECLINED: set(),
    State.NOT_OFFERED: set(),
}


class Answer(models.TextChoices):
    """What a shelter says when it can't. Two words on purpose: a finer one would tell who is in the house."""

    FULL = "full", _("No space")
    NOT_A_FIT = "not-a-fit", _("Not a fit")


class Profile(models.Model):
    """What somebody needs of a place. No name, nothing that says who."""

    age = models.PositiveSmallIntegerField(null=True, blank=True)
    gender = models.CharField(max_length=20, blank=True, db_default="")
    household = models.CharField(max_length=20, blank=True, db_default="")
    children = ArrayField(
        models.PositiveSmallIntegerField(), db_default=[], blank=True, help_text="Their ages."
    )
    circumstances = ArrayField(models.CharField(max_length=40), db_default=[], blank=True)
    languages = ArrayField(models.CharField(max_length=20), db_default=[], blank=True)

    class Meta:
        abstract = True


PROFILE = ("age", "gender", "household", "children", "circumstances", "languages")
PLACE = ("id", "offering_id", "shelter_id", "agency_id", "handle")
BY_EITHER = (
    f"({OWN} and {may('keep-files')}) or (shelter_id = (select ctx.agency()) and {may('answer-for-beds')})"
)


class Request(Profile):
    """Asking one shelter for a bed tonight.

    The handle stands for the person on both sides; it is nobody's file.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offering = models.ForeignKey("beds.Offering", on_delete=models.PROTECT, related_name="+", db_index=False)
    shelter_id = models.UUIDField()
    agency_id = models.UUIDField()
    handle = models.CharField(max_length=60)
    keep_apart = Sealed(
        null=True, help_text="Names they chose to have looked for in the house; gone with the answer."
    )
    state = models.CharField(max_length=15, choices=State, db_default=State.DRAFTED)
    asked_by = models.UUIDField()
    drafted_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=15, choices=Answer, blank=True, db_default="")
    moved_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_(
            "That an agency asked a shelter for a bed for somebody without a name: when, how it went,"
            " and how old they are, with whom they come and what they need. Together this can single "
            "somebody out for whoever knows them already."
        ),
        record=Record.NAMELESS,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "age": _("their age, where somebody said it"),
            "gender": _("as who they would come, from the list"),
            "household": _("with whom they come, from the list"),
            "children": _("how old the children are"),
            "circumstances": _("what they need or bring along, from the list"),
            "languages": _("which languages they speak"),
            "shelter_id": _("which shelter"),
            "agency_id": _("which agency keeps it"),
            "handle": _("two other neutral words, for this request only"),
            "keep_apart": _(
                "names of whom they must not meet, if they chose to have them looked for; "
                "gone with the answer"
            ),
            "state": _("where the request stands: whether a bed was held, whether somebody came"),
            "answer": _("“no space” or “not a fit”"),
        },
        rules=(
            Grant("select, insert, update"),
            Policy(
                "select",
                f"({OWN} and {may('keep-files')}) or (state <> 'drafted'"
                f" and shelter_id = (select ctx.agency()) and {may('answer-for-beds')})",
            ),
            Policy(
                "update",
                f"({OWN} and {may('keep-files')}) or (state <> 'drafted'"
                f" and shelter_id = (select ctx.agency()) and {may('answer-for-beds')})",
                SAME,
            ),
            Policy("insert", check=f"{OWN} and {may('keep-files')}"),
            *by_ctxo("select (id, keep_apart, moved_at), update (keep_apart)"),
            States(MOVES),
            States(
                {start: ends & {*BY_SHELTER} for start, ends in MOVES.items()},
                who="old.agency_id <> ctx.agency()",
                name="moves_by_shelter",
            ),
            States(
                {start: ends - BY_SHELTER | ends & {State.SOFT_HOLD} for start, ends in MOVES.items()},
                who="old.shelter_id <> ctx.agency()",
                name="moves_by_asker",
            ),
            Settled("settled", "a request is not passed on", (*PLACE, "drafted_at")),
            Settled(
                "stays_as_asked",
                "what was asked stays as it was asked",
                (*PROFILE, "asked_by", "asked_at"),
                once="old.state <> 'drafted'",
            ),
            Settled(
                "shelter_answers", "the shelter answers", ("answer",), once="old.shelter_id <> ctx.agency()"
            ),
        ),
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["shelter_id", "state"], name="beds_asked_of"),
            models.Index(fields=["agency_id", "state"], name="beds_asked_by"),
            models.Index(fields=["offering"], name="beds_asked_for"),
        ]

    def __str__(self) -> str:
        return self.handle


class Hold(models.Model):
    """One bed or room kept for one request until a moment.

    The slot and the exclusion constraint make two at once impossible.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offering = models.ForeignKey("beds.Offering", on_delete=models.PROTECT, related_name="+", db_index=False)
    shelter_id = models.UUIDField()
    agency_id = models.UUIDField(help_text="The agency it is held for.")
    request = models.ForeignKey("beds.Request", on_delete=models.PROTECT, null=True, related_name="+")
    waiting = models.ForeignKey("beds.Waiting", on_delete=models.PROTECT, null=True, related_name="+")
    token = models.CharField(max_length=12, help_text="What may be said at the door instead of a name.")
    slot = models.PositiveSmallIntegerField(db_default=0, help_text="Given by the database.")
    asker = models.UUIDField(help_text="The worker it is held for; three at a time.")
    asker_slot = models.PositiveSmallIntegerField(null=True, help_text="Given by the database.")
    held_at = models.DateTimeField()
    until = models.DateTimeField()
    extended_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_(
            "That a bed was held, from when until when, for which agency's worker; "
            "and the letters that may be said at the door."
        ),
        record=Record.NAMELESS,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "shelter_id": _("which shelter"),
            "agency_id": _("which agency keeps it"),
            "token": _("letters that may be said at the door instead of a name"),
            "slot": _("which of the beds, by lot"),
            "asker": _("which worker it is held for"),
            "asker_slot": _("which of that worker's three"),
        },
        rules=(
            Grant("select, insert, update"),
            Policy("select", BY_EITHER),
            Policy("update", BY_EITHER, SAME),
            Policy(
                "insert",
                check=f"(shelter_id = (select ctx.agency()) and {may('answer-for-beds')}) or ({OWN}"
                f" and {may('keep-files')} and request_id is not null"
                " and exists (select 1 from beds_offering o where o.id = offering_id"
                " and o.agency_id = shelter_id and o.holds_at_once))",
            ),
            *by_ctxo("select"),
            Settled(
                "settled",
                "a hold is only extended once, or ended once",
                but=("until", "extended_at", "ended_at"),
            ),
            Settled("stays_ended", "a hold that ended stays ended", but=(), once="old.ended_at is not null"),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(request__isnull=True, waiting__isnull=False)
                | models.Q(request__isnull=False, waiting__isnull=True),
                name="beds_held_for_one",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True)
                | models.Q(ended_at__gte=models.F("held_at"), ended_at__lte=models.F("until")),
                name="beds_hold_ends_within",
            ),
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("held_at")), name="beds_hold_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return self.token
