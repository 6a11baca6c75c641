"""Arranging agencies and seats: who belongs where, who lets whom in, and who lets whom back in."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import connections, transaction
from django.utils.translation import gettext_lazy as _

from alongside.agencies import queries, rules
from alongside.agencies.models import Account, Agency, Invitation, Recovery, Worker
from alongside.kernel import clock, ctx, geography, one_time_codes
from alongside.trail import commands as trail

INVITED_FOR = timedelta(days=7)
RECOVERY_WAITS_FOR = timedelta(hours=24)
RECOVERED_WITHIN = timedelta(minutes=30)
FACTS = {"name", "name_fr", "face", "face_fr", "kind", "regime", "division"}


@transaction.atomic
def open_agency(**facts: Any) -> Agency:
    """Add an agency; by the operator of the machine.

    Its clocks are those of its division unless `time_zone` says otherwise.
    """
    if not facts.get("time_zone"):
        facts["time_zone"] = geography.time_zone_of(facts.get("division", ""))
    return Agency.objects.create(**facts)


@transaction.atomic
def change_facts(*, by: Worker, **facts: Any) -> Agency:
    """Change what the agency says about itself: names, neutral face, kind, regime, division.

    Never its sector.

    :raises Refusal: if the worker is no administrator
    """
    rules.check_can_arrange(by)
    agency = Agency.objects.get(pk=by.agency_id)
    for fact in FACTS & set(facts):
        setattr(agency, fact, facts[fact])
    agency.save(update_fields=sorted(FACTS & set(facts)))
    _note("agencies.changed", by, by.agency_id, "agency")
    return agency


@transaction.atomic
def invite(*, by: Worker, id: UUID, name: str, role: str) -> None:
    """Offer somebody a seat in one's own agency; an independent second confirms it and gets the code.

    :raises Refusal: if the worker is no administrator, or nobody is there to confirm it
    """
    rules.check_can_arrange(by)
    if Invitation.objects.filter(pk=id).exists():
        raise rules.CannotArrange(_("This invitation was sent already. It stands in the list."))
    if not queries.has_independent_second(by):
        raise rules.CannotArrange(rules.OPERATOR_INVITES)
    now = clock.now()
    Invitation.objects.create(
        id=id,
        agency_id=by.agency_id,
        name=name,
        role=role,
        invited_by=by,
        invited_at=now,
        until=now + INVITED_FOR,
    )
    _note("agencies.invited", by, id, "invitation")


@transaction.atomic
def invite_as_operator(*, agency: Agency, name: str, role: str) -> str:
    """Offer somebody a seat, by the operator of the machine (an agency's first administrator).

    Return the code to hand over.
    """
    code, now = one_time_codes.new(), clock.now()
    Invitation.objects.create(
        agency=agency,
        name=name,
        role=role,
        invited_at=now,
        until=now + INVITED_FOR,
        code_hash=one_time_codes.kept(code),
    )
    return code


@transaction.atomic
def confirm_invitation(*, by: Worker, invitation_id: UUID) -> str:
    """Stand behind another administrator's invitation. Return the code to hand over.

    :raises Invitation.DoesNotExist: if the asker's agency has none like that
    :raises Refusal: if it isn't theirs to confirm
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id, agency_id=by.agency_id)
    rules.check_can_confirm_invitation(by, invitation)
    code, now = one_time_codes.new(), clock.now()
    invitation.confirmed_by, invitation.confirmed_at = by, now
    invitation.code_hash, invitation.until = one_time_codes.kept(code), now + INVITED_FOR
    invitation.save(update_fields=["confirmed_by", "confirmed_at", "code_hash", "until"])
    _note("agencies.invitation-confirmed", by, invitation.pk, "invitation")
    return code


