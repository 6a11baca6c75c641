"""What taking a quote back does outside PostgreSQL."""

from alongside.kernel import seal
from alongside.kernel.models import Effect


def destroy_key(effect: Effect) -> None:
    """Destroy the key of a quote that has its own."""
    seal.keyring().destroy(effect.about)


EFFECTS = {"quotes.destroy_key": destroy_key}
