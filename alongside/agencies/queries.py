"""Who belongs where, as far as the asker may know."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.validators import slug_re
from django.db.models import BooleanField, F, Func, QuerySet, Value

from alongside.agencies.models import Account, Agency, Invitation, Kind, Recovery, Regime, Worker
from alongside.agencies.roles import Role, Sector, roles_with
from alongside.agencies.rules import (
    Capabilities,
    capabilities_of,
    check_can_answer,
    check_can_ask,
    check_can_keep_files,
    check_can_search_files,
    may_answer,
    may_ask,
    may_keep_files,
    may_search_files,
)
from alongside.kernel import clock, ctx, geography, one_time_codes

__all__ = [  # what a sector and a role may do is asked by the folders above, which meet this one only here
    "Capabilities",
    "Role",
    "capabilities_of",
    "check_can_answer",
    "check_can_ask",
    "check_can_keep_files",
    "check_can_search_files",
    "may_answer",
    "may_ask",
    "may_keep_files",
    "may_search_files",
    "roles_with",
]

ROLES = [
    Role.ADMINISTRATOR,
    Role.LEADER,
    Role.PRIVACY_OFFICER,
    Role.COORDINATOR,
    Role.CASEWORKER,
    Role.INTAKE,
    Role.SPECIALIST,
    Role.COMPANION,
    Role.EDITOR,
    Role.DATA_STEWARD,
]


def seated(worker_id: UUID) -> Worker | None:
    """Return a worker with their agency and account in one statement, if the signed context may see them."""
    return Worker.objects.select_related("agency", "account").filter(pk=worker_id, left_at=None).first()


def get_agency(agency_id: UUID) -> Agency:
    """Return one agency.

    :raises Agency.DoesNotExist: if there is none
    """
    return Agency.objects.get(pk=agency_id)


def agencies_by_id(
    ids: "set[UUID] | list[UUID]", known: dict[UUID, Agency] | None = None
) -> dict[UUID, Agency]:
    """Return these agencies by their id, in one statement.

    In none, when all of them are `known` to the caller already.
    """
    known = known or {}
    return known | Agency.objects.in_bulk([i for i in ids if i not in known])


def other_agencies(worker: Worker) -> QuerySet[Agency]:
    """Every agency but the worker's own: whom one could ask."""
    return Agency.objects.exclude(pk=worker.agency_id)


def colleagues(worker: Worker) -> QuerySet[Worker]:
    """The workers of the asker's own agency who are there now."""
    return Worker.objects.filter(agency_id=worker.agency_id, left_at=None)


def colleagues_who_meet_people(worker: Worker) -> QuerySet[Worker]:
    """The colleagues a person could choose as their lead worker."""
    return colleagues(worker).filter(role__in=roles_with("meet-people"))


def names_of(worker: Worker, ids: "set[UUID]") -> dict[UUID, str]:
    """Names of whoever did something, as far as they are the asker's colleagues or were.

    Who does something now, or will, is asked of `names_of_present`.
    """
    return dict(Worker.objects.filter(pk__in=ids, agency_id=worker.agency_id).values_list("pk", "name"))


def names_of_present(worker: Worker, ids: "set[UUID]") -> dict[UUID, str]:
    """Names of these workers, as far as they are the asker's colleagues now: nobody who left."""
    return dict(colleagues(worker).filter(pk__in=ids).values_list("pk", "name"))


def account_named(username: str) -> Account | None:
    """Return the account of that user name; only before sign-in, or one's own."""
    return Account.objects.filter(username__iexact=username).first()


def has_seat(account: Account) -> bool:
    """Whether this account belongs to an agency just now; before sign-in, or about oneself."""
    return Worker.objects.filter(account=account, left_at=None).exists()


def colleague(worker: Worker, worker_id: UUID) -> Worker:
    """Return one colleague of the asker's own agency, there now or not.

    :raises Worker.DoesNotExist: if there is none in that agency
    """
    return Worker.objects.select_related("agency").get(pk=worker_id, agency_id=worker.agency_id)


def people_of(worker: Worker) -> list[Worker]:
    """Everybody who is in the asker's agency now, by role and name."""
    return sorted(
        colleagues(worker), key=lambda colleague: (ROLES.index(Role(colleague.role)), colleague.name)
    )


