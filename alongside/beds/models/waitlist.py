"""Tables of the waiting lists: who waits, and why a place was offered out of turn."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.beds.models.requests import BY_EITHER, PLACE, Answer, Profile
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


class WaitingState(models.TextChoices):
    """Where somebody stands on a waiting list."""

    WAITING = "waiting", _("Waiting")
    OFFERED = "offered", _("A place is offered")
    ACCEPTED = "accepted", pgettext_lazy("of a person who was offered something", "They said yes")
    MOVED_IN = "moved-in", _("Moved in")
    DECLINED = "declined", _("They chose otherwise")
    LEFT = "left", _("No longer waiting")
    NOT_OFFERED = "not-offered", _("Not offered")


MOVES_OF_WAITING = {
    WaitingState.WAITING: {WaitingState.OFFERED, WaitingState.LEFT, WaitingState.NOT_OFFERED},
    WaitingState.OFFERED: {
        WaitingState.ACCEPTED,
        WaitingState.DECLINED,
        WaitingState.WAITING,
        WaitingState.LEFT,
    },
    WaitingState.ACCEPTED: {
        WaitingState.MOVED_IN,
        WaitingState.WAITING,
        WaitingState.DECLINED,
        WaitingState.LEFT,
    },
    WaitingState.MOVED_IN: set(),
    WaitingState.DECLINED: {WaitingState.WAITING, WaitingState.LEFT},
    WaitingState.LEFT: set(),
    WaitingState.NOT_OFFERED: set(),
}


class Waiting(Profile):
    """A place on a waiting list. Everybody waits in the order in which they were written down."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offering = models.ForeignKey("beds.Offering", on_delete=models.PROTECT, related_name="+", db_index=False)
    shelter_id = models.UUIDField()
    agency_id = models.UUIDField()
    handle = models.CharField(max_length=60)
    state = models.CharField(max_length=15, choices=WaitingState, db_default=WaitingState.WAITING)
    joined_by = models.UUIDField()
    joined_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=15, choices=Answer, blank=True, db_default="")
    moved_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("The same for somebody who waits for a place of some months, or for a home."),
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
            "handle": _("two other neutral words, for this wait only"),
            "state": _("where the wait stands: whether a place was offered, whether somebody moved in"),
            "answer": _("“no space” or “not a fit”"),
        },
        rules=(
            Grant("select, insert, update"),
            Policy("select", BY_EITHER),
            Policy("update", BY_EITHER, SAME),
            Policy("insert", check=f"{OWN} and {may('keep-files')}"),
            *by_ctxo("select"),
            States(MOVES_OF_WAITING),
            Settled("settled", "nobody is moved in the line", (*PLACE, "joined_at")),
        ),
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["offering", "joined_at", "id"], name="beds_line"),
            models.Index(fields=["agency_id", "state"], name="beds_waits_for"),
            models.Index(fields=["shelter_id", "state"], name="beds_waits_at"),
        ]

    def __str__(self) -> str:
        return self.handle


class Turn(models.TextChoices):
    """Why a place is offered to somebody before those who have waited longer. Only the shelter knows."""

    NOT_A_FIT = "not-a-fit", _("Those before do not fit this place")
    ASKED_LATER = "asked-later", _("Those before asked to wait")
    NOT_REACHED = "not-reached", _("Those before can’t be reached")
    SUITED = "suited", _("This place has what they need, and the others need it less")


class OutOfTurn(models.Model):
    """That a place was offered out of turn, and why, as a code.

    In the shelter's own custody, never seen by anybody who waits.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    waiting = models.ForeignKey("beds.Waiting", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Turn)
    offered_by = models.UUIDField()
    offered_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("That a shelter offered a place out of turn, and why, as a code."),
        record=Record.NAMELESS,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "reason": _("why, from the list"),
        },
        rules=(
            Grant("select, insert"),
            Policy("select", f"{OWN} and {may('answer-for-beds')}"),
            Policy("insert", check=f"{OWN} and {may('answer-for-beds')}"),
        ),
    )

    def __str__(self) -> str:
        return self.reason
