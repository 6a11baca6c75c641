"""What consent protects beside its own tables, and adds to those of the capabilities below it."""

from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import KEEP_BLOCKED, shareable
from alongside.files.declarations import OPERATES, is_open
from alongside.kernel.outbox import may_order
from alongside.kernel.rls.declarations import (
    AS_CTXO,
    ME,
    NOBODYS,
    OWN,
    Grant,
    Policy,
    Protection,
    Record,
    by_ctxo,
    may,
)

SQL = ("functions", "endings", "idled", "handover", "recusals")

DEFINERS = {
    "ctx.worker_principals(uuid,text)": (
        "a worker who keeps files; the answer looks the same whether somebody goes by that name or not"
    ),
    "ctx.apply_blocks()": "a trigger: nobody can call it",
    "ctx.inherit_blocks()": "a trigger: nobody can call it",
    "ctx.follow_release()": "a trigger: nobody can call it",
    "ctx.carry_to_items()": "a trigger: nobody can call it",
    "ctx.take_off_blocked()": "a trigger: nobody can call it",
    "ctx.ask_for_another()": "a trigger: nobody can call it",
    "ctx.take_back_recusal(uuid)": "the asker's own recusal of the last ten minutes, and nobody else's",
    "ctx.tell_of_ending()": "a trigger: nobody can call it",
    "ctx.end_lapsed()": "the operator, signed with the server secret",
    "ctx._idled(text,text)": "nobody may call it: the server secret and an idle session's token",
    "ctx._keeps(uuid)": "nobody may call it: the signature of the transaction",
    "ctx._note(text,uuid,uuid,uuid,uuid)": "nobody may call it: the signature of the transaction",
    "ctx.end_though_idle(text,text,uuid,uuid)": "the server secret and the token of a session that went idle",
    "ctx.block_though_idle(text,text,uuid,text,uuid,uuid,text)": (
        "the server secret and the token of a session that went idle"
    ),
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

OF_A_RELEASE = (
    "exists (select 1 from consent_release r where r.file_id = about"
    " and r.id::text = particulars ->> 'release' and r.to_agency_id::text = particulars ->> 'to'"
    " and r.agency_id = kernel_effect.agency_id"
)
NAMED_IN_IT = (
    "particulars -> 'items' <@ (select jsonb_agg(i.item_id || '|' || c.name) from consent_releaseditem i,"
    " string_to_table(i.columns, ',') c (name)"
    " where i.file_id = about and i.release_id::text = particulars ->> 'release')"
)

ADDS = {
    "kernel_effect": (
        may_order(
            "consent.lend_keys",
            f"{OWN} and particulars ->> 'from' = agency_id::text and {OF_A_RELEASE}"
            f" and r.given_at is not null and r.ended_at is null) and {NAMED_IN_IT}",
        ),
        Policy(
            "select",
            f"kind <> 'consent.lend_keys' or {OPERATES}"
            f" or exists (select 1 from files_file f where f.id = about and {is_open('f')})",
            name="lend_keys",
            restrictive=True,
        ),
    ),
    "agencies_worker": (
        Grant("select", to="ctxo"),
        Policy("select", AS_CTXO, to="ctxo", name="ctxo_by_name"),
    ),
    "files_file": (*by_ctxo(), KEEP_BLOCKED),
    "trail_entry": (
        Grant("insert", to="ctxo"),
        Policy("insert", check=AS_CTXO, to="ctxo"),
        Policy(
            "select",
            f"action <> 'consent.recused' or worker_id = {ME} or {may('oversee-access')}",
            name="recusals",
            restrictive=True,
        ),
    ),
    "files_detail": shareable(),
    "files_safecontact": shareable(),
}
