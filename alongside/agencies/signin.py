"""What allauth asks of us when somebody signs in."""

import base64
from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from alongside.agencies import devices, queries
from alongside.agencies.models import Account
from alongside.kernel import ctx, installation_key, unsent
from alongside.kernel.sessions import IDLED

ONE_FACTOR, TWO_FACTORS = 1, 2


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only; a checked sign-in is told to the database."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "That user name and that passphrase don’t belong together. Check both. After many tries, wait a "
            "quarter of an hour or use a passkey."
        ),
        "incorrect_password": _("That isn’t your passphrase."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Check a passphrase.

        Unknown name, wrong passphrase and too many tries cost the same work and get the same answer. Who has
        a passkey is asked for it after the right passphrase, so that many wrong tries shut nobody out.
        """
        what = devices.tried_from(str(credentials.get("username", "")), request.COOKIES, request.META)
        open_now = ctx.may_try(what)
        account = authenticate(request, **credentials)
        if account is None or not (open_now or self._has_passkey(account)):
            return None
        ctx.tried_right(what)
        return account

    def _has_passkey(self, account: Account) -> bool:
        if self.request.user.is_authenticated:
            return bool(queries.factors_of(account).passkeys)
        ctx.begin_sign_in(account.pk)
        found = bool(queries.factors_of(account).passkeys)
        ctx.begin_sign_in()
        return found

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody goes on: where they pressed something too late, else the front page."""
        account_id = UUID(str(request.user.pk))
        return unsent.page_to_return_to(request, account_id) or str(super().get_login_redirect_url(request))

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        """From here on the database knows whose second step is waited for. Without a seat nobody comes in."""
        ctx.begin_sign_in(user.pk)
        seat = queries.seat_held(user)
        if user.is_active and seat and not seat.is_suspended:
            return None
        clear_login(request)
        return render(request, "agencies/no_seat.html", {"seat": seat}, status=409)

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Open the session in the database, where every policy will read it."""
        methods = {record["method"] for record in get_authentication_records(request, user)}
        ctx.open_session(
            str(request.session.session_key), user.pk, TWO_FACTORS if "mfa" in methods else ONE_FACTOR
        )
        ctx.sweep()
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if idled := request.COOKIES.get(IDLED):
            ctx.end_session(idled)
            response.delete_cookie(IDLED)
        response.set_cookie(
            devices.COOKIE,
            devices.new(user.username),
            max_age=devices.KNOWN_FOR,
            httponly=True,
            samesite="Strict",
            secure=settings.HTTPS,
        )
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *_more: Any,
        message: str | None = None,
        **_kw: Any,
    ) -> None:
        """Say what went wrong and stay quiet about what went well: the page shows that by itself."""
        if message and level >= messages.WARNING:
            messages.add_message(request, level, message)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing, ever.

        A letter about a sign-in can be read by the wrong person (practice.md, trap 9).
        """


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets are sealed, their names are plain."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That didn’t match. Try the newest code, or use another way."),
    }

    def encrypt(self, text: str) -> str:
        """Seal the secret of an authenticator or of recovery codes."""
        return base64.b64encode(installation_key.seal(text.encode(), purpose="factor", about="")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        return installation_key.unseal(base64.b64decode(encrypted_text), purpose="factor", about="").decode()

    def generate_authenticator_name(self, user: Account, type: Any) -> str:
        """Propose a name for a new passkey."""
        number = len(queries.factors_of(user).passkeys) + 1
        return gettext("This device") if number == 1 else gettext("Passkey %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        return pgettext("in the list of an authenticator app", "Alongside")


def sign_in(request: HttpRequest, account: Account) -> None:
    """Sign in somebody who has just chosen their passphrase, so that they can add a second step at once."""
    AccountAdapter(request).login(request, account)
    record_authentication(request, account, method="password", reauthenticated=True)
    token = str(request.session.session_key)
    request.session.set_expiry(0)
    ctx.open_session(token, account.pk, ONE_FACTOR)
    ctx.begin(token)
    ctx.prove(token)


def renew(request: HttpRequest, assurance: int = ONE_FACTOR) -> None:
    """Change the cookie of a session that goes on.

    After a new passphrase, or with more assurance after a second step was added.
    """
    old = str(request.session.session_key)
    request.session.cycle_key()
    ctx.renew_session(old, str(request.session.session_key), assurance)


def needs_second_step(seat: ctx.Seat) -> bool:
    """Whether this installation wants a second step from everybody and this session has none."""
    return settings.SECOND_STEP_REQUIRED and seat.assurance < TWO_FACTORS


def ask_again(request: HttpRequest, back: str) -> HttpResponseRedirect:
    """Lead to the passphrase, a code or a passkey once more, and from there back."""
    methods = AccountAdapter(request).get_reauthentication_methods(request.user)
    return redirect(f"{methods[0]['url']}?{urlencode({'next': back}, safe='/')}")


def same_again(back: str = "") -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let a view run only within five minutes of a passphrase, code or passkey.

    `back` is the page with the button, if it isn't this one.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not ctx.has_proved():
                if back and request.method == "POST":
                    messages.info(request, gettext("First this; then press the button once more."))
                return ask_again(request, reverse(back) if back else request.path)
            return view(request, *args, **kwargs)

        return asked

    return decorate
