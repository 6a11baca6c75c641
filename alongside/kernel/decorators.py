"""Who a view answers: to everybody else it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse

from alongside.kernel.requests import WorkerRequest

if TYPE_CHECKING:
    from alongside.agencies.roles import Permission

View = Callable[..., HttpResponse]


def unseen_is_absent(view: View) -> View:
    """Answer 404 when a query finds nothing for this viewer: forbidden and absent look the same."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist as nothing:
            raise Http404 from nothing

    return wrapped


def keeps_nothing_typed(view: View) -> View:
    """Keep nothing of what is sent here too late: not as a draft, and not to be pressed again.

    For what nobody may read later over the worker's shoulder: where they are, a word for danger.
    """
    view.keeps_nothing_typed = True  # type: ignore[attr-defined]
    return view


def for_who_keeps_files(view: View) -> View:
    """Answer 404 to agencies and roles that keep no files.

    Criminal-legal agencies can never browse, list or search (practice.md 1.3).
    """

    @wraps(view)
    def wrapped(request: WorkerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.worker.keeps_files:
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


def for_who_meets_people(view: View) -> View:
    """Answer 404 to roles that meet nobody.

    Leaders, privacy officers and administrators read no request (practice.md 0.1).
    """

    @wraps(view)
    def wrapped(request: WorkerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.worker.meets_people:
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


def for_who_may(permission: "Permission") -> Callable[[View], View]:
    """Answer 404 to everybody whose role, in their agency, does not have a permission."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: WorkerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.worker.may(permission):
                raise Http404
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def for_who_oversees_access(view: View) -> View:
    """Answer 404 to everybody but the agency's privacy officer (practice.md 0.1)."""

    @wraps(view)
    def wrapped(request: WorkerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.worker.may("oversee-access"):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


def done_though_idle(act: Callable[..., bool]) -> Callable[[View], View]:
    """Let what a form orders be done at once although its session went idle: only for what takes away.

    :param act: gets the token, the form and what the address names; whether it was done
    """

    def decorate(view: View) -> View:
        view.done_though_idle = act  # type: ignore[attr-defined]
        return view

    return decorate


def second_step_exempt(view: View) -> View:
    """Answer also a session that had one factor where two are required: whoever adds the second, or leaves.

    Said of each view by itself, never of a prefix of addresses.
    """

    view.second_step_exempt = True  # type: ignore[attr-defined]
    return view
