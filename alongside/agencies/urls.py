"""Signing in, one's own account, and the agency's own pages.

What allauth has beside these (sign-up, e-mail) doesn't exist here.
"""

from django.urls import path

from alongside.agencies.views import agency, me, sign_in

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/passkey", sign_in.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("sign-in/second-step", sign_in.SecondStep.as_view(), name="mfa_authenticate"),
    path("invitation", sign_in.invitation, name="invitation"),
    path("recovery", sign_in.recovery, name="recovery"),
    path("session", sign_in.session, name="account_logout"),
    path("me", me.me, name="me"),
    path("me", me.me, name="mfa_index"),
    path("me", me.me, name="mfa_list_webauthn"),
    path("me/shift", me.shift, name="shift"),
    path("me/shift/end", me.shift_end, name="shift_end"),
    path("me/second-step", me.second_step, name="second_step"),
    path("me/passphrase", me.passphrase, name="passphrase"),
    path("me/sessions", me.sessions, name="sessions"),
    path("me/sessions/<uuid:session_id>", me.one_session, name="one_session"),
    path("me/again", me.SameAgain.as_view(), name="account_reauthenticate"),
    path("me/again/code", me.SameAgainByCode.as_view(), name="mfa_reauthenticate"),
    path("me/again/passkey", me.SameAgainByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("me/passkeys/new", me.NewPasskey.as_view(), name="mfa_add_webauthn"),
    path("me/passkeys/<int:pk>", me.Passkey.as_view(), name="mfa_edit_webauthn"),
    path("me/passkeys/<int:pk>/removal", me.NoPasskey.as_view(), name="mfa_remove_webauthn"),
    path("me/authenticator", me.NewAuthenticator.as_view(), name="mfa_activate_totp"),
    path("me/authenticator/removal", me.NoAuthenticator.as_view(), name="mfa_deactivate_totp"),
    path("me/recovery-codes", me.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("me/recovery-codes/new", me.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("agency", agency.agency, name="agency"),
    path("agency/left", agency.left, name="left"),
    path("agency/invitations", agency.invitations, name="invitations"),
    path("agency/requests/<uuid:request_id>/confirmation", agency.confirmation, name="access_confirmation"),
    path("agency/requests/<uuid:request_id>/withdrawal", agency.withdrawal, name="access_withdrawal"),
    path("agency/workers/<uuid:worker_id>", agency.seat, name="colleague"),
    path("agency/workers/<uuid:worker_id>/role", agency.role, name="colleague_role"),
    path("agency/workers/<uuid:worker_id>/leaving", agency.departure, name="colleague_departure"),
    path("agency/workers/<uuid:worker_id>/recovery", agency.recovery_start, name="colleague_recovery"),
    path("agency/workers/<uuid:worker_id>/suspension", agency.suspension, name="colleague_suspension"),
    path("agency/workers/<uuid:worker_id>/return", agency.coming_back, name="colleague_return"),
]
