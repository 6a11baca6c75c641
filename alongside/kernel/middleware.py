"""One transaction for each request, signed with who is asking before any table is read."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import DataError, InterfaceError, InternalError, OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from psycopg.errors import DeadlockDetected, InsufficientPrivilege, SerializationFailure

from alongside.kernel import commands, ctx, drafts, left_sessions, unsent, versions
from alongside.kernel.refusal import Refusal
from alongside.kernel.requests import SignedRequest
from alongside.kernel.sessions import IDLED, remember_idled
from alongside.kernel.views import database_away, leave, stale_form
from alongside.kernel.watchdog import watchdog, watched_transaction

AGAIN = 2  # times that an answer is begun anew, if two stood in each other's way and it was the one to yield
FRESH = timedelta(minutes=1)  # how old "last seen" may be before it is written again
BY_ITSELF = "X-By-Itself"  # a page that looks again without anybody there: it doesn't keep a session awake


class SignedTransaction:
    """Open the transaction, sign it, answer inside it; undo everything if the answer was an exception.

    Not ATOMIC_REQUESTS: that closes before lazy templates are rendered, which then find nothing (security.md
    D1). Where the database chose this one of two that waited for each other, nothing of it has happened, and
    it is begun anew with the session as it was.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SignedRequest) -> HttpResponse:
        request.seat, request.idled = None, None
        if request.path == reverse("exit"):
            return leave(request)
        token = request.session.session_key
        response = self._answer_once(request)
        for _once_more in range(AGAIN):
            if not request.has_yielded or request.FILES:
                break
            request.session = type(request.session)(token)
            response = self._answer_once(request)
        return response

    def _answer_once(self, request: SignedRequest) -> HttpResponse:
        request.has_yielded = False
        if watchdog.is_away:
            return database_away(request)
        try:
            left_sessions.end_all()
            with watched_transaction():
                return self._answer(request)
        except (OperationalError, InterfaceError) as error:
            request.has_yielded = _has_yielded(error)
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
        if _begin_sign_in_if_due(request):
            return None
        idled = request.COOKIES.get(IDLED)
        return self._session_over(request, idled) if idled and request.method == "POST" else None

    def _answer(self, request: SignedRequest) -> HttpResponse:
        """Answer in the signed transaction; a press that no page can tell is told on the front page."""
        over = self._sign(request)
        if over is None and request.seat and request.method == "POST" and versions.FIELD in request.POST:
            commands.wait_for_turn(request.path)
        late = unsent.waiting(request) if over is None and request.method != "POST" else None
        response = over or self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and unsent.WAITING in request.session:
            return redirect("front")
        self._forget_or_tell(request, response, late)
        if request.idled:
            remember_idled(response, request.idled)
        return response

    def _forget_or_tell(
        self, request: SignedRequest, response: HttpResponse, late: list[unsent.Press] | None
    ) -> None:
        """Forget what was kept of a form that has been accepted; tell what was pressed too late."""
        if request.method == "POST":
            again = reverse("account_reauthenticate")
            if 300 <= response.status_code < 400 and not response["Location"].startswith(again):
                if drafts.is_kept(request):
                    drafts.forget(request)
                unsent.forget(request, request.path)
        elif late is not None and not response.streaming:
            unsent.tell(request, response, late)

    def _session_over(self, request: SignedRequest, token: str) -> HttpResponse | None:
        """Keep what was posted if the session merely went idle; come back here after signing in.

        The session is forgotten, and the browser keeps which one it was until somebody signs in or leaves, so
        that no other window loses anything. The sign-in page's address says nothing of a form that was kept.
        """
        signs_out = request.path == reverse("account_logout")
        account = None if signs_out else ctx.was_idle(token)
        request.idled = token if account else None
        back = {"next": request.path}
        if request.method == "POST":
            back = {}
            ours = account is not None and drafts.is_one_of_ours(request)
            if ours and _is_done_though_idle(request, token):
                back = {"done": "1"}
            elif account and ours:
                ctx.begin_sign_in(account)
                drafts.keep(request, account)
                unsent.keep(request, account)
        if not account:
            ctx.end_session(token)
        request.session.flush()
        if _begin_sign_in_if_due(request) or signs_out or request.path in map(reverse, ("front", "language")):
            return None
        sign_in = f"{reverse('account_login')}?{urlencode(back, safe='/')}".rstrip("?")
        if request.headers.get(
            "HX-Request"
        ):  # a part of a page asked: the whole page goes, so that nothing stays on the screen
            return HttpResponse(status=204, headers={"HX-Redirect": sign_in})
        return redirect(sign_in)

    def process_exception(self, request: SignedRequest, exception: Exception) -> HttpResponse | None:
        """Undo what the view began. A row that may not be touched answers as one that does not exist."""
        if connection.in_atomic_block:
            transaction.set_rollback(True)
        if _has_yielded(exception):
            request.has_yielded = True
            return database_away(request)
        if isinstance(exception, Refusal):
            if exception.leads_there and exception.mended_at and request.method == "GET":
                return redirect(exception.mended_at)
            return render(request, "kernel/refusal.html", {"refusal": exception}, status=exception.status)
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


def _has_yielded(error: Exception) -> bool:
    """Whether the database undid this one, so that another that it waited for could go on."""
    return isinstance(error.__cause__, (DeadlockDetected, SerializationFailure))


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site made the browser send this (Fetch Metadata).

    Older browsers say nothing and have the CSRF token only.
    """
    site = request.headers.get("Sec-Fetch-Site", "none")
    return request.method not in ("GET", "HEAD", "OPTIONS") and site not in ("same-origin", "none")


def _is_done_though_idle(request: HttpRequest, token: str) -> bool:
    """Whether the view that was asked takes something away, and did so in the name of the idle session."""
    try:
        view, _arguments, named = resolve(request.path)
    except Resolver404:
        return False
    act = getattr(view, "done_though_idle", None)
    return act is not None and act(token, request.POST, **named)
