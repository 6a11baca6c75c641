"""Pages of "not them": by person, role, agency, or thing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.agencies.queries import colleagues_who_keep_files, names_of, other_agencies
from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.files import queries as files
from alongside.kernel import clock
from alongside.kernel.decorators import (
    done_though_idle,
    for_who_keeps_files,
    for_who_oversees_access,
    unseen_is_absent,
)
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id
from alongside.plans import queries as plans
from alongside.referrals import commands
from alongside.referrals.forms import BlockByNameForm, BlockForm, WithholdForm


def _block_though_idle(token: str, form: QueryDict, file_id: UUID) -> bool:
    """Write down what a form says whose session had gone idle; what isn't clear waits like all else."""
    said = {name: str(form.get(name, "")).strip() for name in ("which", "against", "agency", "name", "item")}
    item_id, agency_id = as_id(said["item"], None), as_id(said["agency"], None)
    clear: dict[str, tuple[dict[str, Any], Any]] = {
        "who": ({"against": said["against"]}, said["against"]),
        "named": ({"agency_id": agency_id, "name": said["name"][:100]}, agency_id and said["name"]),
        "thing": ({"item_id": item_id}, item_id),
    }
    named, is_clear = clear.get(said["which"], ({}, None))
    return bool(is_clear) and consent.block_though_idle(token=token, file_id=file_id, **named)


@done_though_idle(_block_though_idle)
@for_who_keeps_files
@unseen_is_absent
def blocks(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """Who is not to see this, and what nobody else is to see."""
    file = files.get_file(request.worker, file_id)
    forms = _forms(request, file)
    if forms["who"].is_valid():
        against = forms["who"].cleaned_data["against"]
        commands.block(file_id=file.id, against=against, item_id=None, by=request.worker, at=clock.now())
        return (
            redirect("files:list")
            if against == f"worker:{request.worker.pk}"
            else redirect("referrals:blocks", file.id)
        )
    if forms["named"].is_valid():
        told = forms["named"].cleaned_data
        commands.block_by_name(
            file_id=file.id,
            agency_id=UUID(told["agency"]),
            name=told["name"],
            by=request.worker,
            at=clock.now(),
        )
        return redirect("referrals:blocks", file.id)
    if forms["thing"].is_valid():
        item_id = UUID(forms["thing"].cleaned_data["item"])
        commands.block(file_id=file.id, against="", item_id=item_id, by=request.worker, at=clock.now())
        return redirect("referrals:blocks", file.id)
    context = {
        "file": file,
        "person": files.person(request.worker, file),
        "blocks": _named(request, file),
        "forms": forms,
    }
    return render(
        request,
        "referrals/blocks.html",
        context,
        status=422 if any(f.errors for f in forms.values()) else 200,
    )


@for_who_keeps_files
@unseen_is_absent
@require_POST
def lift(request: WorkerRequest, file_id: UUID, block_id: UUID) -> HttpResponse:
    """They changed their mind."""
    file = files.get_file(request.worker, file_id)
    consent.lift_block(block=consents.get_block(file.id, block_id), by=request.worker, at=clock.now())
    return redirect("referrals:blocks", file.id)


@for_who_keeps_files
@unseen_is_absent
def recuse(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """ "I know this person: not me": shut the file to oneself, or take that back while it was a slip.

    The page that says so is the same whatever file it names, so that it tells nothing of one.
    """
    if request.method != "POST":
        return render(request, "referrals/recused.html", {"file_id": file_id})
    if "back" in request.POST:
        if not consent.take_back_recusal(file_id=file_id):
            messages.error(request, _("It can’t be taken back here any more: ask your privacy officer."))
            return redirect("day")
        return redirect("desk:file", file_id)
    file = files.get_file(request.worker, file_id)
    consent.recuse(file_id=file.id, by=request.worker, at=clock.now())
    return redirect("referrals:not_me", file.id)


@for_who_oversees_access
def recusals(request: WorkerRequest) -> HttpResponse:
    """Who said "not me"; for the privacy officer."""
    found = list(consents.recusals(request.worker))
    handles = files.handles(request.worker, {one.file_id for one in found})
    names = names_of(request.worker, {one.set_by for one in found if one.set_by})
    lines = [(one, names.get(one.set_by, ""), handles.get(one.file_id, "")) for one in found if one.set_by]
    return render(request, "referrals/recusals.html", {"recusals": lines})


@for_who_oversees_access
@unseen_is_absent
@require_POST
def lift_recusal(request: WorkerRequest, recusal_id: UUID) -> HttpResponse:
    """Open a file again to somebody who said "not me"."""
    consent.lift_recusal(block_id=recusal_id, by=request.worker, at=clock.now())
    return redirect("referrals:recusals")


def _forms(request: WorkerRequest, file: Any) -> dict[str, Any]:
    which = request.POST.get("which", "")

    def posted(name: str) -> Any:
        return request.POST if which == name else None

    agencies = [(str(a.pk), a.full_name) for a in other_agencies(request.worker)]
    return {
        "who": BlockForm(posted("who"), choices=_whom(request)),
        "named": BlockByNameForm(posted("named"), choices=agencies),
        "thing": WithholdForm(posted("thing"), choices=_things(request, file)),
    }


def _whom(request: WorkerRequest) -> list[Any]:
    people = [(f"worker:{w.pk}", w.name) for w in colleagues_who_keep_files(request.worker)]
    agencies = [(f"agency:{a.pk}", a.full_name) for a in other_agencies(request.worker)]
    intake = [
        (f"role:{a.pk}:intake", _("%(agency)s, intake") % {"agency": a.full_name})
        for a in other_agencies(request.worker)
    ]
    return [(_("Somebody here"), people), (_("An agency"), agencies), (_("One role in an agency"), intake)]


def _things(request: WorkerRequest, file: Any) -> list[tuple[str, str]]:
    items = [*files.shareable(request.worker, file), *plans.shareable(request.worker, file.id)]
    first_lines = {item["id"]: item["words"].split("\n")[0][:80] for item in items}
    return [(str(i["id"]), f"{consents.KINDS[i['kind']]}: {first_lines[i['id']]}") for i in items]


def _named(request: WorkerRequest, file: Any) -> list[tuple[Any, str]]:
    names = {key: label for _group, choices in _whom(request) for key, label in choices} | dict(
        _things(request, file)
    )
    return [
        (b, consents.name_in(request.worker, b) or names.get(b.against or str(b.item_id), ""))
        for b in consents.blocks(file.id)
    ]
