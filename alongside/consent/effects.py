"""What agreeing, and ending an agreement, do outside PostgreSQL: keys are lent and taken back."""

from contextlib import suppress
from uuid import UUID

from alongside.kernel import seal
from alongside.kernel.keyring import KeyGone
from alongside.kernel.models import Effect


def lend_keys(effect: Effect) -> None:
    """Lend the keys of what an agreement names."""
    said = effect.particulars
    with suppress(KeyGone):  # destroyed meanwhile: there is nothing left to lend
        seal.keyring().lend(
            effect.about, said["items"], UUID(said["from"]), UUID(said["to"]), UUID(said["release"])
        )


def recall_keys(effect: Effect) -> None:
    """Destroy the keys that were lent under an agreement."""
    said = effect.particulars
    seal.keyring().recall(effect.about, UUID(said["to"]), UUID(said["release"]), said["unnamed"])


EFFECTS = {"consent.lend_keys": lend_keys, "consent.recall_keys": recall_keys}
