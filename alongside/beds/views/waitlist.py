"""Pages of the waiting lists: joining one, where somebody stands, and the shelter's own line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from alongside.agencies.queries import agencies_by_id, may_ask
from alongside.beds import commands, queries, rules
from alongside.beds.forms import JoinForm, NotOfferedForm, OfferForm
from alongside.files import queries as files
from alongside.kernel import clock, seal
from alongside.kernel.decorators import unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id

View = Callable[..., HttpResponse]


@unseen_is_absent
def join(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """Put somebody on a list; at one's own house, the line itself."""
    offering = queries.get_offering(request.worker, offering_id)
    if offering.agency_id == request.worker.agency_id:
        return own_waitlist(request, offering)
    if not may_ask(request.worker) or not rules.may_look(request.worker):
        raise Http404
    form = bound_or_draft(JoinForm, request, initial=_brought(request), **_goes_on_from(request, offering))
    if form.is_valid():
        said = {
            "pathway_id": as_id(form.cleaned_data["thread"], None),
            "file_id": as_id(form.cleaned_data["file"], None),
        }
        waiting = commands.waitlist.join(
            offering=offering, profile=form.profile(), **said, by=request.worker, at=clock.now()
        )
        messages.success(request, _("They are on the list. Here is what you can tell them."))
        return redirect("beds:wait", waiting.pk)
    agency = agencies_by_id([offering.agency_id])[offering.agency_id]
    around = {"form": form, "offering": offering, "agency": agency, **_cost(offering)}
    return render(request, "beds/waiting_join.html", around, status=422 if form.is_bound else 200)


@require_GET
def own_waitlist(request: WorkerRequest, offering: Any) -> HttpResponse:
    """The shelter's own line, with an offer of one tap."""
    if not rules.may_answer(request.worker):
        raise Http404
    at = clock.now()
    around = {
        "offering": offering,
        "line": queries.waitlist.line(request.worker, offering, at),
        "list": queries.waitlist.own_list(request.worker, offering, at),
        "at": at,
    }
    return render(request, "beds/waitlist.html", around)


@require_GET
def waits(request: WorkerRequest) -> HttpResponse:
    """What people wait for through us, and who waits for a place of ours."""
    if not rules.may_answer(request.worker):
        raise Http404
    at = clock.now()
    asks = may_ask(request.worker)
    by_us = queries.waitlist.our_waits(request.worker, at) if asks else []
    return render(
        request,
        "beds/waiting_list.html",
        {"by_us": by_us, "lists": queries.waitlist.our_lists(request.worker, at), "asks": asks, "at": at},
    )


@unseen_is_absent
@require_GET
def wait(request: WorkerRequest, waiting_id: UUID) -> HttpResponse:
    """One wait: the asker's side, or the side of the shelter."""
    waiting = queries.waitlist.get_waiting(request.worker, waiting_id)
    at = clock.now()
    seen = queries.waitlist.as_it_stands(request.worker, waiting, at)
    around: dict[str, Any] = {"one": seen, "at": at, **_cost(waiting.offering)}
    if waiting.agency_id == request.worker.agency_id:
        return render(
            request,
            "beds/waiting_ours.html",
            around | {"step": queries.pathways.step_of_waiting(request.worker, waiting)},
        )
    commands.waitlist.look(waiting=waiting, by=request.worker)
    place = next(
        (
            p
            for p in queries.waitlist.line(request.worker, waiting.offering, at)
            if p.wait.waiting.pk == waiting.pk
        ),
        None,
    )
    return render(
        request,
        "beds/waiting_theirs.html",
        around | {"place": place, "list": queries.waitlist.own_list(request.worker, waiting.offering, at)},
    )


@unseen_is_absent
def offer(request: WorkerRequest, waiting_id: UUID) -> HttpResponse:
    """Offer a place: with one tap to whose turn it is, otherwise with the reason."""
    waiting = queries.waitlist.in_own_line(request.worker, waiting_id)
    at = clock.now()
    form = OfferForm(request.POST if request.method == "POST" else None, usual=waiting.offering.think_hours)
    if form.is_valid():
        try:
            commands.waitlist.offer_place(waiting=waiting, **form.cleaned_data, by=request.worker, at=at)
        except rules.waitlist.OutOfTurn as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("The place is kept for them while they think. They know."))
            return redirect("beds:join", waiting.offering_id)
    place = next(
        (
            p
            for p in queries.waitlist.line(request.worker, waiting.offering, at)
            if p.wait.waiting.pk == waiting.pk
        ),
        None,
    )
    around = {"form": form, "one": queries.waitlist.as_it_stands(request.worker, waiting, at), "place": place}
    return render(request, "beds/waiting_offer.html", around, status=422 if form.errors else 200)


