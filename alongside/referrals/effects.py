"""What sending a request does outside PostgreSQL: the key of what the two will say to each other is lent."""

from contextlib import suppress
from uuid import UUID

from alongside.kernel import seal
from alongside.kernel.keyring import KeyGone
from alongside.kernel.models import Effect


def lend_key(effect: Effect) -> None:
    """Lend the key under which both sides seal what they say about a request, as long as it is agreed to."""
    said = effect.particulars
    key = seal.item(UUID(said["referral"]), "words")
    with suppress(KeyGone):  # destroyed meanwhile: there is nothing left to lend
        seal.keyring().lend(effect.about, [key], UUID(said["from"]), UUID(said["to"]), UUID(said["release"]))


EFFECTS = {"referrals.lend_key": lend_key}
