"""Pots, their ledgers, and who may approve how much."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.agencies.queries import Role
from alongside.files.declarations import OPERATES
from alongside.fund.ledger import Account, Act
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    BY_NOW,
    ME,
    NOBODYS,
    OWN,
    AppendOnly,
    Grant,
    Kept,
    Policy,
    Protection,
    Record,
    Settled,
    by_ctxo,
    may,
)

SEES = f"{OWN} and {may('see-fund')}"
KEEPS = f"{OWN} and {may('keep-fund')}"
ACTS = f"({may('ask-fund')} or {may('approve-fund')})"
# Until the last day of a pot is over everywhere in Ontario, by the row and by the database's own clock.
TAKES_STILL = (
    "exists (select 1 from fund_pot p where p.id = {pot} and p.agency_id = {table}.agency_id"
    " and greatest({at}, statement_timestamp()) < (p.ends_on + 1)::timestamp at time zone 'America/Winnipeg')"
)
OF_A_POT = "exists (select 1 from fund_pot p where p.id = {table}.pot_id and p.agency_id = {table}.agency_id)"
OF_A_PAYMENT = (
    "exists (select 1 from fund_purchase a join fund_instalment i on i.purchase_id = a.id"
    " where a.id = {table}.purchase_id and i.id = {table}.instalment_id and a.pot_id = {table}.pot_id"
    " and ({table}.act <> 'commit' or (a.state = 'approved' and a.cents = {table}.cents)))"
)
ITS_OWN = "its pot is one agency's, and nobody else may write anything of it"


class Pot(models.Model):
    """Money for one purpose until one day, from one funder."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    name = models.CharField(max_length=80)
    ends_on = models.DateField()
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("Which pots of money an agency has for small purchases, and until when."),
        record=Record.SERVICE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency's"),
            "name": _("what a pot is called"),
            "ends_on": _("until when it pays"),
        },
        rules=(
            Grant("select, insert, update (name, ends_on)"),
            Policy("select", f"{OWN} and ({may('see-fund')} or {OPERATES})"),
            Policy("insert", check=f"{KEEPS} and opened_by = {ME} and opened_at <= {BY_NOW}"),
            # whoever takes from it locks it; only who keeps it changes it
            Policy("update", f"{OWN} and ({may('see-fund')} or {OPERATES})", KEEPS),
            Kept("a pot stays in the books"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["ends_on", "id"]

    def __str__(self) -> str:
        return self.name

    def has_ended(self, day: date) -> bool:
        """Whether it takes nothing any more."""
        return day > self.ends_on


class PotAccount(models.Model):
    """What stands in one account of a pot; moved by its entries alone, and never below nothing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    pot = models.ForeignKey("fund.Pot", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, choices=Account)
    cents = models.BigIntegerField(db_default=0)

    protection: ClassVar = Protection(
        tells=_("How much of a pot is left, set aside and paid."),
        record=Record.SERVICE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency's"),
            "code": _("which account of a pot"),
            "cents": _("how much stands in it"),
        },
        unique={"fund_one_account_of_a_kind": ITS_OWN},
        rules=(
            Grant("select, insert"),
            *by_ctxo("select, update (cents)"),
            Policy("select", f"{OWN} and ({may('see-fund')} or {OPERATES})"),
            Policy("insert", check=f"{KEEPS} and cents = 0 and {OF_A_POT}"),
            Kept("an account stays in the books"),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pot", "code"], name="fund_one_account_of_a_kind"),
            models.CheckConstraint(condition=models.Q(code__in=Account.values), name="fund_account_there_is"),
            models.CheckConstraint(
                condition=models.Q(code=Account.GRANTED, cents__lte=0)
                | ~models.Q(code=Account.GRANTED) & models.Q(cents__gte=0),
                name="fund_never_below_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display()


class Transaction(models.Model):
    """One line of a pot's ledger: what was done, and how much it moved."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    pot = models.ForeignKey("fund.Pot", on_delete=models.PROTECT, related_name="+")
    purchase = models.ForeignKey("fund.Purchase", null=True, on_delete=models.PROTECT, related_name="+")
    instalment = models.ForeignKey("fund.Instalment", null=True, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=Act)
    cents = models.PositiveBigIntegerField()
    made_by = models.UUIDField(null=True)  # nobody: a month that was due, by itself
    made_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("The ledger of a pot: when what kind of small thing was paid, and how much. Not for whom."),
        record=Record.SERVICE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency's"),
            "act": _("what was done with the money"),
            "cents": _("how much"),
        },
        rules=(
            Grant("select, insert"),
            Grant("select", to="ctxo"),
            Policy("select", "current_user = 'ctxo'", to="ctxo"),
            Policy("select", f"{OWN} and ({may('see-fund')} or {OPERATES})"),
            Policy(
                "insert",
                check=f"{OWN} and made_at <= {BY_NOW} and {OF_A_POT} and case"
                f" when act in ('allot', 'take-back') then purchase_id is null and instalment_id is null"
                f" and made_by = {ME} and {may('keep-fund')}"
                f" else {OF_A_PAYMENT} and ((made_by = {ME} and {ACTS})"
                f" or (act = 'commit' and made_by is null and {OPERATES})) end",
            ),
            Policy(
                "insert",
                check=f"act not in ('allot', 'commit') or {TAKES_STILL}".format(
                    pot="{table}.pot_id", at="{table}.made_at", table="{table}"
                ),
                name="takes_still",
                restrictive=True,
            ),
            AppendOnly("what stands in the books is corrected by another line"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["pot", "-made_at"], name="fund_ledger_of_a_pot")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(act__in=Act.values), name="fund_act_there_is"),
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="fund_more_than_nothing"),
            models.UniqueConstraint(
                fields=["instalment"],
                condition=models.Q(act__in=[Act.COMMIT]),
                name="fund_set_aside_once",
            ),
            models.UniqueConstraint(
                fields=["instalment"], condition=models.Q(act__in=[Act.PAY]), name="fund_paid_once"
            ),
        ]

    def __str__(self) -> str:
        return self.get_act_display()


