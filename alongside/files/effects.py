"""What the acts of files do outside PostgreSQL."""

from alongside.files import queries, rules
from alongside.kernel import seal
from alongside.kernel.models import Effect


def destroy_key(effect: Effect) -> None:
    """Destroy the key of a file, and with it every copy that was lent.

    :raises rules.Held: if a hold came meanwhile; none comes now until this is over
    """
    rules.check_is_not_held(free=queries.may_be_destroyed(effect.about))
    seal.keyring().destroy(effect.about)


EFFECTS = {"files.destroy_key": destroy_key}
