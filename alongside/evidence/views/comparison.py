"""Two readings of one source side by side, once both are finished: where they part comes first.

Numbers are a reason to talk, never a score.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.evidence import commands, queries
from alongside.evidence.forms import MemoForm
from alongside.evidence.queries.comparison import compared
from alongside.evidence.views.decorators import for_editors
from alongside.kernel import clock
from alongside.kernel.requests import WorkerRequest
from alongside.trail.commands import note


@for_editors
@require_http_methods(["GET", "POST"])
def comparison(request: WorkerRequest, source_id: UUID) -> HttpResponse:
    """The two readings of a source side by side; and a memo of what was agreed."""
    source = queries.get_source(request.worker, source_id)
    form = MemoForm(request.POST or None)
    if form.is_bound and form.is_valid():
        commands.write_memo(
            study_id=source.study_id,
            source_id=source.pk,
            words=form.cleaned_data["words"],
            by=request.worker,
            at=clock.now(),
        )
        messages.success(request, _("Kept, with the source."))
        return redirect("evidence:comparison", source.pk)
    found = compared(request.worker, source)
    if found:
        note("evidence.compared", custodian_id=source.agency_id, item_id=source.pk, item_kind="source")
    context: dict[str, Any] = {
        "source": source,
        "compared": found,
        "memo": form,
        "memos": queries.memos(request.worker, source.study_id, source=source),
    }
    return render(request, "evidence/comparison.html", context, status=422 if form.is_bound else 200)
