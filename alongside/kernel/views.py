"""Pages that belong to no capability: leaving, the language, and an old form."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from alongside.kernel import ctx

ELSEWHERE = {"en": "https://weather.gc.ca/", "fr": "https://meteo.gc.ca/"}


@login_not_required
def leave(request: HttpRequest) -> HttpResponse:
    """End the session on the server, clear what the browser holds, and go to the weather. Works as a plain link."""
    if request.session.session_key:
        ctx.end_session(request.session.session_key)
    request.session.flush()
    response = HttpResponseRedirect(ELSEWHERE[(get_language() or "en")[:2]])
    response["Clear-Site-Data"] = '"cache", "storage"'
    response.delete_cookie(settings.CSRF_COOKIE_NAME)
    response.set_cookie("left", "1", max_age=1, httponly=True, samesite="Strict", secure=settings.HTTPS)
    return response


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages and come back to the same one."""
    code, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    if code not in dict(settings.LANGUAGES):
        return redirect(back)
    response = redirect(translate_url(back, code))
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, httponly=True, samesite="Strict", secure=settings.HTTPS)
    return response


@login_not_required
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old to be sent (a failed CSRF check)."""
    return render(request, "kernel/stale_form.html", status=403)
