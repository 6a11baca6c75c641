"""One transaction for each request, signed with who is asking before any table is read."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import DataError, InterfaceError, InternalError, OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from psycopg.errors import InsufficientPrivilege

from alongside.kernel import ctx, drafts, left_sessions
from alongside.kernel.refusal import Refusal
from alongside.kernel.requests import SignedRequest
from alongside.kernel.views import database_away, leave, stale_form
from alongside.kernel.watchdog import watchdog, watched_transaction

FRESH = timedelta(minutes=1)  # how old "last seen" may be before it is written again
BY_ITSELF = "X-By-Itself"  # a page that looks again without anybody there: it doesn't keep a session awake


class SignedTransaction:
    """Open the transaction, sign it, answer inside it; undo everything if the answer was an exception.

    Not ATOMIC_REQUESTS: that closes before lazy templates are rendered, which then find nothing (security.md
    D1).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SignedRequest) -> HttpResponse:
        request.seat = None
        if request.path == reverse("exit"):
            return leave(request)
        if watchdog.is_away:
            return database_away(request)
        try:
            left_sessions.end_all()
            with watched_transaction():
                response = self._sign(request) or self.get_response(request)
                if (
                    request.method == "POST"
                    and 300 <= response.status_code < 400
                    and "draft_of" in request.POST
                ):
                    drafts.forget(request)
                return response
        except (OperationalError, InterfaceError):
            return database_away(request)

    def _sign(self, request: SignedRequest) -> HttpResponse | None:
        """Sign the transaction; answer instead of the page when the session is over."""
        if _is_from_elsewhere(request):
            return stale_form(request)
        signed_in = (
            "_auth_user_id" in request.session
        )  # read now: after an error nothing can be read any more
        token = request.session.session_key
        seat = ctx.begin(token) if token and not left_sessions.is_left(token) else None
        if seat and seat.worker_id:
            request.seat = seat
            if seat.seen_ago > FRESH and BY_ITSELF not in request.headers:
                ctx.touch(str(token))
            return None
        if signed_in:
            return self._session_over(request, str(token))
        _begin_sign_in_if_due(request)
        return None

    def _session_over(self, request: HttpRequest, token: str) -> HttpResponse | None:
        """Keep what was posted if the session merely went idle; come back here after signing in.

        The session is forgotten.
        """
        account = ctx.was_idle(token)
        back = request.path
        if account and request.method == "POST":
            drafts.rescue(request, account)
            back = drafts.place_of(request)
        ctx.end_session(token)
        request.session.flush()
        if _begin_sign_in_if_due(request) or request.path in (
            reverse("front"),
            reverse("language"),
        ):
            return None
        sign_in = f"{reverse('account_login')}?{urlencode({'next': back}, safe='/')}"
        if request.headers.get(
            "HX-Request"
        ):  # a part of a page asked: the whole page goes, so that nothing stays on the screen
            return HttpResponse(status=204, headers={"HX-Redirect": sign_in})
        return redirect(sign_in)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Undo what the view began. A row that may not be touched answers as one that does not exist."""
        if connection.in_atomic_block:
            transaction.set_rollback(True)
        if isinstance(exception, Refusal):
            return render(request, "kernel/refusal.html", {"refusal": exception}, status=409)
        cause = exception.__cause__
        if isinstance(cause, InsufficientPrivilege) or isinstance(exception, (DataError, InternalError)):
            raise Http404
        return None


def _begin_sign_in_if_due(request: HttpRequest) -> bool:
    """Let the pages where somebody comes in look up accounts: these and no others."""
    if request.path not in {reverse(name) for name in settings.SIGN_IN_PAGES}:
        return False
    ctx.begin_sign_in()
    return True


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site made the browser send this (Fetch Metadata).

    Older browsers say nothing and have the CSRF token only.
    """
    site = request.headers.get("Sec-Fetch-Site", "none")
    return request.method not in ("GET", "HEAD", "OPTIONS") and site not in ("same-origin", "none")
