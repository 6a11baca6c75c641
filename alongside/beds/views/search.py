"""Looking for a bed: what fits, what could be talked over, and why each other place does not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.agencies.queries import may_ask
from alongside.beds import commands, queries, rules
from alongside.beds.display import cards
from alongside.beds.forms import NeedForm
from alongside.kernel import clock, geography
from alongside.kernel.decorators import unseen_is_absent
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id


@require_GET
def search(request: WorkerRequest) -> HttpResponse:
    """What fits somebody, what could be talked over, and why each other place does not.

    Works with no file at all.
    """
    form = _asked_for(request)
    need = form.need()
    found = queries.find(request.worker, need, clock.now())
    context = {
        "form": form,
        "need": need,
        "found": found,
        "cards": cards(found),
        "may_ask": may_ask(request.worker),
        "carried": _carried(request),
        "may_board": rules.may_answer(request.worker) and queries.keeps_any(request.worker),
        "stays": rules.NEED_OF,
    }
    return render(request, "beds/search.html", context, status=422 if form.errors else 200)


@require_POST
def nothing(request: WorkerRequest) -> HttpResponse:
    """Count that nothing fitted, with what stood in the way."""
    if not may_ask(request.worker):
        raise Http404
    form = _asked_for(request)
    found = queries.find(request.worker, form.need(), clock.now(), others=queries.LOOKED_AT)
    commands.nothing_fits(stay=form.need().stay, barriers=found.in_the_way, by=request.worker, at=clock.now())
    messages.success(
        request, _("Counted. Nobody is in it. If you find a way out, you can write that down with the gaps.")
    )
    return redirect(f"{request.path.removesuffix('nothing')}?{_query(request)}")


@unseen_is_absent
@require_POST
def new(request: WorkerRequest) -> HttpResponse:
    """Begin to ask one place for what was searched for."""
    if not may_ask(request.worker):
        raise Http404
    form = _asked_for(request)
    offering = queries.get_offering(request.worker, as_id(request.POST.get("offering")))
    if offering.stay != "tonight":  # for those one waits in a line
        return redirect(f"{reverse('beds:join', args=[offering.pk])}?{_query(request)}")
    carried = {f"{name}_id": as_id(value) for name, value in _carried(request).items()}
    draft = commands.draft(
        offering=offering, profile=form.profile(), **carried, by=request.worker, at=clock.now()
    )
    return redirect("beds:check", draft.pk)


def _asked_for(request: WorkerRequest) -> NeedForm:
    """Read what is looked for; where nobody said where, it is one's own region."""
    if not rules.may_look(request.worker):
        raise Http404
    told = (request.POST if request.method == "POST" else request.GET).copy()
    if "region" not in told:
        told["region"] = geography.region_of(request.worker.agency.division) or ""
    form = NeedForm(told)
    form.is_valid()
    return form


def _carried(request: WorkerRequest) -> dict[str, str]:
    """What travels along from page to page: the file this is for, the pathway it is a step of."""
    told = request.POST if request.method == "POST" else request.GET
    return {name: told[name] for name in ("file", "thread") if told.get(name)}


def _query(request: WorkerRequest) -> str:
    told: Any = request.POST.copy()
    told.pop("csrfmiddlewaretoken", None)
    return str(told.urlencode())
