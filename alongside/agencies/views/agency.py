"""My agency: what it says about itself, who is in it, and how somebody comes in or leaves."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.agencies import commands, queries, rules
from alongside.agencies.forms import Facts, HelpBack, Offer, OtherRole
from alongside.agencies.signin import ask_again, same_again
from alongside.kernel import ctx, drafts, forms
from alongside.kernel.decorators import unseen_is_absent
from alongside.kernel.requests import WorkerRequest

AGAIN = gettext_lazy(
    "People see this where they agree. First show your passphrase or passkey once more; then save again."
)


@require_http_methods(["GET", "POST"])
def agency(request: WorkerRequest) -> HttpResponse:
    """The agency's own page; its facts can be changed by an administrator."""
    worker = request.worker
    form = None
    if worker.arranges_seats:
        form = forms.bound_or_draft(
            Facts,
            request,
            initial={name: getattr(worker.agency, name) for name in (*commands.FACE, *commands.FACTS)},
        )
    if request.method == "POST":
        rules.check_can_arrange(worker)
        if form is not None and form.is_valid() and (answer := _changed(request, form)):
            return answer
    context = {
        "again": ask_again(request, request.path).url
        if form and form.has_error(NON_FIELD_ERRORS, "again")
        else "",
        "form": form,
        "people": queries.people_of(worker),
        "capabilities": queries.capabilities_of(worker.agency),
        "keeps_companions": worker.may("keep-programmes"),
        "hands_over": worker.may("hand-over"),
        **_waiting(worker),
    }
    return render(request, "agencies/agency.html", context, status=422 if form and form.errors else 200)


def _changed(request: WorkerRequest, form: Facts) -> HttpResponse | None:
    """Keep what no person sees and ask for the rest; without proof neither, and what was typed is kept."""
    worker = request.worker
    face = {name: form.cleaned_data[name] for name in commands.FACE}
    if all(getattr(worker.agency, name) == face[name] for name in face):
        commands.change_facts(by=worker, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("agency")
    if not ctx.has_proved():
        drafts.keep(request, request.user.pk)
        form.add_error(None, ValidationError(AGAIN, code="again"))
        return None
    commands.change_facts(by=worker, **form.cleaned_data)
    commands.ask_for_face(by=worker, facts=face)
    return _asked(request, _("Another administrator now reads and confirms what people see."))


def _waiting(worker: Any) -> dict[str, Any]:
    return {
        "requests": queries.access_requests_for(worker),
        "news": queries.access_news(worker),
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
        return _asked(
            request, _("Another administrator now confirms this. Then there is a code to hand over.")
        )
    context = {"form": form, "alone": _alone(worker)}
    return render(request, "agencies/offer.html", context, status=422 if form.errors else 200)


@require_safe
def left(request: WorkerRequest) -> HttpResponse:
    """Who has left, so that they can come back."""
    if not request.worker.arranges_seats:
        raise Http404
    return render(request, "agencies/left.html", {"left": queries.people_who_left(request.worker)})


@require_POST
@same_again(back="agency")
@unseen_is_absent
def confirmation(request: WorkerRequest, request_id: UUID) -> HttpResponse:
    """Stand behind what a colleague asks, and get its code if there is one."""
    if code := commands.confirm(by=request.worker, request_id=request_id):
        door = "invitation" if queries.is_invitation(request_id) else "recovery"
        address = request.get_host() + redirect(door).url
        return render(request, "agencies/code.html", {"door": door, "code": code, "address": address})
    messages.success(request, _("Done. Whoever asked, whom it is about and the privacy officer are told."))
    return redirect("agency")


@require_POST
@unseen_is_absent
def withdrawal(request: WorkerRequest, request_id: UUID) -> HttpResponse:
    """Take back what was asked; or stop, because it wasn't them."""
    commands.withdraw(by=request.worker, request_id=request_id)
    return redirect("agency")


@require_safe
@unseen_is_absent
def seat(request: WorkerRequest, worker_id: UUID) -> HttpResponse:
    """One colleague's seat: role, helping back in, closing it, leaving, coming back."""
    by = request.worker
    if not by.arranges_seats or by.pk == worker_id:
        raise Http404
    return _seat(request, worker_id)


def _seat(request: WorkerRequest, worker_id: UUID, role_form: OtherRole | None = None) -> HttpResponse:
    worker = queries.colleague(request.worker, worker_id)
    context = {
        "colleague": worker,
        "role_form": role_form or OtherRole(initial={"role": worker.role}),
        "help_form": HelpBack(),
        "alone": _alone(request.worker),
    }
    return render(request, "agencies/colleague.html", context, status=422 if role_form else 200)


@require_POST
@same_again(back="agency")
@unseen_is_absent
def role(request: WorkerRequest, worker_id: UUID) -> HttpResponse:
    """Ask for another role for a colleague."""
    form = OtherRole(request.POST)
    if not form.is_valid():
        return _seat(request, worker_id, form)
    commands.ask(by=request.worker, worker_id=worker_id, what=commands.What.ROLE, **form.cleaned_data)
    return _asked(request, _("Another administrator now confirms this. It holds from the next click after."))


@require_POST
@same_again(back="agency")
@unseen_is_absent
def suspension(request: WorkerRequest, worker_id: UUID) -> HttpResponse:
    """Close a colleague's seat at once."""
    commands.ask(by=request.worker, worker_id=worker_id, what=commands.What.SUSPENSION)
    return _asked(request, _("Closed: all their sessions have ended. Another administrator confirms it."))


@require_POST
@same_again(back="agency")
@unseen_is_absent
def departure(request: WorkerRequest, worker_id: UUID) -> HttpResponse:
    """Let a colleague leave the agency: closed at once, ended by a second administrator."""
    commands.ask(by=request.worker, worker_id=worker_id, what=commands.What.DEPARTURE)
    return _asked(request, _("Closed: all their sessions have ended. Another administrator ends the seat."))


@require_POST
@same_again(back="agency")
@unseen_is_absent
def coming_back(request: WorkerRequest, worker_id: UUID) -> HttpResponse:
    """Ask that a colleague has their seat again, who left or whose seat is closed."""
    commands.ask(by=request.worker, worker_id=worker_id, what=commands.What.RETURN)
    return _asked(request, _("Another administrator now confirms this. Then they can sign in again."))


@require_POST
@same_again(back="agency")
@unseen_is_absent
def recovery_start(request: WorkerRequest, worker_id: UUID) -> HttpResponse:
    """Begin to help a colleague back in."""
    form = HelpBack(request.POST)
    form.is_valid()
    commands.ask(by=request.worker, worker_id=worker_id, what=commands.What.RECOVERY, **form.cleaned_data)
    return _asked(
        request,
        _(
            "Begun. Any other colleague who knows that it is "
            "really them now confirms it on the agency’s page."
        ),
    )


def _asked(request: WorkerRequest, words: str) -> HttpResponse:
    messages.success(request, _alone(request.worker) or words)
    return redirect("agency")


def _alone(worker: Any) -> Any:
    return "" if queries.has_independent_second(worker) else rules.OPERATOR_CONFIRMS
