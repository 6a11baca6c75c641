"""My account: how I sign in, and where I am signed in."""

from typing import Any
from uuid import UUID

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.agencies import commands, queries, signin
from alongside.agencies.forms import NewPassphrase, PasskeyAgain
from alongside.agencies.views.sign_in import Unprocessed
from alongside.kernel import clock, ctx, quiet_pages
from alongside.kernel.decorators import for_who_keeps_files, second_step_exempt
from alongside.kernel.requests import WorkerRequest


@require_safe
def me(request: WorkerRequest) -> HttpResponse:
    """My account."""
    context = {
        "factors": queries.factors_of(request.user),
        "quiet_device": quiet_pages.is_quiet_device(request.COOKIES),
        "sessions": sorted(
            ctx.my_sessions(str(request.session.session_key)), key=lambda session: not session.is_this_one
        ),
    }
    return render(request, "agencies/me.html", context)


@for_who_keeps_files
@require_POST
def shift_end(request: WorkerRequest) -> HttpResponse:
    """Go off."""
    commands.go_off(by=request.worker, at=clock.now())
    return redirect("front")


@for_who_keeps_files
@require_POST
def shift(request: WorkerRequest) -> HttpResponse:
    """Come on."""
    commands.come_on(by=request.worker, at=clock.now())
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, None) else "front")


@second_step_exempt
@require_safe
def second_step(request: WorkerRequest) -> HttpResponse:
    """Offer a second step to somebody who has none; who has one and did without signs in again, with it."""
    required = signin.needs_second_step(request.seat)
    if not queries.factors_of(request.user).any:
        return render(request, "agencies/second_step.html", {"required": required})
    if not required:
        return redirect("me")
    ctx.end_session(str(request.session.session_key))
    request.session.flush()
    return redirect("account_login")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signin.same_again()
def passphrase(request: WorkerRequest) -> HttpResponse:
    """Choose another passphrase; every other session ends."""
    form = NewPassphrase(request.POST or None, username=request.user.username)
    if request.method == "POST" and form.is_valid():
        commands.change_passphrase(account=request.user, passphrase=form.cleaned_data["passphrase"])
        signin.renew(request)
        ctx.end_my_other_sessions(str(request.session.session_key))
        messages.success(request, _("Your passphrase is changed. Your other sessions have ended."))
        return redirect("me")
    return render(request, "agencies/passphrase.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def sessions(request: WorkerRequest) -> HttpResponse:
    """End all my sessions, this one too."""
    ctx.end_my_sessions()
    request.session.flush()
    return redirect("account_login")


@require_POST
def one_session(request: WorkerRequest, session_id: UUID) -> HttpResponse:
    """End one of my sessions."""
    ctx.end_my_sessions(session_id)
    return redirect(f"{reverse('me')}#sessions")


class _Proves(Unprocessed):
    """The database is told that it is still them: some acts it takes for five minutes after that only."""

    request: WorkerRequest

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        ctx.prove(str(self.request.session.session_key))
        return response


@method_decorator(second_step_exempt, name="dispatch")
class SameAgain(_Proves, account.ReauthenticateView):  # type: ignore[misc]
    """The passphrase once more."""


class SameAgainByCode(_Proves, mfa.ReauthenticateView):  # type: ignore[misc]
    """A code once more."""


class SameAgainByPasskey(_Proves, webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey once more."""

    form_class = PasskeyAgain

    def get_form_class(self) -> Any:
        return self.form_class

    def form_invalid(self, form: Any) -> HttpResponse:
        """Stay on this page; allauth would send them to sign in."""
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return answer


class _AddsSecondStep(Unprocessed):
    """After a second step was added, the session itself counts as having had one, and no other is open."""

    request: WorkerRequest

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        signin.renew(self.request, signin.TWO_FACTORS)
        ctx.end_my_other_sessions(str(self.request.session.session_key))
        return response


@method_decorator(second_step_exempt, name="dispatch")
class NewPasskey(_AddsSecondStep, webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey: always one that checks who holds it, so that it can stand alone."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if "form" in kwargs:
            context["form"] = kwargs["form"]
        context["js_data"] = {"creation_options": webauthn.auth.begin_registration(self.request.user, True)}
        return context


class Passkey(Unprocessed, webauthn.EditWebAuthnView):  # type: ignore[misc]
    """Call a passkey something else."""

    def get_success_url(self) -> str:
        return reverse("me")


class NoPasskey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """Remove a passkey."""

    def get_success_url(self) -> str:
        return reverse("me")


@method_decorator(second_step_exempt, name="dispatch")
class NewAuthenticator(_AddsSecondStep, totp.ActivateTOTPView):  # type: ignore[misc]
    """Add an authenticator app: its secret as words to type and as a picture to scan."""


class NoAuthenticator(totp.DeactivateTOTPView):  # type: ignore[misc]
    """Remove the authenticator app."""


class RecoveryCodes(recovery_codes.ViewRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes, shown once."""


class NewRecoveryCodes(Unprocessed, recovery_codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """Make new recovery codes; the old ones are good no longer."""
