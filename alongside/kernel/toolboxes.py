"""What a worker can do from one contact at the desk: each capability says its tools, the desk shows them.

What was said once goes along to every tool: what it is about, the file if one was chosen, what they want.
Which file a contact is for stands in the session alone, and is forgotten with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.kernel import vocabulary
from alongside.kernel.capabilities import capabilities, said_in
from alongside.kernel.sent import as_id

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.kernel.requests import WorkerRequest

SESSION = "at_the_desk"
MOST = 12  # contacts that one session remembers, the newest


@dataclass(frozen=True)
class Occasion:
    """One contact, as far as it was said: what is needed, and for whom if a file was chosen."""

    visit_id: UUID
    need: str = ""
    file_id: UUID | None = None
    priority_id: UUID | None = None  # what they want, once it is written down

    def query(self, **more: object) -> str:
        """Return the query of an address that knows which contact it is for, with something more in it."""
        said = {"visit": self.visit_id, **more}
        return "?" + urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One tool: its name, a small hint, and where it leads."""

    name: str
    address: str  # nowhere, while it needs a file and none was chosen
    hint: str = ""
    needs_file: bool = False
    rank: int = 50
    tool: str = ""  # the capability that says it, filled in by `tiles`


def tiles(worker: Worker, occasion: Occasion) -> list[Tile]:
    """Return the tools that a worker has for a contact, as every capability's `toolbox` says them."""
    found = [
        replace(tile, tool=capability.label)
        for capability in capabilities()
        if (says := said_in(capability, "toolbox"))
        for tile in says.tiles(worker, occasion)
    ]
    return sorted(found, key=lambda tile: tile.rank)


def address_of(tool: str, worker: Worker, occasion: Occasion) -> str:
    """Return where a tool that needs a file leads now, or nothing if there is none of this name."""
    found = (tile for tile in tiles(worker, occasion) if tile.tool == tool and tile.needs_file)
    return next((tile.address for tile in found), "")


def chosen_for(request: WorkerRequest, visit_id: UUID) -> tuple[UUID | None, UUID | None]:
    """Return which file this contact is for, and which of their wants, as far as it was said."""
    said = request.session.get(SESSION, {}).get(str(visit_id), {})
    return as_id(said.get("file"), None), as_id(said.get("about"), None)


def files_chosen(request: WorkerRequest) -> set[UUID]:
    """Return the files that were chosen for contacts in this session."""
    said = request.session.get(SESSION, {}).values()
    return {file_id for each in said if (file_id := as_id(each.get("file"), None))}


def choose(request: WorkerRequest, visit_id: UUID, *, file_id: UUID, priority_id: UUID | None = None) -> None:
    """Remember which file a contact is for, until the session ends."""
    said = {"file": str(file_id), "about": str(priority_id) if priority_id else ""}
    before = {key: value for key, value in request.session.get(SESSION, {}).items() if key != str(visit_id)}
    kept = dict(list(before.items())[1 - MOST :])
    request.session[SESSION] = kept | {str(visit_id): said}


def forget(request: WorkerRequest, visit_id: UUID) -> None:
    """No longer for this file."""
    before = request.session.get(SESSION, {})
    request.session[SESSION] = {key: value for key, value in before.items() if key != str(visit_id)}


def wanted(request: WorkerRequest, file_id: UUID, priority_id: UUID) -> None:
    """Remember what they want, where the page it was written on was opened for a contact."""
    if visit_id := contact_in(request):
        choose(request, visit_id, file_id=file_id, priority_id=priority_id)


def need_in(request: WorkerRequest) -> dict[str, str]:
    """Return the need that a page was opened with, as a form starts from it."""
    need = request.GET.get("need", "")
    return {"need": need} if need in vocabulary.NEEDS else {}


def contact_in(request: HttpRequest) -> UUID | None:
    """Return which contact a page was opened for, if it was for one."""
    return as_id(request.GET.get("visit"), None)


def back(request: WorkerRequest, otherwise: str, *args: object) -> HttpResponse:
    """Lead back to the contact a page was opened for; else to where the page leads by itself."""
    visit_id = contact_in(request)
    return redirect("toolbox", visit_id) if visit_id else redirect(otherwise, *args)


def onward(request: WorkerRequest, occasion: Occasion) -> HttpResponse:
    """Lead on to the tool for which a file was chosen; to all of them, where it was for none."""
    address = address_of(request.GET.get("tool", ""), request.worker, occasion)
    return redirect(address) if address else redirect("toolbox", occasion.visit_id)
