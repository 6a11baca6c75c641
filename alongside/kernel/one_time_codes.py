"""One-time codes that are said, written down and typed in.

80 bits in Crockford's base 32, four groups of four.
"""

import hashlib
import secrets

from alongside.kernel import installation_key

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
READ_AS = str.maketrans("OIL", "011")


def new() -> str:
    """Return a new code, as it is shown."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[i : i + 4] for i in range(0, LENGTH, 4))


def shown(code: str) -> str:
    """Return what is shown to the database for a typed code.

    A fingerprint made with a key that the database doesn't have.
    """
    letters = "".join(c for c in code.upper() if c.isalnum()).translate(READ_AS)
    return installation_key.fingerprint(letters, purpose="code").hex()


def kept(code: str) -> bytes:
    """Return what is kept of a code: the hash of what would be shown."""
    return hashlib.sha256(shown(code).encode()).digest()
