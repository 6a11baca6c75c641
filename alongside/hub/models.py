"""The tables of a hub: the place, its agencies, who sits there today, and who waits."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.files.declarations import OPERATES
from alongside.hub.words import WORDS
from alongside.kernel import vocabulary
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
    Trigger,
    by_ctxo,
    may,
)
from alongside.kernel.rls.models import Sealed, code_constraints
from alongside.visits.queries import Topic

TODAY = "(statement_timestamp() at time zone 'America/Toronto')::date"
A_MEMBER = "hub_id = any ((select ctx.hubs())::uuid[])"
# Whoever sits there today and whose agency keeps files; never police, the Crown, child protection or any
# other agency of the criminal-legal sector (practice.md 1.3).
SEES_WHO_WAITS = "hub_id = any ((select ctx.hubs_sat_at('queue'))::uuid[])"
HAS_THE_DESK = "hub_id = any ((select ctx.hubs_sat_at('desk'))::uuid[])"
NOT_KEPT_OUT = "not (kept_out && (select ctx.principals()))"


class Hub(models.Model):
    """A place that several agencies share."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=100)
    name_fr = models.CharField(max_length=100, blank=True, db_default="")

    protection: ClassVar = Protection(
        tells=_("The places that several agencies share."),
        record=Record.SERVICE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={"name": _("the place's name"), "name_fr": _("the place's name in French")},
        rules=(
            Grant("select, insert"),
            Policy("select", f"id = any ((select ctx.hubs())::uuid[]) or {OPERATES}"),
            Policy("insert", check=OPERATES),
        ),
    )

    class Meta:
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return (self.name_fr if get_language() == "fr" else "") or self.name


class Member(models.Model):
    """An agency of a hub, and when it is there next."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    next_on = models.DateField(null=True)
    next_for = models.CharField(max_length=40, blank=True, db_default="", help_text="A need, from the list.")

    protection: ClassVar = Protection(
        tells=_("Which agencies share a place, and when each is there next."),
        record=Record.SERVICE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "hub_id": _("which place"),
            "agency_id": _("which agency"),
            "next_on": _("the day it is there next"),
            "next_for": _("what for, from the list"),
        },
        unique={"an_agency_is_once_at_a_hub": "only the operator adds one"},
        rules=(
            Grant("select, insert, update (next_on, next_for), delete"),
            *by_ctxo("select (hub_id, agency_id)"),
            Policy("select", f"{A_MEMBER} or {OPERATES}"),
            Policy("insert", check=OPERATES),
            Policy("update", f"{OWN} and {may('meet-people')}"),
            Policy("delete", OPERATES),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hub", "agency_id"], name="an_agency_is_once_at_a_hub"),
            *code_constraints("hub_member", next_for=vocabulary.NEEDS),
        ]

    def __str__(self) -> str:
        return str(self.agency_id)


class Sitting(models.Model):
    """That a worker sits at a hub today, until when, and whether they are with somebody."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    worker_id = models.UUIDField(unique=True)
    called = models.CharField(max_length=40, help_text="What the other agencies read, as the worker said it.")
    sits_on = models.DateField()
    until = models.DateTimeField()
    busy_until = models.DateTimeField(null=True)
    desk_since = models.DateTimeField(null=True, help_text="Since when they have the desk.")

    protection: ClassVar = Protection(
        tells=_("Which worker sits at a shared place today, and until when. Gone with the day."),
        record=Record.TRANSIENT,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "hub_id": _("which place"),
            "agency_id": _("that worker's agency"),
            "called": _("what they are called there"),
            "sits_on": _("the day"),
            "desk_since": _("since when they have the desk"),
        },
        unique={"hub_sitting_worker_id_key": "nobody writes a row of another worker"},
        rules=(
            Grant("select, insert, update (hub_id, called, sits_on, until, busy_until, desk_since), delete"),
            *by_ctxo("select, delete"),
            Policy("select", f"{A_MEMBER} and sits_on = {TODAY}"),
            Policy("insert", check=f"{A_MEMBER} and {OWN} and worker_id = {ME} and sits_on = {TODAY}"),
            Policy("update", f"worker_id = {ME}", f"{A_MEMBER} and worker_id = {ME} and sits_on = {TODAY}"),
            Policy("delete", f"worker_id = {ME}"),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(called__regex=r"\S"), name="whoever_sits_is_called_something"
            )
        ]

    def __str__(self) -> str:
        return self.called


class Waiting(models.Model):
    """Somebody waits: a word of the day, about what, and whom they want to see, in order.

    No name, no file, no visit. It is deleted when they go, and with the day at the latest.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    word = models.CharField(max_length=20)
    topic = models.CharField(max_length=10, choices=Topic.choices, blank=True, db_default="")
    services = ArrayField(models.UUIDField(), default=list, blank=True)
    kept_out = ArrayField(models.TextField(), default=list, blank=True)
    waits_on = models.DateField()
    came_at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)

    protection: ClassVar = Protection(
        tells=_(
            "That somebody waits at a shared place today, about what in general. Not who. Gone with the day."
        ),
        record=Record.TRANSIENT,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "hub_id": _("which place"),
            "agency_id": _("whose worker met them first"),
            "word": _("a word of chance by which they are called today"),
            "topic": _("what it is about, from a list of eight"),
            "services": _("which agencies they want to see"),
            "kept_out": _("who is not to see that they wait"),
            "waits_on": _("the day"),
            "worker_id": _("who is with them now"),
        },
        unique={"a_word_is_one_person_s": "a word of chance, drawn anew where it is taken"},
        rules=(
            Grant("select, insert, update (services, worker_id), delete"),
            *by_ctxo("select, delete"),
            Policy("select", f"{SEES_WHO_WAITS} and waits_on = {TODAY} and {NOT_KEPT_OUT}"),
            Policy("insert", check=f"{SEES_WHO_WAITS} and {OWN} and waits_on = {TODAY}"),
            Policy("update", f"{SEES_WHO_WAITS} and waits_on = {TODAY} and {NOT_KEPT_OUT}", SAME),
            Policy("delete", f"{SEES_WHO_WAITS} and {NOT_KEPT_OUT}"),
            Trigger("forget_not_while", "after delete", "ctx.forget_not_while()"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["came_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hub", "word", "waits_on"], name="a_word_is_one_person_s"),
            *code_constraints("hub_waiting", always=("word",), word=WORDS, topic=Topic.values),
        ]

    def __str__(self) -> str:
        return self.word


class NotWhile(models.Model):
    """While whom somebody does not want to be here: their words, for whoever has the desk.

    Nobody is looked up.
    """

    waiting = models.OneToOneField(
        Waiting, on_delete=models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="+"
    )
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    words = Sealed(kind="notwhile")

    protection: ClassVar = Protection(
        tells=_("That somebody who waits does not want to meet somebody there; not whom. Gone with the day."),
        record=Record.TRANSIENT,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "waiting_id": _("which of those who wait"),
            "hub_id": _("which place"),
            "words": _("while whom they do not want to be there"),
        },
        rules=(
            Grant("select, insert"),
            *by_ctxo("select (waiting_id), delete"),
            Policy(
                "select",
                f"{HAS_THE_DESK} and exists (select 1 from hub_waiting w where w.id = waiting_id)",
            ),
            Policy(
                "insert",
                check=f"{SEES_WHO_WAITS} and exists (select 1 from hub_waiting w where w.id = waiting_id"
                " and w.hub_id = hub_notwhile.hub_id and w.agency_id = (select ctx.agency()))",
            ),
            Settled("settled", "what somebody said stays as they said it", but=()),
        ),
    )

    def __str__(self) -> str:
        return "…"
