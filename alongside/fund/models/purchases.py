"""What was asked of a pot, each payment of it, and, only here, whose file it is for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import KEEP_BLOCKED
from alongside.files.declarations import OPERATES, custody
from alongside.fund.models.pots import ACTS, ITS_OWN, TAKES_STILL
from alongside.kernel import vocabulary
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ALL,
    BY_NOW,
    ME,
    NOBODYS,
    OWN,
    Grant,
    Kept,
    Person,
    Policy,
    Protection,
    Record,
    Settled,
    States,
    by_ctxo,
    hidden_while_destroyed,
    may,
)
from alongside.kernel.rls.models import FileRow, Sealed

MOST_TIMES = 24
A_RECEIPT = r"^([A-Z]{0,3}-?[0-9][0-9-]{0,18}|)$"
# What whoever asks may approve: what is said of their seat, else of their role.
MY_LIMIT = (
    "coalesce((select l.cents from fund_limit l where l.agency_id = (select ctx.agency())"
    f" and (l.worker_id = {ME} or l.role = (select ctx.role())) order by l.worker_id nulls last limit 1), 0)"
)


class Payee(models.TextChoices):
    """To whom it is paid: never to another on their behalf."""

    PERSON = "person", _("To them")
    SELLER = "seller", _("To the seller")


class State(models.TextChoices):
    """Where a request stands."""

    ASKED = "asked", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    ENDED = "ended", _("Ended")


class Reason(models.TextChoices):
    """Why it was declined, or could not be paid."""

    POT_EMPTY = "pot-empty", _("The pot is empty")
    OVER_LIMIT = "over-limit", _("It is more than anybody here may approve")
    NOT_COVERED = "not-covered", _("No pot pays for this")
    OTHERWISE = "otherwise", _("It is had some other way")


class Status(models.TextChoices):
    """Where one payment stands."""

    LACKING = "lacking", _("Due, and the pot is empty")
    COUNTED = "counted", _("Not paid: counted as a gap")
    COMMITTED = "committed", _("Approved: to be paid")
    RELEASED = "released", _("Not needed after all")
    PAID = "paid", _("Paid, receipt missing")
    CAME_BACK = "came-back", _("The money came back")
    RECEIPTED = "receipted", _("Paid, with a receipt")
    WRITTEN_OFF = "written-off", _("Written off")


MOVES: dict[State, set[State]] = {
    State.ASKED: {State.APPROVED, State.DECLINED, State.WITHDRAWN},
    State.APPROVED: {State.ENDED},
    State.DECLINED: set(),
    State.WITHDRAWN: set(),
    State.ENDED: set(),
}
INSTALMENT_MOVES: dict[Status, set[Status]] = {
    Status.LACKING: {Status.COMMITTED, Status.COUNTED},
    Status.COUNTED: set(),
    Status.COMMITTED: {Status.PAID, Status.RELEASED},
    Status.RELEASED: set(),
    Status.PAID: {Status.RECEIPTED, Status.WRITTEN_OFF, Status.CAME_BACK},
    Status.CAME_BACK: set(),
    Status.RECEIPTED: set(),
    Status.WRITTEN_OFF: set(),
}


class Purchase(models.Model):
    """A small thing that was asked of a pot: kind, amount, how many months. Not for whom."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    pot = models.ForeignKey("fund.Pot", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, help_text="A code of the vocabulary.")
    cents = models.PositiveBigIntegerField(help_text="Each time.")
    times = models.PositiveSmallIntegerField(db_default=1, help_text="Once, or so many months.")
    payee = models.CharField(max_length=6, choices=Payee)
    state = models.CharField(max_length=10, choices=State, db_default=State.ASKED)
    reason = models.CharField(max_length=12, choices=Reason, blank=True, db_default="")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("That something small was asked of a fund: what kind, how much and when. Not for whom."),
        record=Record.NAMELESS,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency's fund"),
            "kind": _("what kind of thing, from a list"),
            "cents": _("how much"),
            "times": _("how many months"),
            "payee": _("whether it goes to the person or to the seller"),
            "state": _("whether it was approved"),
            "reason": _("why it was declined, from a list"),
            "decided_by": _("which worker approved it or declined it"),
        },
        rules=(
            Grant("select, insert, update (state, reason, decided_by, decided_at, ended_by, ended_at)"),
            *by_ctxo("select"),
            Policy("select", f"{OWN} and ({may('see-fund')} or {OPERATES})"),
            Policy(
                "insert",
                check=f"{OWN} and {may('ask-fund')} and asked_by = {ME} and asked_at <= {BY_NOW}"
                f" and {TAKES_STILL}".format(pot="{table}.pot_id", at="{table}.asked_at", table="{table}"),
            ),
            Policy(
                "update",
                f"{OWN} and {ACTS}",
                f"{OWN} and case when state in ('approved', 'declined') then {may('approve-fund')}"
                f" and decided_by = {ME} and (state = 'declined' or cents * times <= {MY_LIMIT})"
                f" else ended_by = {ME} and {ACTS} and (state <> 'withdrawn' or asked_by = {ME}) end",
            ),
            # the months that are due are found, and locked, by themselves
            Policy("update", f"{OWN} and {OPERATES}", "false", name="operator_locks"),
            States(MOVES, begins=(State.ASKED,)),
            Settled(
                "settled",
                "what was asked stays as it was asked",
                but=("state", "reason", "decided_by", "decided_at", "ended_by", "ended_at"),
            ),
            Settled(
                "stays_decided",
                "who decided stays as it was",
                columns=("decided_by", "decided_at", "reason"),
                once="old.decided_by is not null",
            ),
            Kept("what was asked of a pot stays in the books"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["agency_id", "state", "asked_at"], name="fund_asked")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(vocabulary.PURCHASES)),
                name="fund_purchase_kind_holds_codes",
            ),
            models.CheckConstraint(
                condition=models.Q(payee__in=Payee.values), name="fund_purchase_payee_holds_codes"
            ),
            models.CheckConstraint(
                condition=models.Q(state="declined", reason__in=Reason.values)
                | ~models.Q(state="declined") & models.Q(reason=""),
                name="fund_purchase_declined_for_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(cents__gt=0, times__gte=1, times__lte=MOST_TIMES),
                name="fund_purchase_of_something",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None, decided_at=None, state__in=["asked", "withdrawn"])
                | models.Q(
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    state__in=["approved", "declined", "ended"],
                ),
                name="fund_purchase_decided_by_at",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_by=None, ended_at=None, state__in=["asked", "approved", "declined"])
                | models.Q(ended_by__isnull=False, ended_at__isnull=False, state__in=["withdrawn", "ended"]),
                name="fund_purchase_ended_by_at",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
                name="fund_nobody_decides_their_own",
            ),
        ]

    def __str__(self) -> str:
        return vocabulary.label("purchases", self.kind)

    @property
    def total(self) -> int:
        """What all of it comes to, in cents."""
        return self.cents * self.times


