"""The settings of the tests.

Those of the product, and a passphrase hash that costs a thousandth of the real one.
"""

from config.settings import *  # noqa: F403 - everything but what follows

PASSWORD_HASHERS = ["tests.hashers.QuickArgon2id"]
