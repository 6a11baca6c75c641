"""Pages of a request for a bed, from either side: check it, ask, answer, come."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from alongside.beds import commands, queries, rules
from alongside.beds.forms import AskForm, HoldForm, NotOfferedForm
from alongside.kernel import clock
from alongside.kernel.decorators import unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest

View = Callable[..., HttpResponse]


@require_GET
def list_(request: WorkerRequest) -> HttpResponse:
    """What others ask of us, and what we ask of others."""
    if not rules.may_answer(request.worker):
        raise Http404
    at = clock.now()
    context = {
        "of_us": queries.asked_of_us(request.worker, at),
        "by_us": queries.asked_by_us(request.worker, at),
    }
    return render(request, "beds/requests.html", context)


@unseen_is_absent
def check(request: WorkerRequest, request_id: UUID) -> HttpResponse:
    """Look once more at what will be asked, and ask.

    Or have a bed held at once where the shelter lets others do that.
    """
    draft = queries.own_draft(request.worker, request_id)
    form = bound_or_draft(AskForm, request, initial=queries.as_typed(draft))
    if form.is_valid():
        at_once = request.POST.get("how") == "hold"
        told = {"profile": form.profile(), "keep_apart": form.cleaned_data["keep_apart"], "at_once": at_once}
        commands.ask(request=draft, **told, by=request.worker, at=clock.now())
        return redirect("beds:request", draft.pk)
    seen = queries.as_it_stands(request.worker, draft, clock.now())
    around = {
        "form": form,
        "one": seen,
        "outlook": queries.outlooks([draft.offering_id], clock.now())[draft.offering_id],
    }
    return render(request, "beds/check.html", around, status=422 if form.is_bound else 200)


@unseen_is_absent
@require_GET
def request_(request: WorkerRequest, request_id: UUID) -> HttpResponse:
    """One request: the asker's side, or the side of the shelter."""
    bed_request = queries.get_request(request.worker, request_id)
    seen = queries.as_it_stands(request.worker, bed_request, clock.now())
    if bed_request.agency_id == request.worker.agency_id:
        if bed_request.state == "drafted":
            return redirect("beds:check", bed_request.pk)
        around = {"one": seen, "step": queries.pathways.step_of_request(request.worker, bed_request)}
        return render(request, "beds/ours.html#now" if request.htmx else "beds/ours.html", around)
    commands.look(request=bed_request, by=request.worker)
    form = HoldForm(initial={"hours": bed_request.offering.hold_hours})
    return render(
        request,
        "beds/theirs.html",
        {"one": seen, "form": form, "keep_apart": queries.keep_apart(request.worker, bed_request)},
    )


@unseen_is_absent
@require_POST
def holding(request: WorkerRequest, request_id: UUID) -> HttpResponse:
    """Hold a bed."""
    bed_request = queries.get_request(request.worker, request_id)
    form = HoldForm(request.POST)
    hours = form.cleaned_data["hours"] if form.is_valid() else bed_request.offering.hold_hours
    commands.hold(request=bed_request, hours=hours, by=request.worker, at=clock.now())
    messages.success(request, _("A bed is held. They know."))
    return redirect("beds:request", bed_request.pk)


@unseen_is_absent
def refusal(request: WorkerRequest, request_id: UUID) -> HttpResponse:
    """Say no, in one of two words."""
    bed_request = queries.asked_here(request.worker, request_id)
    form = bound_or_draft(NotOfferedForm, request)
    if form.is_valid():
        commands.not_offer(request=bed_request, **form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("They know. Your “no” is counted as a gap, with nobody in it."))
        return redirect("beds:requests")
    seen = queries.as_it_stands(request.worker, bed_request, clock.now())
    return render(
        request, "beds/refusal.html", {"form": form, "one": seen}, status=422 if form.is_bound else 200
    )


def _one_tap(command: str, words: Promise | str = "") -> View:
    """A move of one tap: the command, and what is said afterwards."""

    @unseen_is_absent
    @require_POST
    def tap(request: WorkerRequest, request_id: UUID) -> HttpResponse:
        bed_request = queries.get_request(request.worker, request_id)
        getattr(commands, command)(request=bed_request, by=request.worker, at=clock.now())
        if words:
            messages.success(request, str(words))
        return redirect("beds:request", bed_request.pk)

    tap.__doc__ = f"{command}."
    return tap


talking = _one_tap("offer")
yes = _one_tap("accept")
way = _one_tap("set_out")
otherwise = _one_tap(
    "decline", gettext_lazy("The bed is let go. It costs nothing, and they can ask again at any time.")
)
letting_go = _one_tap(
    "release", gettext_lazy("The bed is let go. It costs nothing, and they can ask again at any time.")
)
arrival = _one_tap("arrive", gettext_lazy("Counted in. The board knows."))
missing = _one_tap(
    "record_not_come", gettext_lazy("Noted. Nobody is blamed; if they come after all, let them in.")
)
extension = _one_tap("extend", gettext_lazy("Held for as long again."))
unanswered = _one_tap("unanswered", gettext_lazy("Counted as a gap: nobody answered."))
