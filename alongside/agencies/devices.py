"""Where a passphrase is tried from: a device on which that name signed in before, or else an address.

Wrong tries count for both together, so that nobody can shut somebody else out of their own device.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from hmac import compare_digest
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings

from alongside.kernel import installation_key

COOKIE = "__Host-d" if settings.HTTPS else "d"
KNOWN_FOR = timedelta(days=90)


def new(username: str) -> str:
    """Return what a device keeps, to be known to whoever signed in on it just now. It names nobody."""
    nonce = secrets.token_urlsafe(16)
    return f"{nonce}.{_mark(username, nonce)}"


def tried_from(username: str, cookies: Mapping[str, str], meta: Mapping[str, str]) -> bytes:
    """Return 32 bytes for a name and where it is tried from, which tell neither.

    Of a request it takes the cookies and Django's META.
    """
    nonce, _, mark = cookies.get(COOKIE, "").partition(".")
    known = compare_digest(mark.encode(), _mark(username, nonce).encode())
    place = f"device {nonce}" if known else f"address {network_of(meta)}"
    return installation_key.fingerprint(f"{username.casefold()}|{place}", purpose="try|passphrase")


def network_of(meta: Mapping[str, str]) -> str:
    """Return the address that a request came from, or of IPv6 the network that one customer is given.

    Behind our proxy, what it appended: whatever the browser itself sent stands before that.
    """
    sent = meta.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    written = sent.rpartition(",")[2].strip() or meta.get("REMOTE_ADDR", "")
    try:
        address = ip_address(written)
    except ValueError:
        return ""
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else str(address)


def _mark(username: str, nonce: str) -> str:
    return installation_key.fingerprint(f"{username.casefold()}|{nonce}", purpose="device").hex()