@unseen_is_absent
@require_POST
def otherwise(request: WorkerRequest, waiting_id: UUID) -> HttpResponse:
    """They chose otherwise: they wait on where they are, or rest."""
    waiting = queries.waitlist.get_waiting(request.worker, waiting_id)
    stays = request.POST.get("then") != "rest"
    commands.waitlist.decline(waiting=waiting, stays=stays, by=request.worker, at=clock.now())
    kept = _("Noted. It costs nothing, and they keep their place in line.")
    messages.success(
        request, kept if stays else _("Noted. They can go on waiting at any time, in the place they had.")
    )
    return redirect("beds:wait", waiting.pk)


@unseen_is_absent
def refusal(request: WorkerRequest, waiting_id: UUID) -> HttpResponse:
    """Say that there will be no place, in one of two words."""
    waiting = queries.waitlist.in_own_line(request.worker, waiting_id)
    form = bound_or_draft(NotOfferedForm, request)
    if form.is_valid():
        commands.waitlist.refuse(waiting=waiting, **form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("They know. Your “no” is counted as a gap, with nobody in it."))
        return redirect("beds:join", waiting.offering_id)
    seen = queries.waitlist.as_it_stands(request.worker, waiting, clock.now())
    return render(
        request,
        "beds/waiting_refusal.html",
        {"form": form, "one": seen},
        status=422 if form.is_bound else 200,
    )


def _one_tap(command: str, words: Promise | str) -> View:
    """A move of one tap: the command, and what is said afterwards."""

    @unseen_is_absent
    @require_POST
    def tap(request: WorkerRequest, waiting_id: UUID) -> HttpResponse:
        waiting = queries.waitlist.get_waiting(request.worker, waiting_id)
        getattr(commands.waitlist, command)(waiting=waiting, by=request.worker, at=clock.now())
        messages.success(request, str(words))
        return redirect("beds:wait", waiting.pk)

    tap.__doc__ = f"{command}."
    return tap


yes = _one_tap("accept", gettext_lazy("They know. The place stays kept until they move in."))
time = _one_tap("give_time", gettext_lazy("They have as long again to think."))
back = _one_tap("rejoin", gettext_lazy("They wait on, in the place they had."))
leaving = _one_tap("leave", gettext_lazy("They are off the list. Nobody asks why."))
taking_back = _one_tap(
    "take_back", gettext_lazy("Taken back. They wait on, in the place they had; it is counted as a gap.")
)
moved_in = _one_tap("move_in", gettext_lazy("Counted in. The board knows."))


def choose_files(request: WorkerRequest) -> list[tuple[str, str]]:
    """The files a worker leads or backs up, by what the people want to be called.

    And one that is brought along.
    """
    mine = list(files.caseload(request.worker, mine=True))
    brought = as_id(request.GET.get("file"), None)
    if brought and brought not in {file.id for file in mine}:
        mine.append(files.get_file(request.worker, brought))
    with seal.listing("beds.files_listed"):
        names = files.names(request.worker, mine)
    return [(str(file.id), names[file.id].name) for file in mine]


def _goes_on_from(request: WorkerRequest, offering: Any) -> dict[str, Any]:
    open_ones = [
        (str(pathway.pk), pathway.handle) for pathway in queries.pathways.open_to(request.worker, offering)
    ]
    return {"pathways": open_ones, "files": choose_files(request)}


def _cost(offering: Any) -> dict[str, Any]:
    return {
        "covered": queries.waitlist.cost(offering),
        "days_to_think": max(1, round(offering.think_hours / 24)),
    }


def _brought(request: WorkerRequest) -> dict[str, Any]:
    """What a search or a pathway carried along in the address."""
    told = request.GET
    return {
        name: told.getlist(name) if name in ("them", "wish") else told[name]
        for name in told
        if name in JoinForm.base_fields
    }