class Entry(models.Model):
    """One side of a transaction: into an account, or out of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    transaction = models.ForeignKey("fund.Transaction", on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=12, choices=Account)
    cents = models.BigIntegerField()

    protection: ClassVar = Protection(
        tells=_("The two sides of each line of a ledger. Not for whom."),
        record=Record.SERVICE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency's"),
            "account": _("which account of a pot"),
            "cents": _("how much went into it or out of it"),
        },
        unique={"fund_one_entry_an_account": ITS_OWN},
        rules=(
            Grant("select, insert"),
            Grant("select", to="ctxo"),
            Policy("select", "current_user = 'ctxo'", to="ctxo"),
            Policy("select", f"{OWN} and ({may('see-fund')} or {OPERATES})"),
            Policy(
                "insert",
                check=f"{OWN} and exists (select 1 from fund_transaction t where t.id = transaction_id"
                f" and t.agency_id = {{table}}.agency_id and (t.made_by = {ME}"
                f" or (t.made_by is null and {OPERATES})))",
            ),
            AppendOnly("what stands in the books is corrected by another line"),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["transaction", "account"], name="fund_one_entry_an_account"),
            models.CheckConstraint(condition=~models.Q(cents=0), name="fund_entry_moves_something"),
        ]

    def __str__(self) -> str:
        return self.account


class Limit(models.Model):
    """Up to how much a role, or one seat, may approve."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    role = models.CharField(max_length=20, blank=True, db_default="")
    worker_id = models.UUIDField(null=True)
    cents = models.PositiveBigIntegerField()
    set_by = models.UUIDField()
    set_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("Up to how much money which role or worker may approve."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency's"),
            "role": _("which role"),
            "worker_id": _("which worker"),
            "cents": _("up to how much"),
        },
        rules=(
            Grant("select, insert, update (cents, set_by, set_at), delete"),
            Policy("select", SEES),
            Policy("insert", check=f"{KEEPS} and set_by = {ME} and set_at <= {BY_NOW}"),
            Policy("update", KEEPS, f"{KEEPS} and set_by = {ME} and set_at <= {BY_NOW}"),
            Policy("delete", f"{KEEPS} and worker_id is not null"),
            Settled("for_whom", "for whom a limit is stays as it is", columns=("role", "worker_id")),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency_id", "role"],
                condition=models.Q(worker_id=None),
                name="fund_one_limit_a_role",
            ),
            models.UniqueConstraint(
                fields=["agency_id", "worker_id"],
                condition=models.Q(worker_id__isnull=False),
                name="fund_one_limit_a_seat",
            ),
            models.CheckConstraint(
                condition=models.Q(worker_id=None, role__in=list(Role))
                | models.Q(worker_id__isnull=False, role=""),
                name="fund_limit_of_a_role_or_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return self.role