class Instalment(models.Model):
    """One payment of a request: the only one, or that of a month."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    purchase = models.ForeignKey("fund.Purchase", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    cents = models.PositiveBigIntegerField(help_text="What is set aside for it, or was spent on it.")
    state = models.CharField(max_length=11, choices=Status, db_default=Status.COMMITTED)
    receipt = models.CharField(max_length=24, blank=True, db_default="")
    moved_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("That a small thing was paid, on which day, and the number of its receipt. Not for whom."),
        record=Record.NAMELESS,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency's fund"),
            "due_on": _("on which day it is due"),
            "cents": _("how much"),
            "state": _("whether it was paid"),
            "receipt": _("the number of a receipt, without a name or a place"),
        },
        unique={"fund_one_payment_a_day": ITS_OWN},
        rules=(
            Grant("select, insert, update (cents, state, receipt, moved_at)"),
            *by_ctxo("select"),
            Policy("select", f"{OWN} and ({may('see-fund')} or {OPERATES})"),
            Policy(
                "insert",
                check=f"{OWN} and ({ACTS} or {OPERATES}) and exists (select 1 from fund_purchase a"
                " where a.id = purchase_id and a.agency_id = {table}.agency_id and a.state = 'approved'"
                " and a.cents = {table}.cents)",
            ),
            Policy("update", f"{OWN} and ({ACTS} or {OPERATES})", f"{OWN} and ({ACTS} or {OPERATES})"),
            States(INSTALMENT_MOVES, begins=(Status.COMMITTED, Status.LACKING)),
            Settled("settled", "what is paid stays what was asked", columns=("purchase_id", "due_on")),
            Kept("a payment stays in the books"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        indexes: ClassVar = [models.Index(fields=["agency_id", "state"], name="fund_payments_by_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase", "due_on"], name="fund_one_payment_a_day"),
            models.CheckConstraint(
                condition=models.Q(state__in=Status.values), name="fund_instalment_state_holds_codes"
            ),
            models.CheckConstraint(
                condition=models.Q(receipt__regex=A_RECEIPT), name="fund_receipt_is_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(state="receipted") | models.Q(receipt=""),
                name="fund_receipt_when_receipted",
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class FilePurchase(FileRow):
    """That something was asked of the fund for the person of a file.

    Only here a file and money are joined, under the key of the file: once that is destroyed, by nobody.
    """

    request = Sealed()
    found_by = models.BinaryField(max_length=32, help_text="The request, hashed under the file's key.")

    protection: ClassVar = Protection(
        tells=_("That something was asked of a fund for somebody, and when. Not what."),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={
            "request": _("which request to the fund"),
            "found_by": _("the same, as a hash that only the file’s key makes"),
        },
        rules=(
            *custody("select, insert"),
            hidden_while_destroyed(),
            KEEP_BLOCKED,
            Settled("settled", "for whom it was asked stays as it is"),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file_id", "found_by"], name="fund_a_request_once_a_file")
        ]
