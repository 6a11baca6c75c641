"""The one table that is kernel's own: words that were not sent yet."""

from typing import ClassVar

from django.db import models

from alongside.kernel.ids import uuid7


class Draft(models.Model):
    """What an account was writing at one address. `place` stands for the address without saying which; the words are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_id = models.UUIDField()
    place = models.BinaryField(max_length=32)
    body = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account_id", "place"], name="one_draft_a_place")]

    def __str__(self) -> str:
        return "Unsent words"
