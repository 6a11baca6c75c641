"""What the acts of files do outside PostgreSQL."""

from alongside.kernel import seal
from alongside.kernel.models import Effect


def destroy_key(effect: Effect) -> None:
    """Destroy the key of a file, and with it every copy that was lent."""
    seal.keyring().destroy(effect.about)


EFFECTS = {"files.destroy_key": destroy_key}
