"""Who may come to the pages of evidence: editors. To everybody else they do not exist."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from alongside.evidence import queries
from alongside.kernel.decorators import View, unseen_is_absent
from alongside.kernel.requests import WorkerRequest


def for_editors(view: View) -> View:
    """Answer 404 to everybody but editors, and wherever a query finds nothing for this one."""

    @wraps(view)
    @unseen_is_absent
    def door(request: WorkerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not queries.may_look(request.worker):
            raise Http404
        return view(request, *args, **kwargs)

    return door
