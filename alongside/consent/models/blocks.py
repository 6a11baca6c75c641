"""Who is not to see something."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import KEEP_BLOCKED
from alongside.files.declarations import A_FILE_SEEN, OVERSEES, custody
from alongside.kernel.actors import HowField, signed_constraint
from alongside.kernel.rls.declarations import (
    ALL,
    AS_CTXO,
    ME,
    SAME,
    Grant,
    Person,
    Policy,
    Protection,
    Record,
    Settled,
    by_ctxo,
    hidden_while_destroyed,
)
from alongside.kernel.rls.models import FileRow, Sealed

LIFTING = ("lifted_at", "lifted_by", "lifted_how")
RECUSAL = "(set_how = 'desk' and against = 'worker:' || set_by)"
RECUSALS_SEEN = f"{OVERSEES} or set_by = {ME} or not {RECUSAL}"


class Block(FileRow):
    """ "Not them": a worker, a role, an agency, or an item that nobody else is to see.

    Whom it names never learns of it. A recusal is a worker's own "I know this person: not me": its rows are
    seen by nobody but them and the privacy officer.
    """

    against = models.TextField(
        blank=True,
        db_default="",
        help_text="`worker:id`, `agency:id`, `role:name` or `role:agency:name`; empty: nobody but us.",
    )
    item_id = models.UUIDField(null=True)
    words = Sealed(null=True)
    set_at = models.DateTimeField()
    set_by = models.UUIDField(null=True)
    set_how = HowField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)
    lifted_how = HowField(blank=True, db_default="")

    protection: ClassVar = Protection(
        tells=_("That somebody said “not them”, and about whom: a worker, a role or an agency."),
        record=Record.FILE,
        person=Person(reads=ALL, writes=("against", "words", "lifted_at")),
        emergency=False,
        hold=True,
        columns={
            "against": _("about whom: the number of a worker or agency, or a role"),
            "words": _("the name the person said, where it is nobody who works here"),
        },
        rules=(
            *custody(),
            Policy("select", RECUSALS_SEEN, name="recusals", restrictive=True),
            Policy("insert", check=RECUSALS_SEEN, name="recusals_insert", restrictive=True),
            Policy("update", RECUSALS_SEEN, SAME, name="recusals_update", restrictive=True),
            Policy("select", f"{OVERSEES} and {RECUSAL} and {A_FILE_SEEN}", name="privacy_officer_select"),
            Policy(
                "update", f"{OVERSEES} and {RECUSAL} and {A_FILE_SEEN}", SAME, name="privacy_officer_update"
            ),
            hidden_while_destroyed(),
            KEEP_BLOCKED,
            *by_ctxo("select, update (lifted_at, lifted_by, lifted_how)"),
            Grant("insert", to="ctxo"),
            Policy("insert", check=AS_CTXO, to="ctxo"),
            Settled("settled", 'a "not them" is only ever lifted', but=(*LIFTING, "blocked_principals")),
            Settled("stays_lifted", 'a "not them" is lifted once', LIFTING, once="old.lifted_at is not null"),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            signed_constraint("set", "a_not_them_set_by_somebody"),
            signed_constraint("lifted", "a_not_them_lifted_by_somebody"),
        ]
