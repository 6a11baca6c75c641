"""The ledger of releases, one release with its table, and deciding about what was prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.disclosure import commands, grids, queries
from alongside.kernel import clock
from alongside.kernel.decorators import unseen_is_absent
from alongside.kernel.requests import WorkerRequest

if TYPE_CHECKING:
    pass


@require_GET
def ledger(request: WorkerRequest) -> HttpResponse:
    """Everything that was ever released, and what one's own agency prepared."""
    if not queries.may_look(request.worker):
        raise Http404
    return render(
        request, "disclosure/ledger.html", {"halves": grids.by_half(queries.ledger(request.worker))}
    )


@require_GET
@unseen_is_absent
def release(request: WorkerRequest, release_id: UUID) -> HttpResponse:
    """One release: its table as it was prepared, with what is withheld saying so."""
    return _release(request, release_id)


@require_GET
@unseen_is_absent
def table(request: WorkerRequest, release_id: UUID) -> HttpResponse:
    """The protected table as CSV."""
    found = queries.get_release(request.worker, release_id)
    named = {"Content-Disposition": f'attachment; filename="{found.table}-{found.half}-{found.audience}.csv"'}
    return HttpResponse(queries.figures_csv(found), content_type="text/csv; charset=utf-8", headers=named)


@require_POST
@unseen_is_absent
def publication(request: WorkerRequest, release_id: UUID) -> HttpResponse:
    """Release it, after everything its readers hold was attacked together once more."""
    found = queries.get_release(request.worker, release_id)
    try:
        commands.publish([found], by=request.worker, at=clock.now())
    except queries.CannotPublish as refusal:
        return _release(request, release_id, refusal=refusal)
    messages.success(request, _("Released. It stays as it is."))
    return redirect("disclosure:release", release_id)


@require_POST
@unseen_is_absent
def discard(request: WorkerRequest, release_id: UUID) -> HttpResponse:
    """Drop what was prepared and not released."""
    found = queries.get_release(request.worker, release_id)
    try:
        commands.drop(release=found, by=request.worker, at=clock.now())
    except queries.CannotDrop as refusal:
        return _release(request, release_id, refusal=refusal)
    messages.success(request, _("Dropped. Nothing of it was released."))
    return redirect("disclosure:ledger")


def _release(request: WorkerRequest, release_id: UUID, refusal: Exception | None = None) -> HttpResponse:
    found = queries.get_release(request.worker, release_id)
    around = {
        "release": found,
        "grid": grids.grid(found),
        "refusal": refusal,
        "hindrance": queries.hindrance(request.worker, found),
    }
    return render(request, "disclosure/release.html", around, status=409 if refusal else 200)