@transaction.atomic
def withdraw_invitation(*, by: Worker, invitation_id: UUID) -> None:
    """Take an invitation back; its code opens nothing from now on.

    :raises Invitation.DoesNotExist: if the asker's agency has none like that
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id, agency_id=by.agency_id)
    rules.check_can_withdraw_invitation(by, invitation)
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    _note("agencies.invitation-withdrawn", by, invitation.pk, "invitation")


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
    if queries.has_seat(account):
        raise rules.CannotArrange(
            _("This account still belongs to an agency. An administrator there ends that seat first.")
        )
    _take_seat(invitation, account)


def _take_seat(invitation: Any, account: Account) -> None:
    Worker(account=account, agency_id=invitation.agency_id, name=invitation.name, role=invitation.role).save(
        force_insert=True
    )
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])


@transaction.atomic
def change_role(*, by: Worker, worker_id: UUID, role: str) -> Worker:
    """Give a colleague another role; what they may see changes with their next request.

    :raises Worker.DoesNotExist: if there is no such colleague
    :raises Refusal: if it is one's own role
    """
    worker = Worker.objects.select_for_update().get(pk=worker_id, agency_id=by.agency_id)
    rules.check_can_change_seat(by, worker)
    worker.role = role
    worker.save(update_fields=["role"])
    _note("agencies.role-changed", by, worker.pk, "worker")
    return worker


@transaction.atomic
def end_seat(*, by: Worker, worker_id: UUID) -> Worker:
    """Let a colleague leave the agency. Their sessions are over with this transaction.

    :raises Worker.DoesNotExist: if there is no such colleague
    :raises Refusal: if it is one's own seat
    """
    worker = Worker.objects.select_for_update().get(pk=worker_id, agency_id=by.agency_id)
    rules.check_can_change_seat(by, worker)
    worker.left_at = clock.now()
    worker.save(update_fields=["left_at"])
    ctx.end_sessions_of(worker.account_id)
    _note("agencies.left", by, worker.pk, "worker")
    return worker


@transaction.atomic
def start_recovery(*, by: Worker, worker_id: UUID, also_second_step: bool) -> Recovery:
    """Begin to help a locked-out colleague back in; another colleague has to confirm within a day.

    :raises Worker.DoesNotExist: if there is no such colleague
    :raises Refusal: if it is oneself
    """
    worker = Worker.objects.get(pk=worker_id, agency_id=by.agency_id)
    rules.check_can_start_recovery(by, worker)
    now = clock.now()
    Recovery.objects.filter(worker=worker, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    recovery = Recovery.objects.create(
        agency_id=by.agency_id,
        worker=worker,
        account_id=worker.account_id,
        also_second_step=also_second_step,
        started_by=by,
        started_at=now,
        until=now + RECOVERY_WAITS_FOR,
    )
    _note("agencies.recovery-started", by, worker.pk, "worker")
    return recovery


@transaction.atomic
def start_recovery_as_operator(*, worker: Worker, also_second_step: bool) -> str:
    """Let a worker back in whose agency has no two others to do it; by the operator of the machine.

    Return the code to hand over.
    """
    code, now = one_time_codes.new(), clock.now()
    Recovery.objects.create(
        agency_id=worker.agency_id,
        worker=worker,
        account_id=worker.account_id,
        also_second_step=also_second_step,
        started_at=now,
        until=now + RECOVERED_WITHIN,
        code_hash=one_time_codes.kept(code),
    )
    return code


@transaction.atomic
def confirm_recovery(*, by: Worker, recovery_id: UUID) -> str:
    """Be the second colleague who knows that it is really them.

    Return the code to hand over, good for half an hour.

    :raises Recovery.DoesNotExist: if the asker's agency has none like that
    :raises Refusal: if it isn't theirs to confirm
    """
    recovery = Recovery.objects.select_for_update().get(pk=recovery_id, agency_id=by.agency_id)
    rules.check_can_confirm_recovery(by, recovery)
    code, now = one_time_codes.new(), clock.now()
    recovery.confirmed_by, recovery.confirmed_at = by, now
    recovery.code_hash, recovery.until = one_time_codes.kept(code), now + RECOVERED_WITHIN
    recovery.save(update_fields=["confirmed_by", "confirmed_at", "code_hash", "until"])
    _note("agencies.recovery-confirmed", by, recovery.worker_id, "worker")
    return code


@transaction.atomic
def withdraw_recovery(*, by: Worker, recovery_id: UUID) -> None:
    """Stop letting somebody back in, because it wasn't them after all. Any colleague may.

    :raises Recovery.DoesNotExist: if the asker's agency has none like that
    """
    recovery = Recovery.objects.select_for_update().get(pk=recovery_id, agency_id=by.agency_id)
    if recovery.used_at is None and recovery.withdrawn_at is None:
        recovery.withdrawn_at = clock.now()
        recovery.save(update_fields=["withdrawn_at"])
        _note("agencies.recovery-withdrawn", by, recovery.worker_id, "worker")


@transaction.atomic
def recover(*, code: str, passphrase: str) -> None:
    """Set a new passphrase; before sign-in, holding the code.

    Old sessions end, and old second steps if the colleagues said so.

    :raises Refusal: if the code opens nothing
    """
    recovery = queries.recovery_by_code(code)
    rules.check_is_open(recovery)
    assert recovery is not None  # noqa: S101 - checked by the rule
    ctx.begin_sign_in(recovery.account_id)
    account = Account.objects.get(pk=recovery.account_id)
    account.set_password(passphrase)
    account.save(update_fields=["password"])
    if recovery.also_second_step:
        Authenticator.objects.filter(user_id=account.pk).delete()
    recovery.used_at = clock.now()
    recovery.save(update_fields=["used_at"])
    ctx.end_sessions_of(account.pk)


@transaction.atomic
def change_passphrase(*, account: Account, passphrase: str) -> None:
    """Replace one's own passphrase."""
    account.set_password(passphrase)
    account.save(update_fields=["password"])


def _note(action: str, by: Worker, item_id: UUID, kind: str) -> None:
    trail.note(action, custodian_id=by.agency_id, item_id=item_id, item_kind=kind)


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
