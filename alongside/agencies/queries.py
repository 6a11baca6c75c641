"""Who belongs where, as far as the asker may know."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.validators import slug_re
from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, Q, QuerySet, Value

from alongside.agencies.models import AccessRequest, Account, Agency, Kind, Regime, Shift, Worker
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
from alongside.kernel.batches import Reading, fetched, reads
from alongside.kernel.prepared import prepared
from alongside.kernel.transliteration import folded

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

NEWS_FOR = timedelta(days=7)
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


@reads
def agencies_by_id(
    ids: "set[UUID] | list[UUID]", known: dict[UUID, Agency] | None = None
) -> Reading[dict[UUID, Agency]]:
    """Return these agencies by their id, in one statement.

    In none, when all of them are `known` to the caller already.
    """
    known = known or {}
    found = _agencies([i for i in ids if i not in known])
    yield [found]
    return known | {agency.pk: agency for agency in found}


@prepared
def _agencies(ids: "list[UUID]") -> QuerySet[Agency]:
    return Agency.objects.filter(pk__in=ids)


def agency_ids() -> list[UUID]:
    """The ids of all agencies: for what has to happen in each although nobody comes by."""
    return list(Agency.objects.order_by("pk").values_list("pk", flat=True))


def agencies_named(words: str) -> set[UUID]:
    """The ids of the agencies in whose name or face these words stand, in either language.

    Capitals and accents make no difference.
    """
    if not (wanted := folded(words.strip())):  # of a smile nothing is left, and nothing stands in every name
        return set()
    names = Agency.objects.values_list("id", "name", "name_fr", "face", "face_fr")
    return {each for each, *called in names if any(wanted in folded(name) for name in called)}


def other_agencies(worker: Worker) -> QuerySet[Agency]:
    """Every agency but the worker's own: whom one could ask."""
    return Agency.objects.exclude(pk=worker.agency_id)


def seats(worker: Worker) -> QuerySet[Worker]:
    """The seats of the asker's own agency that somebody holds, closed for now or not."""
    return Worker.objects.filter(agency_id=worker.agency_id, left_at=None)


def colleagues(worker: Worker) -> QuerySet[Worker]:
    """The workers of the asker's own agency who are there now: neither left nor closed out."""
    return seats(worker).filter(Q(suspended_until=None) | Q(suspended_until__lte=clock.now()))


def colleagues_who_keep_files(worker: Worker) -> QuerySet[Worker]:
    """The colleagues a person could choose as their lead worker."""
    return colleagues(worker).filter(role__in=roles_with("keep-files"))


@prepared
def shifts_of(worker: Worker) -> QuerySet[Shift]:
    """The shift on which this worker is now, if they are on."""
    at = clock.now()
    return Shift.objects.filter(worker_id=worker.pk, starts_at__lte=at, ends_at__gt=at)


def shift_of(worker: Worker) -> Shift | None:
    """The shift on which this worker is now, if they are on."""
    return shifts_of(worker).first()


def is_on(worker: Worker) -> bool:
    """Whether this worker said that they are on."""
    return shift_of(worker) is not None


def on_shift(worker: Worker) -> Exists:
    """Return the condition that this worker said that they are on."""
    return Exists(shifts_of(worker))


def who_is_on(worker: Worker) -> set[UUID]:
    """The numbers of the colleagues who are on just now."""
    return set(numbers_on_shift(worker))


@prepared
def numbers_on_shift(worker: Worker) -> QuerySet[Shift, UUID]:
    """The numbers of the colleagues who are on just now, as they are read."""
    now = clock.now()
    shifts = Shift.objects.filter(agency_id=worker.agency_id, starts_at__lte=now, ends_at__gt=now)
    return shifts.values_list("worker_id", flat=True)


@reads
def names_of(worker: Worker, ids: "set[UUID]") -> Reading[dict[UUID, str]]:
    """Names of whoever did something, as far as they are the asker's colleagues or were.

    Who does something now, or will, is asked of `names_of_present`.
    """
    return dict((yield from fetched(_named(worker, ids))))


@prepared
def _named(worker: Worker, ids: "set[UUID]") -> QuerySet[Worker, tuple[UUID, str]]:
    return Worker.objects.filter(pk__in=ids, agency_id=worker.agency_id).values_list("pk", "name")


@reads
def names_of_present(worker: Worker, ids: "set[UUID]") -> Reading[dict[UUID, str]]:
    """Names of these workers, as far as they are the asker's colleagues now: nobody who left."""
    return dict((yield from fetched(_named_present(worker, ids))))


@prepared
def _named_present(worker: Worker, ids: "set[UUID]") -> QuerySet[Worker, tuple[UUID, str]]:
    return colleagues(worker).filter(pk__in=ids).values_list("pk", "name")


@reads
def names_of_keepers(worker: Worker, ids: "set[UUID]") -> Reading[dict[UUID, str]]:
    """Names of these workers, as far as they keep the asker's agency's files now: nobody of another role."""
    return dict((yield from fetched(_named_keepers(worker, ids))))


@prepared
def _named_keepers(worker: Worker, ids: "set[UUID]") -> QuerySet[Worker, tuple[UUID, str]]:
    return colleagues_who_keep_files(worker).filter(pk__in=ids).values_list("pk", "name")


