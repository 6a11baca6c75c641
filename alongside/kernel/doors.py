"""What a view does at its door: what may not be seen does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def unseen_is_absent(view: View) -> View:
    """Answer 404 when a query finds nothing for this viewer: forbidden and absent look the same."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist as nothing:
            raise Http404 from nothing

    return door
