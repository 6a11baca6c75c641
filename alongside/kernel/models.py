"""The one table that is kernel's own: words that were not sent yet."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import AS_CTXO, NOBODYS, SAME, Grant, Policy, Protection, Record

# Words unsent are one's own, also while signing in again.
OWN_WORDS = "account_id = (select ctx.account()) or account_id = (select ctx.signing_in_account())"
OLD = f"{AS_CTXO} and at < statement_timestamp() - interval '1 day'"


class Draft(models.Model):
    """What an account was writing at one address.

    `place` stands for the address without saying which; the words are sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_id = models.UUIDField()
    place = models.BinaryField(max_length=32)
    body = models.BinaryField()
    at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_(
            "That a worker had words unsent on some page within the last day; neither the words nor the page."
        ),
        record=Record.TRANSIENT,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "place": _("a keyed hash of the page"),
            "body": _("the unsent words, sealed under the installation's key"),
        },
        rules=(
            Grant("select, insert, update, delete"),
            Grant("select, delete", to="ctxo"),
            Policy(
                "select",
                OWN_WORDS,
            ),
            Policy(
                "insert",
                check=OWN_WORDS,
            ),
            Policy(
                "update",
                OWN_WORDS,
                SAME,
            ),
            Policy("delete", "account_id = (select ctx.account())"),
            Policy("select", OLD, to="ctxo"),
            Policy("delete", OLD, to="ctxo"),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account_id", "place"], name="one_draft_a_place")
        ]

    def __str__(self) -> str:
        return "Unsent words"
