"""What consent protects beside its own tables, and adds to those of the capabilities below it."""

from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import KEEP_BLOCKED, shareable
from alongside.kernel.rls.declarations import (
    AS_CTXO,
    NOBODYS,
    Grant,
    Policy,
    Protection,
    Record,
    by_ctxo,
)

SQL = ("functions",)

DEFINERS = {
    "ctx.worker_principals(uuid,text)": (
        "a worker who keeps files; the answer looks the same whether somebody goes by that name or not"
    ),
    "ctx.apply_blocks()": "a trigger: nobody can call it",
    "ctx.inherit_blocks()": "a trigger: nobody can call it",
    "ctx.follow_release()": "a trigger: nobody can call it",
    "ctx.carry_to_items()": "a trigger: nobody can call it",
}

TABLES = {
    "ctx.item_table": Protection(
        tells=_("Which tables hold what can be shared."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "name": _("a table's name"),
        },
    ),
}

ADDS = {
    "agencies_worker": (
        Grant("select", to="ctxo"),
        Policy("select", AS_CTXO, to="ctxo", name="ctxo_by_name"),
    ),
    "files_file": (*by_ctxo(), KEEP_BLOCKED),
    "files_detail": shareable(),
    "files_safecontact": shareable(),
}
