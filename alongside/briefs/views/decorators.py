"""Who may come to the pages of briefs: who writes them, and who signs.

To everybody else they do not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from alongside.briefs import rules
from alongside.kernel.decorators import unseen_is_absent
from alongside.kernel.requests import WorkerRequest

View = Callable[..., HttpResponse]


def for_who_looks(view: View) -> View:
    """Answer 404 to roles that neither write nor sign briefs."""
    return _for(rules.may_look, view)


def for_who_writes(view: View) -> View:
    """Answer 404 to whoever isn't an evidence editor."""
    return _for(rules.may_write, view)


def _for(may: Callable[[Any], bool], view: View) -> View:
    @wraps(view)
    def door(request: WorkerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.worker):
            raise Http404
        return view(request, *args, **kwargs)

    return unseen_is_absent(door)