def has_independent_second(by: Worker) -> bool:
    """Whether another administrator is there who may confirm what this one asks."""
    independent = Func(
        F("pk"), Value(by.pk), function="ctx.is_independent_second", output_field=BooleanField()
    )
    return colleagues(by).filter(independent, role=Role.ADMINISTRATOR).exists()


def invitations_for(worker: Worker) -> list[Invitation]:
    """Invitations of the asker's agency that are waiting or open, newest first."""
    live = Invitation.objects.filter(
        agency_id=worker.agency_id, accepted_at=None, withdrawn_at=None, until__gt=clock.now()
    )
    return list(live.select_related("invited_by"))


def recoveries_for(worker: Worker) -> list[Recovery]:
    """Colleagues being helped back in, as far as this is under way."""
    live = Recovery.objects.filter(
        agency_id=worker.agency_id, used_at=None, withdrawn_at=None, until__gt=clock.now()
    )
    return list(live.select_related("worker", "started_by"))


def invitation_by_code(code: str) -> Invitation | None:
    """Return the invitation that this code opens, if it may still be accepted; only before sign-in."""
    ctx.show_code(one_time_codes.shown(code))
    found = Invitation.objects.select_related("agency").filter(code_hash=one_time_codes.kept(code)).first()
    return found if found and found.state == Invitation.OPEN else None


def recovery_by_code(code: str) -> Recovery | None:
    """Return what this code lets somebody recover, if it still may; only before sign-in."""
    ctx.show_code(one_time_codes.shown(code))
    found = Recovery.objects.filter(code_hash=one_time_codes.kept(code)).first()
    return found if found and found.state == Recovery.OPEN else None


def role_choices() -> list[tuple[str, Any]]:
    """The roles somebody can be given, with their names."""
    return list(Role.choices)


def fact_choices() -> dict[str, list[tuple[str, Any]]]:
    """What an agency's kind, regime and sector can be."""
    return {"sector": list(Sector.choices), "kind": list(Kind.choices), "regime": list(Regime.choices)}


@dataclass(frozen=True)
class Factors:
    """What an account signs in with beside the passphrase."""

    passkeys: list[Authenticator]
    authenticator: Authenticator | None
    recovery_codes: Authenticator | None
    codes_left: int

    @property
    def any(self) -> bool:
        """Whether there is a second step at all."""
        return bool(self.passkeys or self.authenticator)


def factors_of(account: Account) -> Factors:
    """Return the asker's own second steps."""
    found = list(Authenticator.objects.filter(user_id=account.pk).order_by("pk"))
    by_type = {factor.type: factor for factor in found}
    recovery = by_type.get(Authenticator.Type.RECOVERY_CODES)
    return Factors(
        passkeys=[factor for factor in found if factor.type == Authenticator.Type.WEBAUTHN],
        authenticator=by_type.get(Authenticator.Type.TOTP),
        recovery_codes=recovery,
        codes_left=len(recovery.wrap().get_unused_codes()) if recovery else 0,
    )


def nobody_yet(username: str) -> Account:
    """Return an account that isn't kept, for holding a passphrase against a user name."""
    return Account(username=username)


def seat_of(account: Account) -> Worker:
    """Return the seat this account holds now.

    :raises Worker.DoesNotExist: if it holds none
    """
    return Worker.objects.select_related("agency").get(account=account, left_at=None)


def division_of(agency: Agency) -> geography.Area | None:
    """Return the census division of the agency's own place, if it says one."""
    return geography.DIVISIONS.get(agency.division)


def agency_by_slug(slug: str) -> Agency | None:
    """Return the agency of that short name; by the operator."""
    return Agency.objects.filter(slug=slug).first()


def slugs() -> list[str]:
    """Short names of all agencies; by the operator."""
    return list(Agency.objects.order_by("slug").values_list("slug", flat=True))


def is_slug(text: str) -> bool:
    """Whether this can be an agency's short name."""
    return bool(slug_re.match(text)) and len(text) <= 50


def seated_as(username: str) -> Worker | None:
    """Return the worker who signs in with that name; by the operator."""
    return Worker.objects.filter(account__username__iexact=username, left_at=None).first()
