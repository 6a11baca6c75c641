"""My agency: what it says about itself, who is in it, and how somebody comes in or leaves."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.agencies import commands, queries, rules
from alongside.agencies.forms import Facts, HelpBack, Offer, OtherRole
from alongside.agencies.signin import same_again
from alongside.kernel import forms
from alongside.kernel.decorators import unseen_is_absent
from alongside.kernel.requests import WorkerRequest


@require_http_methods(["GET", "POST"])
def agency(request: WorkerRequest) -> HttpResponse:
    """The agency's own page; its facts can be changed by an administrator."""
    worker = request.worker
    form = None
    if worker.arranges_seats:
        form = forms.bound_or_draft(
            Facts, request, initial={name: getattr(worker.agency, name) for name in commands.FACTS}
        )
    if request.method == "POST":
        rules.check_can_arrange(worker)
        if form is not None and form.is_valid():
            commands.change_facts(by=worker, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("agency")
    context = {
        "form": form,
        "people": queries.people_of(worker),
        "capabilities": queries.capabilities_of(worker.agency),
        **_waiting(worker),
    }
    return render(request, "agencies/agency.html", context, status=422 if form and form.errors else 200)


def _waiting(worker: Any) -> dict[str, Any]:
    return {
        "invitations": queries.invitations_for(worker) if worker.arranges_seats else [],
        "recoveries": queries.recoveries_for(worker),
        "division": queries.division_of(worker.agency),
    }


@require_http_methods(["GET", "POST"])
@same_again()
def invitations(request: WorkerRequest) -> HttpResponse:
    """Invite somebody."""
    worker = request.worker
    if not worker.arranges_seats:
        raise Http404
    form = forms.bound_or_draft(Offer, request)
    if request.method == "POST" and form.is_valid():
        commands.invite(by=worker, **form.cleaned_data)
        messages.success(
            request, _("Another administrator now confirms this. Then there is a code to hand over.")
        )
        return redirect("agency")
    context = {
        "form": form,
        "two": queries.has_independent_second(worker),
        "operator_invites": rules.OPERATOR_INVITES,
    }
    return render(request, "agencies/offer.html", context, status=422 if form.errors else 200)


@require_POST
@same_again(back="agency")
@unseen_is_absent
def invitation_confirmation(request: WorkerRequest, invitation_id: UUID) -> HttpResponse:
    """Stand behind a colleague's invitation and get its code."""
    code = commands.confirm_invitation(by=request.worker, invitation_id=invitation_id)
    return _code(request, "invitation", code)


@require_POST
@unseen_is_absent
def invitation_withdrawal(request: WorkerRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    commands.withdraw_invitation(by=request.worker, invitation_id=invitation_id)
    return redirect("agency")


@require_safe
@unseen_is_absent
def seat(request: WorkerRequest, worker_id: UUID) -> HttpResponse:
    """One colleague's seat: role, helping back in, leaving."""
    by = request.worker
    if not by.arranges_seats or by.pk == worker_id:
        raise Http404
    worker = queries.colleague(by, worker_id)
    context = {
        "colleague": worker,
        "role_form": OtherRole(initial={"role": worker.role}),
        "help_form": HelpBack(),
    }
    return render(request, "agencies/colleague.html", context)


@require_POST
@unseen_is_absent
def role(request: WorkerRequest, worker_id: UUID) -> HttpResponse:
    """Give a colleague another role."""
    form = OtherRole(request.POST)
    if form.is_valid():
        commands.change_role(by=request.worker, worker_id=worker_id, **form.cleaned_data)
        messages.success(request, _("Saved. It holds from their next click."))
        return redirect("agency")
    worker = queries.colleague(request.worker, worker_id)
    return render(
        request,
        "agencies/colleague.html",
        {"colleague": worker, "role_form": form, "help_form": HelpBack()},
        status=422,
    )


@require_POST
@same_again(back="agency")
@unseen_is_absent
def departure(request: WorkerRequest, worker_id: UUID) -> HttpResponse:
    """Let a colleague leave the agency."""
    commands.end_seat(by=request.worker, worker_id=worker_id)
    messages.success(request, _("They have left. All their sessions have ended."))
    return redirect("agency")


@require_POST
@same_again(back="agency")
@unseen_is_absent
def recovery_start(request: WorkerRequest, worker_id: UUID) -> HttpResponse:
    """Begin to help a colleague back in."""
    form = HelpBack(request.POST)
    form.is_valid()
    commands.start_recovery(by=request.worker, worker_id=worker_id, **form.cleaned_data)
    messages.success(
        request,
        _(
            "Begun. Any other colleague who knows that it is "
            "really them now confirms it on the agency’s page."
        ),
    )
    return redirect("agency")


@require_POST
@same_again(back="agency")
@unseen_is_absent
def recovery_confirmation(request: WorkerRequest, recovery_id: UUID) -> HttpResponse:
    """Be the second colleague, and get the code to hand over."""
    code = commands.confirm_recovery(by=request.worker, recovery_id=recovery_id)
    return _code(request, "recovery", code)


@require_POST
@unseen_is_absent
def recovery_withdrawal(request: WorkerRequest, recovery_id: UUID) -> HttpResponse:
    """Stop: it wasn't them."""
    commands.withdraw_recovery(by=request.worker, recovery_id=recovery_id)
    return redirect("agency")


def _code(request: WorkerRequest, door: str, code: str) -> HttpResponse:
    address = request.get_host() + _path(door)
    return render(request, "agencies/code.html", {"door": door, "code": code, "address": address})


def _path(door: str) -> str:
    return redirect(door).url
