"""What taking a source back does outside PostgreSQL."""

from alongside.kernel.models import Effect
from alongside.kernel.seal import keyring


def destroy_key(effect: Effect) -> None:
    """Destroy the key of a source, and with it what was quoted from it."""
    keyring().destroy(effect.about)


EFFECTS = {"evidence.destroy_key": destroy_key}
