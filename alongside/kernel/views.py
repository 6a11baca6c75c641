"""Pages that belong to no capability: leaving, the language, and an old form."""

import json
import logging
import sys

import psycopg
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.template import loader
from django.urls import reverse, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe
from django.views.defaults import server_error

from alongside.kernel import drafts, guides, left_sessions, quiet_pages, unsent
from alongside.kernel.context_processors import KEYBOARD
from alongside.kernel.decorators import second_step_exempt
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sessions import IDLED

log = logging.getLogger(__name__)

ELSEWHERE = {"en": "https://weather.gc.ca/", "fr": "https://meteo.gc.ca/"}


@login_not_required
@second_step_exempt
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """End the session on the server, clear what the browser holds, and go to the weather.

    Works as a plain link, and at once: the database is told after the answer, or when it is back.
    """
    tokens = {request.session.session_key, request.COOKIES.get(IDLED)} - {None, ""}
    response = HttpResponseRedirect(ELSEWHERE[(get_language() or "en")[:2]])
    for token in tokens:
        left_sessions.leave(str(token))
    if tokens:
        response._resource_closers.append(left_sessions.end_all)  # type: ignore[attr-defined]
    response.delete_cookie(settings.SESSION_COOKIE_NAME)
    response.delete_cookie(IDLED)
    response["Clear-Site-Data"] = '"cache", "storage"'
    response.delete_cookie(settings.CSRF_COOKIE_NAME)
    response.set_cookie("left", "1", max_age=1, httponly=True, samesite="Strict", secure=settings.HTTPS)
    return response


@login_not_required
@second_step_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages and come back to the same one."""
    code, back = request.POST.get("language", ""), _page_it_stands_on(request)
    if code not in dict(settings.LANGUAGES):
        return redirect(back)
    response = redirect(translate_url(back, code))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, httponly=True, samesite="Strict", secure=settings.HTTPS
    )
    return response


@require_GET
def help_page(request: WorkerRequest) -> HttpResponse:
    """Every guide, one's own first, and the keys."""
    found = guides.titles(get_language() or "en")
    own = request.worker.guide
    context = {"guides": sorted(found, key=lambda each: each[0] != own)}
    return render(request, "kernel/help.html", context)


@require_GET
def guide(request: WorkerRequest, name: str) -> HttpResponse:
    """One guide, in the language of the page."""
    if name not in guides.names():
        raise Http404
    return render(request, "kernel/guide.html", {"read": guides.guide(name, get_language() or "en")})


@require_POST
def keyboard(request: WorkerRequest) -> HttpResponse:
    """Switch the keys off in this browser, or on again (WCAG 2.1.4)."""
    response = redirect(f"{reverse('help')}#keyboard")
    if request.POST.get("keys") == "off":
        response.set_cookie(
            KEYBOARD, "1", max_age=31_536_000, httponly=True, samesite="Strict", secure=settings.HTTPS
        )
    else:
        response.delete_cookie(KEYBOARD)
    return response


@require_POST
def quiet(request: WorkerRequest) -> HttpResponse:
    """Cover names and words on every page of this session, or uncover them; or on this device from now on."""
    back = _page_it_stands_on(request)
    if "device" in request.POST:
        request.session.pop(quiet_pages.KEY, None)
        return quiet_pages.remember(redirect(back), on=request.POST["device"] == "1")
    request.session[quiet_pages.KEY] = not quiet_pages.is_quiet(request.session, request.COOKIES)
    return redirect(back)


def _page_it_stands_on(request: HttpRequest) -> str:
    """Which page the form stands on, as it says itself (`next`); the front page where it is none of ours."""
    said = request.POST.get("next", "/")
    ours = url_has_allowed_host_and_scheme(said, allowed_hosts={request.get_host()})
    return said if said.startswith("/") and ours else "/"


@login_not_required
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old to be sent (a failed CSRF check)."""
    return render(request, "kernel/stale_form.html", status=403)


def database_away(request: HttpRequest) -> HttpResponse:
    """Say in both languages that the database is away, and keep what was typed: one press sends it again.

    Asks the database for nothing.
    """
    context = {
        "words": drafts.typed(request),
        "token": request.POST.get("csrfmiddlewaretoken", ""),
        "place": request.POST.get("draft_of", ""),
    }
    return HttpResponse(loader.render_to_string("kernel/database_away.html", context), status=503)


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """Answer an error that nobody caught: a database that is lost, or a mistake of ours."""
    if _is_database_lost(sys.exc_info()[1]):
        return database_away(request)
    return server_error(request)


@require_POST
def keep_draft(request: WorkerRequest) -> HttpResponse:
    """Keep what is being written in a form, for this worker and this page, until it is sent; or forget it."""
    if "forget" in request.POST:
        return redirect(drafts.place_of(request))  # the middleware forgets it
    drafts.keep(request, request.seat.account_id)
    return HttpResponse(status=204)


@require_POST
def forget_unsent(request: WorkerRequest) -> HttpResponse:
    """Leave undone what was pressed when the session had gone idle."""
    unsent.forget(request)
    return redirect("front")


@login_not_required
@csrf_exempt
@require_POST
def policy_report(request: HttpRequest) -> HttpResponse:
    """Log which rule of the content security policy a browser saw broken.

    No address, no text and no browser is kept.
    """
    try:
        report = json.loads(request.body[:10_000])["csp-report"]
        rule = str(report.get("effective-directive") or report.get("violated-directive")).split()[0]
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        RawPostDataException,  # sent as a form, which no browser does
    ):
        return HttpResponse(status=400)
    if rule in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] or rule.removesuffix("-elem").removesuffix(
        "-attr"
    ) in (
        "script-src",
        "style-src",
    ):
        log.warning("A page broke its content security policy: %s", rule)
    return HttpResponse(status=204)


def _is_database_lost(error: BaseException | None) -> bool:
    """Whether the database was lost, also where a library says so in an error of its own."""
    lost = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
    while error is not None and not isinstance(error, lost):
        error = error.__cause__
    return error is not None
