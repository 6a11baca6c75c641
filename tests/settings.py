"""The settings of the tests.

Those of the product, a passphrase hash that costs a thousandth of the real one, and for each worker of a run
a keyring, uploads and left sessions of its own: what is beside a database goes with that database.
"""

import os

from config.settings import *  # noqa: F403 - everything but what follows
from config.state import KEYRING, default_state

STATE = default_state() / os.environ["ALONGSIDE_DATABASE"]
STATE.mkdir(mode=0o700, exist_ok=True)
KEYRING_PATH = STATE / KEYRING

PASSWORD_HASHERS = ["tests.hashers.QuickArgon2id"]
