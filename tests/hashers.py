"""A passphrase hash for tests: the same algorithm and the same code, with as little work as it accepts."""

from alongside.kernel.passphrases import Argon2id


class QuickArgon2id(Argon2id):
    """Argon2id in well under a millisecond.

    `agencies/tests/test_signing_in.py` signs in through the real one.
    """

    time_cost = 1
    memory_cost = 8