def account_named(username: str) -> Account | None:
    """Return the account of that user name; only before sign-in, or one's own."""
    return Account.objects.filter(username__iexact=username).first()


def seat_held(account: Account) -> Worker | None:
    """Return the seat this account holds just now, if any; before sign-in, or about oneself."""
    return Worker.objects.filter(account=account, left_at=None).first()


def colleague(worker: Worker, worker_id: UUID) -> Worker:
    """Return one colleague of the asker's own agency, there now or not.

    :raises Worker.DoesNotExist: if there is none in that agency
    """
    return Worker.objects.select_related("agency").get(pk=worker_id, agency_id=worker.agency_id)


def people_of(worker: Worker) -> list[Worker]:
    """Everybody who has a seat in the asker's agency now, by role and name."""
    return sorted(seats(worker), key=lambda colleague: (ROLES.index(Role(colleague.role)), colleague.name))


def people_who_left(worker: Worker) -> list[Worker]:
    """Everybody whose seat in the asker's agency ended, the last first."""
    return list(
        Worker.objects.filter(agency_id=worker.agency_id, left_at__isnull=False).order_by("-left_at", "-pk")
    )


def has_independent_second(by: Worker) -> bool:
    """Whether another administrator is there who may confirm what this one asks.

    Whose seat is closed for now counts, so that nobody becomes alone by closing seats.
    """
    independent = Func(
        F("pk"), Value(by.pk), function="ctx.is_independent_second", output_field=BooleanField()
    )
    return seats(by).filter(independent, role=Role.ADMINISTRATOR).exists()


def _under_way(agency_id: UUID) -> QuerySet[AccessRequest]:
    return AccessRequest.objects.filter(
        agency_id=agency_id, done_at=None, withdrawn_at=None, until__gt=clock.now()
    ).select_related("agency", "worker", "asked_by")


def access_requests_for(worker: Worker) -> QuerySet[AccessRequest]:
    """What was asked about seats of the asker's agency and waits, or waits for its code, newest first.

    An administrator sees all of it; everybody whom colleagues help back in; and what is about oneself.
    """
    return _under_way(worker.agency_id)


def closed_in_vain(by: Worker, worker: Worker) -> bool:
    """Whether the asker closed this seat within the week, and nobody confirmed it."""
    return AccessRequest.objects.filter(
        worker=worker,
        what__in=AccessRequest.CLOSES,
        asked_by=by,
        confirmed_at=None,
        asked_at__gt=clock.now() - timedelta(days=7),
    ).exists()


def access_requests_of(agency: Agency) -> list[AccessRequest]:
    """What waits for a second person in this agency; by the operator."""
    return list(_under_way(agency.pk).filter(confirmed_at=None))


@prepared
def access_news(worker: Worker) -> QuerySet[AccessRequest]:
    """What happened within the week to who may come in, newest first, as far as the asker is to be told.

    That is whoever asked or confirmed, whom it is about, the privacy officer, the leader and administrators.
    """
    since = clock.now() - NEWS_FOR
    told = Q(asked_by=worker) | Q(confirmed_by=worker) | Q(worker=worker)
    lately = AccessRequest.objects.filter(agency_id=worker.agency_id, asked_at__gt=since)
    if not worker.may("hear-of-seats"):
        lately = lately.filter(told)
    return lately.select_related("agency", "worker", "asked_by", "confirmed_by")


def is_invitation(request_id: UUID) -> bool:
    """Whether what was asked under this id is a seat for somebody new, and not a way back in."""
    return AccessRequest.objects.filter(pk=request_id, what=AccessRequest.What.SEAT).exists()


def invitation_by_code(code: str) -> AccessRequest | None:
    """Return the invitation that this code opens, if it may still be accepted; only before sign-in."""
    return _opened_by(code, AccessRequest.What.SEAT)


def recovery_by_code(code: str) -> AccessRequest | None:
    """Return what this code lets somebody recover, if it still may; only before sign-in."""
    return _opened_by(code, AccessRequest.What.RECOVERY)


def _opened_by(code: str, what: str) -> AccessRequest | None:
    ctx.show_code(one_time_codes.shown(code))
    asked = AccessRequest.objects.select_related("agency")
    found = asked.filter(code_hash=one_time_codes.kept(code), what=what).first()
    return found if found and found.state == AccessRequest.OPEN else None


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


def name_taken(names: list[str], own: UUID | None) -> bool:
    """Whether one of these names is another agency's, or looks or sounds like it."""
    with connection.cursor() as cursor:
        cursor.execute("select ctx.name_taken(%s, %s)", [names, own])
        return bool(cursor.fetchone()[0])


def slugs() -> list[str]:
    """Short names of all agencies; by the operator."""
    return list(Agency.objects.order_by("slug").values_list("slug", flat=True))


def is_slug(text: str) -> bool:
    """Whether this can be an agency's short name."""
    return bool(slug_re.match(text)) and len(text) <= 50


def seated_as(username: str) -> Worker | None:
    """Return the worker who signs in with that name; by the operator."""
    return Worker.objects.filter(account__username__iexact=username, left_at=None).first()
