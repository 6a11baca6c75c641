"""Who may come to which page of the beds: what may not be seen does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse

from alongside.kernel.decorators import View, unseen_is_absent
from alongside.kernel.requests import WorkerRequest

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def for_whom(may: Callable[[Worker], bool]) -> Callable[[View], View]:
    """Answer 404 to workers of whom the rule says no, and wherever a query finds nothing for this worker."""

    def locked(view: View) -> View:
        @wraps(view)
        @unseen_is_absent
        def door(request: WorkerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.worker):
                raise Http404
            return view(request, *args, **kwargs)

        return door

    return locked
