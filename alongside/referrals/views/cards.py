"""The page of all requests, from both sides."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from alongside.agencies.queries import agencies_by_id
from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_meets_people
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id, as_number
from alongside.referrals import queries
from alongside.referrals.queries import Card, Move, Side

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

SIDES: dict[Side, Promise] = {
    Side.BY_US: gettext_lazy("Asked by us"),
    Side.OF_US: gettext_lazy("Asked of us"),
    Side.DRAFTS: gettext_lazy("Drafts"),
    Side.OVER: gettext_lazy("Over"),
}
MOVES: dict[Move, Promise] = {
    Move.OURS: gettext_lazy("Your move"),
    Move.THEIRS: gettext_lazy("Their move"),
    Move.NOBODYS: gettext_lazy("Answered"),
}
Groups = list[tuple[Promise, list[Card]]]
ALL_ALIKE: dict[Side, Promise] = {Side.DRAFTS: gettext_lazy("Not sent yet"), Side.OVER: gettext_lazy("Over")}


@for_who_meets_people
@require_http_methods(["GET", "POST"])
def list_(request: WorkerRequest) -> HttpResponse:
    """What others ask of us, and we of others. What is looked for is posted: no code name in an address."""
    worker, at = request.worker, clock.now()
    sides = [Side.BY_US, Side.OF_US, Side.DRAFTS, Side.OVER] if worker.keeps_files else [Side.OF_US]
    how_many = queries.counts(worker)
    begins = Side.OF_US if how_many[Side.OF_US] and not how_many[Side.BY_US] else sides[0]
    side = next((each for each in sides if each == request.GET.get("side")), begins)
    words = request.POST.get("words", "").strip()[:100]
    if words:
        groups, more = _wherever_it_stands(worker, sides, at, words)
        earlier = None
    else:
        shown, earlier = queries.cards(worker, side, at, as_id(request.GET.get("before"), None))
        groups, more = _by_move(side, shown), False
    context: dict[str, Any] = {
        "side": side.value,
        "tabs": [(each.value, SIDES[each], how_many[each]) for each in sides],
        "groups": groups,
        "words": words,
        "earlier": earlier,
        "more": more,
        "notices": consents.unread_notices(worker),
    }
    if not words and side in (Side.BY_US, Side.OF_US):
        context["capacity"] = _capacity(request.worker)
    if side == Side.DRAFTS and not words:
        context["thrown_away"] = queries.thrown_away(worker, at)
    if side == Side.OF_US and not words:
        context["declined"] = queries.declined_lines(worker, at)
    return render(request, "referrals/list.html", context)


def _wherever_it_stands(worker: Worker, sides: list[Side], at: datetime, words: str) -> tuple[Groups, bool]:
    """What these words find, by the tab it stands in; and whether there is more than is shown."""
    found = {side: queries.cards(worker, side, at, words=words) for side in sides}
    groups = [(SIDES[side], cards) for side, (cards, _earlier) in found.items() if cards]
    return groups, any(earlier for _cards, earlier in found.values())


def _by_move(side: Side, cards: list[Card]) -> Groups:
    if side in ALL_ALIKE:
        return [(ALL_ALIKE[side], cards)] if cards else []
    by_move = [(MOVES[move], [card for card in cards if card.move == move]) for move in MOVES]
    return [(move, found) for move, found in by_move if found]


def _capacity(worker: Worker) -> list[dict[str, Any]]:
    """What is asked, by us and of us, before there is anybody to name."""
    of_us, by_us = (
        list(found(worker)) for found in (queries.capacity_asked_of_us, queries.capacity_asked_by_us)
    )
    known = agencies_by_id({c.agency_id for c in of_us} | {c.to_agency_id for c in by_us})
    return [
        *({"asked": asked, "agency": known[asked.agency_id], "ours": False} for asked in of_us),
        *({"asked": asked, "agency": known[asked.to_agency_id], "ours": True} for asked in by_us),
    ]


@for_who_meets_people
@require_POST
def notices(request: WorkerRequest) -> HttpResponse:
    """Note that we stop using what is no longer shared."""
    read = as_number(request.POST.get("read", ""), 0)
    consent.acknowledge(read=read, by=request.worker, at=clock.now())
    return redirect("referrals:list")


def to_list(side: Side) -> HttpResponse:
    """Lead to one side of the requests."""
    return redirect(f"{reverse('referrals:list')}?side={side}")
