"""Words that belong to no file.

Sealed under a key derived from the installation's own (unsent drafts, secrets of second factors, codes).
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

AES_256_GCM = b"\x01"


def _key(purpose: str, about: str) -> bytes:
    key = bytes.fromhex(settings.INSTALLATION_KEY)
    if not key:
        raise ImproperlyConfigured("This process was not given the installation's key.")
    return HKDF(hashes.SHA256(), 32, salt=about.encode(), info=f"alongside|{purpose}".encode()).derive(key)


def seal(words: bytes, *, purpose: str, about: str) -> bytes:
    """Return the envelope for these words.

    `about` is what they belong to (an account, a place): elsewhere it doesn't open.
    """
    nonce = os.urandom(12)
    return (
        AES_256_GCM
        + nonce
        + AESGCM(_key(purpose, about)).encrypt(nonce, words, f"{purpose}|{about}".encode())
    )


def unseal(envelope: bytes, *, purpose: str, about: str) -> bytes:
    """Return what was sealed.

    :raises InvalidTag: if the envelope was altered, or moved here from elsewhere
    """
    if envelope[:1] != AES_256_GCM:
        raise InvalidTag
    return AESGCM(_key(purpose, about)).decrypt(envelope[1:13], envelope[13:], f"{purpose}|{about}".encode())


def fingerprint(text: str, *, purpose: str) -> bytes:
    """Return 32 bytes that stand for a text.

    Nobody without the installation's key can make them or guess from them.
    """
    return hmac.new(_key(purpose, ""), text.encode(), hashlib.sha256).digest()
