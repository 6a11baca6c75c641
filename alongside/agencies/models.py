"""Tables of the agencies, their workers, and the accounts with which workers sign in."""

from typing import ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.agencies.roles import Permission, Role, Sector, may
from alongside.kernel import clock, geography
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import ME, NOBODYS, OWN, Grant, Policy, Protection, Record, by_ctxo


class Kind(models.TextChoices):
    """What an agency is.

    Shown beside its name wherever somebody decides whether to share with it (practice.md 1.3).
    """

    OPEN_DESK = "open-desk", _("Open desk")
    SHELTER = "shelter", _("Shelter")
    HOUSING = "housing", _("Housing")
    COUNSELLING = "counselling", _("Counselling")
    INDIGENOUS_LED = "indigenous-led", _("Indigenous-led")
    CHILD_PROTECTION = "child-protection", _("Child protection")
    HOSPITAL = "hospital", _("Hospital")
    HEALTH_CENTRE = "health-centre", _("Community health centre")
    MENTAL_HEALTH = "mental-health", _("Mental health and substance use")
    LEGAL_CLINIC = "legal-clinic", _("Legal clinic")
    VICTIM_SERVICES = "victim-services", _("Victim services")
    POLICE = "police", _("Police")
    CROWN = "crown", _("Crown")


class Regime(models.TextChoices):
    """Which privacy law the agency answers to.

    The content of each is in the jurisdiction pack (practice.md 2.1).
    """

    PHIPA = "phipa", _("Health information (PHIPA)")
    CYFSA = "cyfsa", _("Child, youth and family (CYFSA, Part X)")
    FIPPA = "fippa", _("Provincial institution (FIPPA)")
    MFIPPA = "mfippa", _("Municipal institution or police (MFIPPA)")
    PIPEDA = "pipeda", _("Private sector (PIPEDA)")
    NONE = "none", _("No statute: express agreement always")
    INDIGENOUS = "indigenous", _("Indigenous governance")


OPERATOR = "coalesce((select ctx.role()) = 'operator', false)"
SIGNING_IN = "(select ctx.signing_in())"
ARRANGES = f"((select ctx.arranges_seats()) and {OWN})"
CODE_SHOWN = f"({SIGNING_IN} and code_hash = (select ctx.shown_code()))"
INVITED = (
    "exists (select 1 from agencies_invitation i where i.code_hash = (select ctx.shown_code())"
    " and i.accepted_at is null and i.withdrawn_at is null and i.until > statement_timestamp()"
)


class TimeZone(models.TextChoices):
    """Where the agency's clocks stand: Ontario has two, one on each side of 90° west."""

    EASTERN = geography.EASTERN
    CENTRAL = geography.CENTRAL


class Agency(models.Model):
    """An agency. `face` is what stands on screens where the programme's own name would give somebody away."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(unique=True, help_text="Short name for the operator's commands.")
    name = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200, blank=True, db_default="")
    face = models.CharField(max_length=100, blank=True, db_default="")
    face_fr = models.CharField(max_length=100, blank=True, db_default="")
    sector = models.CharField(max_length=20, choices=Sector)
    kind = models.CharField(max_length=30, choices=Kind)
    regime = models.CharField(max_length=20, choices=Regime, db_default=Regime.NONE)
    division = models.CharField(
        max_length=60, blank=True, db_default="", help_text="Census division code of the agency's own place."
    )
    time_zone = models.CharField(max_length=20, choices=TimeZone, db_default=TimeZone.EASTERN)

    protection: ClassVar = Protection(
        tells=_("The agencies that take part."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "slug": _("the agency's short name"),
            "name": _("the agency's name"),
            "name_fr": _("the agency's name in French"),
            "face": _("the neutral name shown instead"),
            "face_fr": _("the neutral name in French"),
            "sector": _("which sector"),
            "kind": _("what the agency is"),
            "regime": _("which privacy law it answers to"),
            "division": _("the agency's census division"),
            "time_zone": _("where its clocks stand"),
        },
        unique={
            "agencies_agency_slug_key": "agencies are public; only the operator adds one",
        },
        rules=(
            Grant("select, insert, update (name, name_fr, face, face_fr, kind, regime, division)"),
            Policy(
                "select",
                f"(select ctx.account()) is not null or {OPERATOR} or {SIGNING_IN}",
            ),
            Policy("insert", check=OPERATOR),
            Policy(
                "update",
                f"{OPERATOR} or ((select ctx.arranges_seats()) and id = (select ctx.agency()))",
            ),
            *by_ctxo("select"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.shown_name

    @property
    def full_name(self) -> str:
        """The programme's own name, in the reader's language where it has one."""
        return (self.name_fr if get_language() == "fr" else "") or self.name

    @property
    def shown_name(self) -> str:
        """The neutral face if the agency has one, else its name."""
        return (self.face_fr if get_language() == "fr" else "") or self.face or self.full_name


class Accounts(BaseUserManager["Account"]):
    """How Django makes and finds accounts."""

    def create_user(self, username: str, password: str | None = None, **_extra: object) -> "Account":
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
                " and exists (select 1 from agencies_recovery r where r.code_hash = (select ctx.shown_code())"
                " and r.account_id = agencies_account.id and r.used_at is null"
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
        },
        rules=(
            Grant("select, insert, update (name, role, left_at)"),
            Policy(
                "update",
                f"{ARRANGES} or {OPERATOR}",
            ),
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
