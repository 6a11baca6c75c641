"""The tables that are kernel's own: words that were not sent yet, and what is still to be done outside."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    AS_CTXO,
    NOBODYS,
    OWN,
    SAME,
    Grant,
    Policy,
    Protection,
    Record,
)

# Words unsent are one's own, also while signing in again.
OWN_WORDS = "account_id = (select ctx.account()) or account_id = (select ctx.signing_in_account())"
# A process of ours, by its own secret: for nobody who is signed in.
SWEEPS = "coalesce((select ctx.role()) = 'operator', false)"
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


class Effect(models.Model):
    """Something an act does outside PostgreSQL, which is still to be done.

    `about` is whose it is: the file, the source, the run. What is about the same is done in its order.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    about = models.UUIDField()
    agency_id = models.UUIDField(null=True)
    particulars = models.JSONField(db_default={})
    tries = models.PositiveSmallIntegerField(db_default=0)
    due_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_(
            "That a key is about to be lent, taken back or destroyed, or an uploaded file thrown away; "
            "for seconds, unless the disk or the keyring can’t be reached."
        ),
        record=Record.TRANSIENT,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "kind": _("what is to be done"),
            "about": _("whose key it is, by number"),
            "agency_id": _("which agency keeps it"),
            "particulars": _("numbers only: of the agreement, of the items it names, of the other agency"),
            "tries": _("how often it was tried in vain"),
        },
        rules=(
            Grant("select, insert, update (tries, due_at), delete"),
            Grant("select, insert", to="ctxo"),
            # Which act may order which effect stands with the kinds, in each capability's `protection`.
            Policy("select", f"{OWN} or {SWEEPS}"),
            Policy("update", SWEEPS, SAME),
            Policy("delete", SWEEPS),
            Policy("select", AS_CTXO, to="ctxo"),
            Policy("insert", check=AS_CTXO, to="ctxo"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["about", "id"], name="effects_in_order")]

    def __str__(self) -> str:
        return self.kind
