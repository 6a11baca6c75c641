"""Agencies and seats: what an agency says of itself, and what is opened by a code shown once."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import connections, transaction
from django.utils.translation import gettext_lazy as _

from alongside.agencies import queries, rules
from alongside.agencies.models import Account, Agency, Worker
from alongside.kernel import clock, ctx, geography
from alongside.trail import commands as trail

FACE = ("name", "name_fr", "face", "face_fr", "kind")  # what people see where they agree
FACTS = {"regime", "division"}


@transaction.atomic
def open_agency(**facts: Any) -> Agency:
    """Add an agency; by the operator of the machine.

    Its clocks are those of its division unless `time_zone` says otherwise.

    :raises Refusal: if a name is another agency's
    """
    names = [facts.get(name, "") for name in FACE if name != "kind"]
    rules.check_name_is_free(queries.name_taken(names, None))
    if not facts.get("time_zone"):
        facts["time_zone"] = geography.time_zone_of(facts.get("division", ""))
    return Agency.objects.create(**facts)


@transaction.atomic
def change_facts(*, by: Worker, **facts: Any) -> Agency:
    """Change what the agency says about itself and no person sees: regime, division. Never its sector.

    :raises Refusal: if the worker is no administrator
    """
    rules.check_can_arrange(by)
    agency = Agency.objects.get(pk=by.agency_id)
    for fact in FACTS & set(facts):
        setattr(agency, fact, facts[fact])
    agency.save(update_fields=sorted(FACTS & set(facts)))
    trail.note("agencies.changed", custodian_id=by.agency_id, item_id=by.agency_id, item_kind="agency")
    return agency


@transaction.atomic
def accept(*, code: str, username: str, passphrase: str) -> Account:
    """Take the offered seat with a new account; before sign-in, holding the code.

    :raises Refusal: if the code opens nothing
    """
    invitation = queries.invitation_by_code(code)
    rules.check_is_open(invitation)
    account = Account(username=username.lower())
    account.set_password(passphrase)
    account.save(force_insert=True)
    _take_seat(invitation, account)
    return account


@transaction.atomic
def accept_with(*, code: str, account: Account) -> None:
    """Take the offered seat with an account one has already.

    Before sign-in, holding the code and after the passphrase was checked.

    :raises Refusal: if the code opens nothing, or the account still belongs to an agency
    """
    invitation = queries.invitation_by_code(code)
    rules.check_is_open(invitation)
    ctx.begin_sign_in(account.pk)
    if queries.seat_held(account):
        raise rules.CannotArrange(
            _("This account still belongs to an agency. An administrator there ends that seat first.")
        )
    _take_seat(invitation, account)


def _take_seat(invitation: Any, account: Account) -> None:
    Worker(account=account, agency_id=invitation.agency_id, name=invitation.name, role=invitation.role).save(
        force_insert=True
    )
    invitation.done_at = clock.now()
    invitation.save(update_fields=["done_at"])


@transaction.atomic
def recover(*, code: str, passphrase: str) -> None:
    """Set a new passphrase; before sign-in, holding the code.

    Old sessions end, and old second steps if the colleagues said so.

    :raises Refusal: if the code opens nothing
    """
    recovery = queries.recovery_by_code(code)
    rules.check_is_open(recovery)
    assert recovery is not None  # noqa: S101 - checked by the rule
    assert recovery.account_id is not None  # noqa: S101 - by the database
    ctx.begin_sign_in(recovery.account_id)
    account = Account.objects.get(pk=recovery.account_id)
    account.set_password(passphrase)
    account.save(update_fields=["password"])
    if recovery.also_second_step:
        Authenticator.objects.filter(user_id=account.pk).delete()
    recovery.done_at = clock.now()
    recovery.save(update_fields=["done_at"])
    ctx.end_sessions_of(account.pk)


@transaction.atomic
def change_passphrase(*, account: Account, passphrase: str) -> None:
    """Replace one's own passphrase."""
    account.set_password(passphrase)
    account.save(update_fields=["password"])


def date_rights_back(*, days: int) -> None:
    """Let every seat of the demonstration have had its right for so many days; as `owner`, who alone may."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("set local role ctxo")
        cursor.execute(
            "update agencies_worker set right_since = right_since - make_interval(days => %s)", [days]
        )


@transaction.atomic
def seat_invented(*, agency: Agency, username: str, hashed: str, name: str, role: str) -> Worker:
    """Give somebody of the demonstration their seat, by the operator.

    The passphrase was hashed before: all of them share it, and it is printed.
    """
    account = Account.objects.create(username=username, password=hashed)
    return Worker.objects.create(account=account, agency=agency, name=name, role=role)
