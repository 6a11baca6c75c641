"""One transaction for each request, signed with who is asking before any table is read."""

from collections.abc import Callable
from datetime import timedelta

from django.db import DataError, InternalError, OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from psycopg.errors import InsufficientPrivilege

from alongside.kernel import ctx, drafts
from alongside.kernel.refusal import Refusal

FRESH = timedelta(minutes=1)  # how old "last seen" may be before it is written again


class SignedTransaction:
    """Open the transaction, sign it, answer inside it; undo everything if the answer was an exception.

    Not ATOMIC_REQUESTS: that closes before lazy templates are rendered, which then find nothing (security.md D1).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.seat = None  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                return self._sign(request) or self.get_response(request)
        except OperationalError:
            return render(request, "kernel/database_away.html", status=503)

    def _sign(self, request: HttpRequest) -> HttpResponse | None:
        """Sign the transaction; answer instead of the page when the session has gone idle."""
        token = request.session.session_key
        seat = ctx.begin(token) if token else None
        if seat:
            request.seat = seat  # type: ignore[attr-defined]
            if seat.seen_ago > FRESH:
                ctx.touch(str(token))
            return None
        if "_auth_user_id" in request.session:
            return self._gone_idle(request, str(token))
        if request.path.startswith(reverse("account_login").removesuffix("sign-in/")):
            ctx.enter_door()
        return None

    def _gone_idle(self, request: HttpRequest, token: str) -> HttpResponse | None:
        account = ctx.was_idle(token)
        if account and request.method == "POST":
            drafts.rescue(request, account)
        request.session.flush()
        if request.path.startswith(reverse("account_login").removesuffix("sign-in/")):
            ctx.enter_door()
            return None
        if request.path in (reverse("front"), reverse("exit")):
            return None
        query = urlencode({"next": request.path})
        return redirect(f"{reverse('account_login')}?{query}")

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
