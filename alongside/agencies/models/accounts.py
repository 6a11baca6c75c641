"""Who signs in, and as which worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from alongside.agencies.models.agencies import OPERATOR, SIGNING_IN, Agency
from alongside.agencies.roles import Permission, Role, guide_of, may
from alongside.kernel import clock
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import NOBODYS, OWN, Grant, Policy, Protection, Record, by_ctxo

if TYPE_CHECKING:
    from uuid import UUID

ARRANGES = f"((select ctx.arranges_seats()) and {OWN})"

INVITED = (
    "exists (select 1 from agencies_accessrequest i where i.what = 'seat'"
    " and i.code_hash = (select ctx.shown_code())"
    " and i.done_at is null and i.withdrawn_at is null and i.until > statement_timestamp()"
)


class Accounts(BaseUserManager["Account"]):
    """How Django makes and finds accounts."""

    def create_user(self, username: str, password: str | None = None, **_extra: object) -> Account:
        """Make an account that may sign in with this passphrase."""
        account = self.model(username=username)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """What a worker signs in with: a user name and a passphrase. No e-mail address, no telephone number."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("user name"), max_length=60, unique=True)
    is_active = models.BooleanField(db_default=True)
    last_login = None  # the sessions say when, and only to their owner

    objects = Accounts()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    protection: ClassVar = Protection(
        tells=_("The user names of workers, and passphrases as Argon2id hashes."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "password": _("the Argon2id hash of the passphrase"),
            "username": _("the user name"),
            "is_active": _("whether the account may sign in"),
        },
        unique={
            "agencies_account_username_key": (
                "only the sign-in pages and the operator add accounts, and both are told so on purpose"
            ),
            "one_account_a_name": (
                "only the sign-in pages and the operator add accounts, and both are told so on purpose"
            ),
        },
        rules=(
            Grant("select, insert, update (password)"),
            Policy(
                "select",
                f"id = (select ctx.account()) or {SIGNING_IN} or {OPERATOR}",
            ),
            Policy(
                "insert",
                check=f"({SIGNING_IN} and {INVITED})) or {OPERATOR}",
            ),
            Policy(
                "update",
                f"id = (select ctx.account()) or ({SIGNING_IN}"
                " and exists (select 1 from agencies_accessrequest r where r.what = 'recovery'"
                " and r.code_hash = (select ctx.shown_code())"
                " and r.account_id = agencies_account.id and r.done_at is null"
                " and r.withdrawn_at is null and r.until > statement_timestamp()))",
            ),
        ),
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("username"), name="one_account_a_name")]

    def __str__(self) -> str:
        return self.username

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the passphrase.

        Never rehashes by itself: before the second step nobody may write to an account.
        """
        return check_password(raw_password, self.password)

    def has_module_perms(self, app_label: str) -> bool:
        """Nobody has Django's own permissions: what may be done stands in each folder's rules."""
        return False


class Worker(models.Model):
    """Somebody's seat in one agency. Names of workers never leave their agency (practice.md, trap 18)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("agencies.Account", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=20, choices=Role)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)
    suspended_until = models.DateTimeField(null=True, editable=False)
    # These are written by the database only (agencies/sql/access.sql); nobody vouched: the operator did.
    # No db_default: Django would have it returned, and whoever takes a seat may not read it yet.
    right_since = models.DateTimeField(editable=False, default=clock.now)
    vouched_by = ArrayField(models.UUIDField(), editable=False, default=list)

    protection: ClassVar = Protection(
        tells=_("The names and roles of workers. Never of the people they work with."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("that worker's agency"),
            "name": _("the worker's name"),
            "role": _("in which role"),
            "vouched_by": _("which colleagues let them in, by id"),
        },
        rules=(
            Grant("select, insert"),
            *by_ctxo("select, update (role, left_at, suspended_until, right_since, vouched_by)"),
            Policy(
                "select",
                f"{OWN} or account_id = (select ctx.account())"
                f" or account_id = (select ctx.signing_in_account()) or {OPERATOR}",
            ),
            Policy(
                "insert",
                check=f"({SIGNING_IN} and {INVITED} and i.agency_id = agencies_worker.agency_id"
                f" and i.role = agencies_worker.role and i.name = agencies_worker.name)) or {OPERATOR}",
            ),
        ),
    )

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def may(self, permission: Permission) -> bool:
        """Whether this worker's role has a permission, in the sector of their agency."""
        return may(permission, self.role, self.agency.sector)

    @property
    def kind(self) -> tuple[str, str]:
        """What a query asks of a worker by, besides their ids (kernel.prepared)."""
        return self.role, self.agency.sector

    @property
    def ids(self) -> tuple[UUID, UUID, UUID]:
        """By what a query tells a worker from others of their kind."""
        return self.pk, self.account_id, self.agency_id

    def stand_in(self, *ids: UUID) -> Worker:
        """One of the same kind with these ids, of whom nothing else is known."""
        its_id, account_id, agency_id = ids
        agency = Agency(id=agency_id, sector=self.agency.sector)
        return Worker(id=its_id, account_id=account_id, agency=agency, role=self.role)

    @property
    def is_suspended(self) -> bool:
        """Whether the seat is closed for now: it counts, and nobody comes in by it."""
        return self.suspended_until is not None and self.suspended_until > clock.now()

    @property
    def guide(self) -> str:
        """Which guide is theirs."""
        return guide_of(self.role, self.agency.sector)

    @property
    def meets_people(self) -> bool:
        """Whether this role reads anything about a person at all."""
        return self.may("meet-people")

    @property
    def arranges_seats(self) -> bool:
        """Whether this role invites, changes roles and lets people leave."""
        return self.may("arrange-seats")

    @property
    def keeps_files(self) -> bool:
        """Whether this worker's agency keeps files here.

        A criminal-legal agency only receives what is addressed to it.
        """
        return self.may("keep-files")
