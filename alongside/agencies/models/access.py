"""What one asks and another confirms: seats, roles, letting back in, and closing a seat."""

from typing import ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.agencies.models.accounts import ARRANGES
from alongside.agencies.models.agencies import OPERATOR, SIGNING_IN, Kind
from alongside.agencies.roles import Role
from alongside.kernel import clock
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ME,
    NOBODYS,
    OWN,
    Grant,
    Policy,
    Protection,
    Record,
    by_ctxo,
    may,
)

CODE_SHOWN = f"({SIGNING_IN} and code_hash = (select ctx.shown_code()))"
FACE = {
    "name": _("Name in English"),
    "name_fr": _("Name in French"),
    "face": _("Neutral name in English"),
    "face_fr": _("Neutral name in French"),
    "kind": _("What the agency is"),
}
A_COLLEAGUES = f"({OWN} and what = 'recovery')"  # whom any colleague may vouch for


class AccessRequest(models.Model):
    """Something that gives or takes access, asked by one and confirmed by an independent second.

    What is confirmed is carried out by the database (`agencies/sql/access.sql`), except what is opened by a
    code that is shown once. Nobody asked: the operator of the machine did. Confirmed by nobody: the operator.
    """

    class What(models.TextChoices):
        """What is asked."""

        SEAT = "seat", _("A seat")
        RECOVERY = "recovery", _("Coming back in")
        ROLE = "role", _("Another role")
        RETURN = "return", _("A seat again")
        SUSPENSION = "suspension", _("A seat closed for now")
        DEPARTURE = "departure", _("The end of a seat")
        FACE = "face", _("What people see of the agency")

    WAITS, OPEN, DONE, WITHDRAWN, OLD = "waits", "open", "done", "withdrawn", "old"
    CLOSES = (What.SUSPENSION, What.DEPARTURE)  # at once, until it is confirmed or lapses

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20, choices=What)
    worker = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey("agencies.Account", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=100, blank=True, db_default="")
    role = models.CharField(max_length=20, choices=Role, blank=True, db_default="")
    also_second_step = models.BooleanField(db_default=False)
    facts = models.JSONField(null=True)  # names, faces and kind of the agency, as they are to be
    asked_by = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    code_hash = models.BinaryField(max_length=32, null=True)
    until = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("Which worker was to be given or lose access, who asked and who confirmed."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "what": _("what was asked: a seat, a role, coming back in, or the end of a seat"),
            "name": _("the name of whoever was invited"),
            "role": _("in which role"),
            "facts": _("names, neutral names and kind of the agency, as they are to be"),
            "also_second_step": _("whether the second step was set anew too"),
            "code_hash": _("the hash of the code that was shown once"),
        },
        rules=(
            Grant(
                "select, insert, update (confirmed_by_id, confirmed_at, code_hash, until,"
                " done_at, withdrawn_at)"
            ),
            *by_ctxo("select, update (withdrawn_at)"),
            Policy(
                "select",
                f"{ARRANGES} or {A_COLLEAGUES} or ({OWN} and {may('hear-of-seats')}) or worker_id = {ME}"
                f" or {CODE_SHOWN} or {OPERATOR}",
            ),
            Policy("insert", check=f"({ARRANGES} and asked_by_id = {ME}) or {OPERATOR}"),
            Policy("update", f"{ARRANGES} or {A_COLLEAGUES} or {CODE_SHOWN} or {OPERATOR}"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | models.Q(confirmed_at__isnull=False),
                name="access_confirmed_by_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("asked_by"))
                & ~models.Q(confirmed_by=models.F("worker"))
                & ~models.Q(asked_by=models.F("worker")),
                name="access_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(code_hash__isnull=True) | models.Q(confirmed_at__isnull=False),
                name="access_needs_two",
            ),
            models.CheckConstraint(
                condition=models.Q(what__in=("seat", "face"), worker__isnull=True)
                | ~models.Q(what__in=("seat", "face")) & models.Q(worker__isnull=False),
                name="access_of_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def state(self) -> str:
        """Where this stands now."""
        if self.done_at:
            return self.DONE
        if self.withdrawn_at:
            return self.WITHDRAWN
        if self.until <= clock.now():
            return self.OLD
        return self.OPEN if self.code_hash else self.WAITS

    @property
    def changes(self) -> list[tuple[Promise, str, str]]:
        """What people would see otherwise of the agency: what it is called, as it is, as it is to be."""
        said = {name: (str(getattr(self.agency, name)), str(to)) for name, to in (self.facts or {}).items()}
        kinds = dict(Kind.choices)
        return [
            (FACE[name], str(kinds.get(was, was)), str(kinds.get(to, to)))
            for name, (was, to) in sorted(said.items())
            if was != to and name in FACE
        ]

    @property
    def closes(self) -> bool:
        """Whether the seat is closed while this waits."""
        return self.what in self.CLOSES

    @property
    def whose(self) -> str:
        """The name of whoever gains or loses by it."""
        return self.worker.name if self.worker else self.name or str(self.agency)
