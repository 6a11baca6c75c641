"""Signing in, an invitation, coming back in.

Only these pages are answered for somebody who isn't signed in yet.
"""

from typing import Any

from allauth.account import views as account
from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from alongside.agencies import commands, queries, signin
from alongside.agencies.forms import OneTimeCode, PasskeySecondStep, PasskeySignIn, Recover, Seat, SeatOfMine
from alongside.kernel import ctx
from alongside.kernel.decorators import second_step_exempt
from alongside.kernel.refusal import Refusal
from alongside.kernel.sessions import IDLED
from alongside.trail import commands as trail


class Unprocessed:
    """A form with an error is answered with 422, and keeps what was typed."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == 200:
            response.status_code = 422
        return response


@method_decorator(login_not_required, name="dispatch")
class SignIn(Unprocessed, account.LoginView):  # type: ignore[misc]
    """User name and passphrase, or a passkey."""


@method_decorator(login_not_required, name="dispatch")
class SignInByPasskey(webauthn.LoginWebAuthnView):  # type: ignore[misc]
    """A passkey, checked."""

    form_class = PasskeySignIn

    def get_form_class(self) -> Any:
        return self.form_class

    def form_valid(self, form: Any) -> HttpResponse:
        """Now the database knows whose factors these are, and may note that this one was used."""
        ctx.begin_sign_in(form.cleaned_data["credential"].user_id)
        response: HttpResponse = super().form_valid(form)
        self.request.session.set_expiry(0)
        return response


@method_decorator(login_not_required, name="dispatch")
class SecondStep(Unprocessed, mfa.AuthenticateView):  # type: ignore[misc]
    """A code or a passkey, after the passphrase."""

    webauthn_form_class = PasskeySecondStep

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let the database show this one account's factors."""
        stage = get_pending_stage(request)
        if stage and stage.login.user:
            ctx.begin_sign_in(stage.login.user.pk)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_webauthn_form_class(self) -> Any:
        return self.webauthn_form_class

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which ways this account has, so that none is offered that can't work."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        factors = queries.factors_of(self.stage.login.user)
        return {
            **context,
            "by_code": factors.authenticator or factors.recovery_codes,
            "by_passkey": factors.passkeys,
        }


@login_not_required
@second_step_exempt
@require_POST
def session(request: HttpRequest) -> HttpResponse:
    """End this session, on the server and in the browser; or give up signing in half-way."""
    for token in {request.session.session_key, request.COOKIES.get(IDLED)} - {None}:
        ctx.end_session(str(token))
    logout(request)
    response = redirect("front")
    response.delete_cookie(IDLED)
    response["Clear-Site-Data"] = '"cache", "storage"'
    response.delete_cookie(settings.CSRF_COOKIE_NAME)
    return response


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Type the code, see what is offered, and take the seat with a new account or the one you have."""
    first = OneTimeCode(request.POST or None)
    if request.method == "GET" or not first.is_valid():
        return _page(request, "agencies/invitation.html", {"form": first})
    offered = queries.invitation_by_code(first.cleaned_data["code"])
    if offered is None:
        first.add_error(
            "code",
            _("This code opens nothing: it may be mistyped, used already or too old. Ask for a new one."),
        )
        return _page(request, "agencies/invitation.html", {"form": first})
    new = Seat(
        request.POST if "username" in request.POST else None,
        initial={"code": first.cleaned_data["code"]},
        prefix=None,
    )
    mine = SeatOfMine(
        request.POST if "login" in request.POST else None, initial={"code": first.cleaned_data["code"]}
    )
    if new.is_bound and new.is_valid():
        return _take_new_seat(request, new)
    if mine.is_bound and mine.is_valid() and (taken := _take_seat_with_account(request, mine)):
        return taken
    return _page(request, "agencies/seat.html", {"offered": offered, "form": new, "mine": mine})


def _take_new_seat(request: HttpRequest, form: Seat) -> HttpResponse:
    chosen = form.cleaned_data
    account = commands.accept(
        code=chosen["code"], username=chosen["username"], passphrase=chosen["passphrase"]
    )
    signin.sign_in(request, account)
    worker = queries.seat_of(account)
    trail.note("agencies.joined", custodian_id=worker.agency_id, item_id=worker.pk, item_kind="worker")
    return redirect("second_step")


def _take_seat_with_account(request: HttpRequest, form: SeatOfMine) -> HttpResponse | None:
    adapter = signin.AccountAdapter(request)
    account = adapter.authenticate(
        request, username=form.cleaned_data["login"], password=form.cleaned_data["password"]
    )
    if account is None:
        form.add_error(None, adapter.validation_error("username_password_mismatch"))
        return None
    commands.accept_with(code=form.cleaned_data["code"], account=account)
    messages.success(request, _("The seat is yours. Sign in."))
    return redirect("account_login")


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def recovery(request: HttpRequest) -> HttpResponse:
    """With the code two colleagues made, choose a new passphrase."""
    form = Recover(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.recover(code=form.cleaned_data["code"], passphrase=form.cleaned_data["passphrase"])
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("Your new passphrase is set. All your sessions have ended. Sign in."))
            return redirect("account_login")
    return _page(request, "agencies/recovery.html", {"form": form})


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    wrong = any(getattr(context.get(name), "errors", None) for name in ("form", "mine"))
    return render(request, template, context, status=422 if wrong else 200)
