"""Seats that were offered, and workers who are let back in: what is opened by a code shown once."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.agencies.models.accounts import ARRANGES
from alongside.agencies.models.agencies import OPERATOR, SIGNING_IN
from alongside.agencies.roles import Role
from alongside.kernel import clock
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import ME, NOBODYS, OWN, Grant, Policy, Protection, Record

CODE_SHOWN = f"({SIGNING_IN} and code_hash = (select ctx.shown_code()))"


def _paired(by: str, at: str, name: str) -> models.CheckConstraint:
    """Both or neither: a moment without its person tells nothing."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{by}__isnull": True, f"{at}__isnull": True})
        | models.Q(**{f"{by}__isnull": False, f"{at}__isnull": False}),
        name=name,
    )


class Invitation(models.Model):
    """A seat offered to somebody, opened with a code that is shown once.

    Two administrators stand behind it where an agency has two.
    """

    WAITS, OPEN, ACCEPTED, WITHDRAWN, OLD = "waits", "open", "accepted", "withdrawn", "old"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=20, choices=Role)
    invited_by = models.ForeignKey(
        "agencies.Worker", on_delete=models.PROTECT, null=True, related_name="+"
    )  # null: the operator of the machine
    invited_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    code_hash = models.BinaryField(max_length=32, null=True)
    until = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("Who was offered a seat, by whom."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "name": _("the name of whoever was invited"),
            "role": _("in which role"),
            "code_hash": _("the hash of the code that was shown once"),
        },
        rules=(
            Grant(
                "select, insert, update (confirmed_by_id, confirmed_at, code_hash, until,"
                " accepted_at, withdrawn_at)"
            ),
            Policy(
                "select",
                f"{ARRANGES} or {CODE_SHOWN} or {OPERATOR}",
            ),
            Policy(
                "insert",
                check=f"({ARRANGES} and invited_by_id = {ME}) or {OPERATOR}",
            ),
            Policy(
                "update",
                f"{ARRANGES} or {CODE_SHOWN}",
            ),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-invited_at"]
        constraints: ClassVar = [
            _paired("confirmed_by", "confirmed_at", "invitation_confirmed_by_at"),
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("invited_by")),
                name="invitation_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """Where the invitation stands now."""
        if self.accepted_at:
            return self.ACCEPTED
        if self.withdrawn_at:
            return self.WITHDRAWN
        if self.until <= clock.now():
            return self.OLD
        return self.OPEN if self.code_hash else self.WAITS


class Recovery(models.Model):
    """A locked-out worker let back in by two colleagues.

    One starts, another confirms, and a code sets a new passphrase.
    """

    WAITS, OPEN, USED, WITHDRAWN, OLD = "waits", "open", "used", "withdrawn", "old"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("agencies.Account", on_delete=models.PROTECT, related_name="+")
    also_second_step = models.BooleanField(db_default=False)
    started_by = models.ForeignKey(
        "agencies.Worker", on_delete=models.PROTECT, null=True, related_name="+"
    )  # null: the operator of the machine
    started_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("agencies.Worker", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    code_hash = models.BinaryField(max_length=32, null=True)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("Which worker was let back in, by whom."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "also_second_step": _("whether the second step was set anew too"),
            "code_hash": _("the hash of the code that was shown once"),
        },
        rules=(
            Grant(
                "select, insert, update (confirmed_by_id, confirmed_at, code_hash,"
                " until, used_at, withdrawn_at)"
            ),
            Policy(
                "select",
                f"{OWN} or {CODE_SHOWN} or {OPERATOR}",
            ),
            Policy(
                "insert",
                check=f"({ARRANGES} and started_by_id = {ME} and code_hash is null) or {OPERATOR}",
            ),
            Policy(
                "update",
                f"{OWN} or {CODE_SHOWN}",
                f"({OWN} and (confirmed_by_id = {ME} or withdrawn_at is not null)) or {CODE_SHOWN}",
            ),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-started_at"]
        constraints: ClassVar = [
            _paired("confirmed_by", "confirmed_at", "recovery_confirmed_by_at"),
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("started_by"))
                & ~models.Q(confirmed_by=models.F("worker")),
                name="recovery_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(code_hash__isnull=True)
                | models.Q(confirmed_by__isnull=False)
                | models.Q(started_by__isnull=True),
                name="recovery_needs_two",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def state(self) -> str:
        """Where this stands now."""
        if self.used_at:
            return self.USED
        if self.withdrawn_at:
            return self.WITHDRAWN
        if self.until <= clock.now():
            return self.OLD
        return self.OPEN if self.code_hash else self.WAITS
