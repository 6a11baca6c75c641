"""Giving and taking access: one asks, an independent second confirms, and the database carries it out."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alongside.agencies import queries, rules
from alongside.agencies.models import AccessRequest, Agency, Worker
from alongside.kernel import clock, one_time_codes
from alongside.trail import commands as trail

What = AccessRequest.What
WAITS_FOR = {What.SEAT: timedelta(days=7), What.RECOVERY: timedelta(hours=24)}
NAMES = ("name", "name_fr", "face", "face_fr")
CLOSED_FOR = timedelta(hours=72)
CODE_FOR = {What.SEAT: timedelta(days=7), What.RECOVERY: timedelta(minutes=30)}
# What is noted on the trail when it is asked, confirmed and taken back.
NOTED = {
    What.SEAT: ("agencies.invited", "agencies.invitation-confirmed", "agencies.invitation-withdrawn"),
    What.RECOVERY: (
        "agencies.recovery-started",
        "agencies.recovery-confirmed",
        "agencies.recovery-withdrawn",
    ),
    What.ROLE: ("agencies.role-asked", "agencies.role-changed", "agencies.role-withdrawn"),
    What.RETURN: ("agencies.return-asked", "agencies.returned", "agencies.return-withdrawn"),
    What.SUSPENSION: ("agencies.suspended", "agencies.suspension-confirmed", "agencies.suspension-withdrawn"),
    What.FACE: ("agencies.face-asked", "agencies.changed", "agencies.face-withdrawn"),
    What.DEPARTURE: ("agencies.departure-asked", "agencies.left", "agencies.departure-withdrawn"),
}


@transaction.atomic
def invite(*, by: Worker, id: UUID, name: str, role: str) -> AccessRequest:
    """Offer somebody a seat in one's own agency; an independent second confirms it and gets the code.

    :raises Refusal: if the worker is no administrator
    """
    rules.check_can_arrange(by)
    if AccessRequest.objects.filter(pk=id).exists():
        raise rules.CannotArrange(_("This invitation was sent already. It stands in the list."))
    return _ask(by, What.SEAT, id=id, name=name, role=role)


@transaction.atomic
def ask(*, by: Worker, worker_id: UUID, what: str, **more: Any) -> AccessRequest:
    """Ask for a colleague's other role, return, way back in, or the end of their seat.

    What takes access away holds at once, until it is taken back, confirmed, or three days have passed.

    :param what: of `AccessRequest.What`
    :param more: `role` or `also_second_step`
    :raises Worker.DoesNotExist: if there is no such colleague
    :raises Refusal: if it is oneself, or can't be asked of this seat
    """
    worker = Worker.objects.get(pk=worker_id, agency_id=by.agency_id)
    rules.check_can_ask_about(by, what, worker)
    if what in AccessRequest.CLOSES:
        rules.check_can_close(queries.closed_in_vain(by, worker))
    else:
        before = AccessRequest.objects.filter(worker=worker, what=what, done_at=None, withdrawn_at=None)
        before.update(withdrawn_at=clock.now())
    return _ask(by, What(what), worker=worker, **more)


def _ask(by: Worker, what: AccessRequest.What, **more: Any) -> AccessRequest:
    now = clock.now()
    request = AccessRequest.objects.create(
        agency_id=by.agency_id,
        what=what,
        asked_by=by,
        asked_at=now,
        until=now + WAITS_FOR.get(what, CLOSED_FOR),
        **more,
    )
    _note(0, request)
    return request


@transaction.atomic
def ask_for_face(*, by: Worker, facts: dict[str, str]) -> AccessRequest:
    """Ask that people see something else of the agency: names, neutral names, kind.

    :raises Refusal: if the worker is no administrator, or a name is another agency's
    """
    rules.check_can_arrange(by)
    rules.check_name_is_free(queries.name_taken([facts[name] for name in NAMES], by.agency_id))
    before = AccessRequest.objects.filter(
        agency_id=by.agency_id, what=What.FACE, done_at=None, withdrawn_at=None
    )
    before.update(withdrawn_at=clock.now())
    return _ask(by, What.FACE, facts=facts)


@transaction.atomic
def confirm(*, by: Worker, request_id: UUID) -> str:
    """Stand behind what a colleague asks. Return the code to hand over, or nothing where it is done by this.

    :raises AccessRequest.DoesNotExist: if the asker's agency has none like that
    :raises Refusal: if it isn't theirs to confirm
    """
    request = AccessRequest.objects.select_for_update(of=("self",)).get(pk=request_id, agency_id=by.agency_id)
    rules.check_can_confirm(by, request)
    return _confirm(request, by)


@transaction.atomic
def confirm_as_operator(*, request: AccessRequest) -> str:
    """Be the second person where an agency has none; by the operator of the machine.

    Return the code to hand over, or nothing.

    :raises Refusal: if it no longer waits
    """
    rules.check_waits(request)
    return _confirm(request, None)


def _confirm(request: AccessRequest, by: Worker | None) -> str:
    now, code = clock.now(), one_time_codes.new() if request.what in CODE_FOR else ""
    request.confirmed_by, request.confirmed_at = by, now
    if code:
        request.code_hash, request.until = one_time_codes.kept(code), now + CODE_FOR[What(request.what)]
    if request.facts:
        names = [request.facts[name] for name in NAMES]
        rules.check_name_is_free(queries.name_taken(names, request.agency_id))
    try:
        with transaction.atomic():
            request.save(update_fields=["confirmed_by", "confirmed_at", "code_hash", "until"])
    except IntegrityError as taken:
        raise rules.CannotArrange(
            _("This account belongs to an agency just now. An administrator there ends that seat first.")
        ) from taken
    _note(1, request)
    return code


@transaction.atomic
def withdraw(*, by: Worker, request_id: UUID) -> AccessRequest:
    """Take back what was asked; its code opens nothing from now on, and a seat it closed opens.

    Any colleague may stop letting somebody back in, because it wasn't them after all.

    :raises AccessRequest.DoesNotExist: if the asker's agency has none like that
    :raises Refusal: if it is over, or somebody else's to take back
    """
    request = AccessRequest.objects.select_for_update(of=("self",)).get(pk=request_id, agency_id=by.agency_id)
    rules.check_can_withdraw(by, request)
    request.withdrawn_at = clock.now()
    request.save(update_fields=["withdrawn_at"])
    _note(2, request)
    return request


@transaction.atomic
def invite_as_operator(*, agency: Agency, name: str, role: str) -> str:
    """Offer somebody a seat, by the operator of the machine (an agency's first administrator).

    Return the code to hand over.
    """
    return _open_as_operator(What.SEAT, agency_id=agency.pk, name=name, role=role)


@transaction.atomic
def start_recovery_as_operator(*, worker: Worker, also_second_step: bool) -> str:
    """Let a worker back in whose agency has no two others to do it; by the operator of the machine.

    Return the code to hand over.
    """
    return _open_as_operator(
        What.RECOVERY, agency_id=worker.agency_id, worker=worker, also_second_step=also_second_step
    )


def _open_as_operator(what: AccessRequest.What, **more: Any) -> str:
    code, now = one_time_codes.new(), clock.now()
    AccessRequest.objects.create(
        what=what,
        asked_at=now,
        confirmed_at=now,
        until=now + CODE_FOR[what],
        code_hash=one_time_codes.kept(code),
        **more,
    )
    return code


def _note(step: int, request: AccessRequest) -> None:
    trail.note(
        NOTED[What(request.what)][step],
        custodian_id=request.agency_id,
        item_id=request.worker_id or request.pk,
        item_kind="worker" if request.worker_id else request.what,
    )
