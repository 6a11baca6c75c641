"""Codes of the second step: each is good once, and ten wrong ones close it for a quarter of an hour."""

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.crypto import constant_time_compare

from alongside.agencies.models import Account
from alongside.kernel import ctx, installation_key


@transaction.atomic
def spend_code(account: Account, code: str) -> Authenticator | None:
    """Use up a code of the account's authenticator app or one of its recovery codes.

    Return what it belonged to, or None.
    """
    what = installation_key.fingerprint(str(account.pk), purpose="try|second step")
    open_now = ctx.may_try(what)
    digits = "".join(c for c in code if c.isdigit())
    found = None
    for factor in (
        Authenticator.objects.select_for_update()
        .filter(user=account)
        .exclude(type=Authenticator.Type.WEBAUTHN)
    ):
        spend = _spend_totp if factor.type == Authenticator.Type.TOTP else _spend_recovery
        if open_now and found is None and spend(factor, digits):
            found = factor
    if found is not None:
        ctx.tried_right(what)
    return found


def step_of(secret: str, digits: str) -> int | None:
    """Return the half minute to which these digits belong, if it is this one or a neighbour."""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    for step in range(now - app_settings.TOTP_TOLERANCE, now + app_settings.TOTP_TOLERANCE + 1):
        if constant_time_compare(digits, format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def _spend_totp(factor: Authenticator, digits: str) -> bool:
    step = step_of(decrypt(factor.data["secret"]), digits)
    if step is None or step <= factor.data.get("spent", 0):
        return False
    factor.data["spent"] = step
    factor.save(update_fields=["data"])
    return True


def _spend_recovery(factor: Authenticator, digits: str) -> bool:
    return bool(factor.wrap().validate_code(digits))
