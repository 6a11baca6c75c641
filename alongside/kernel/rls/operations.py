"""What a migration says about who may do what: grants, forced row-level security, policies."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import migrations

Operation = migrations.RunSQL


def grant(table: str, verbs: str, to: str = "app") -> Operation:
    """Let a role do these verbs on a table."""
    return Operation(f"grant {verbs} on {table} to {to}", f"revoke {verbs} on {table} from {to}")


def force_rls(*tables: str) -> Operation:
    """Turn on row-level security for these tables, the owner included."""
    on = ";".join(f"alter table {t} enable row level security; alter table {t} force row level security" for t in tables)
    off = ";".join(f"alter table {t} no force row level security; alter table {t} disable row level security" for t in tables)
    return Operation(on, off)


def policy(table: str, verb: str, using: str = "", check: str = "", *, to: str = "app", name: str = "") -> Operation:
    """Add a policy for one verb: which rows may be seen or touched (`using`), which may be left behind (`check`)."""
    name = name or f"{to}_{verb}"
    clauses = (f" using ({using})" if using else "") + (f" with check ({check})" if check else "")
    return Operation(f"create policy {name} on {table} for {verb} to {to}{clauses}", f"drop policy {name} on {table}")


def set_secrets(apps: Any, schema_editor: Any) -> None:
    """Make the signing key inside the database and leave the hash of this installation's server secret beside it."""
    key = secrets.token_bytes(64)
    inner, outer = bytes(b ^ 0x36 for b in key), bytes(b ^ 0x5C for b in key)
    server_secret_hash = hashlib.sha256(settings.SERVER_SECRET.encode()).digest()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("set role ctxo")
        cursor.execute(
            "insert into ctx.secret (inner_pad, outer_pad, server_secret_hash) values (%s, %s, %s)", [inner, outer, server_secret_hash]
        )
        cursor.execute("reset role")


NOT_BLOCKED = "not (blocked_principals && (select ctx.principals()))"
OWN_FILE = "exists (select 1 from files_file f where f.id = {table}.file_id)"
IN_CUSTODY = "agency_id = (select ctx.agency()) and (select ctx.keeps_files()) and " + NOT_BLOCKED + " and " + OWN_FILE


def custody(table: str, verbs: str = "select, insert, update") -> list[Operation]:
    """Give a table of a file its policies: seen and changed by its custodian's workers who may see the file, and by nobody else."""
    own = IN_CUSTODY.format(table=table)
    clauses = {"select": {"using": own}, "insert": {"check": own}, "update": {"using": own, "check": own}, "delete": {"using": own}}
    asked = [verb.strip() for verb in verbs.split(",")]
    return [
        force_rls(table),
        grant(table, verbs),
        *(policy(table, verb, **clauses[verb], name=f"custody_{verb}") for verb in asked),
        foreign_file(table),
    ]


def foreign_file(table: str) -> Operation:
    """Tie a table to the file its rows belong to; nothing cascades."""
    name = f"{table}_file"
    return Operation(
        f"alter table {table} add constraint {name} foreign key (file_id) references files_file (id) deferrable initially deferred",
        f"alter table {table} drop constraint {name}",
    )


def foreign_row(table: str, column: str, to: str) -> Operation:
    """Tie a column to a row of another table of the same file, by the composite key."""
    name = f"{table}_{column}"
    return Operation(
        f"alter table {table} add constraint {name} foreign key (file_id, {column}) references {to} (file_id, id) deferrable initially deferred",
        f"alter table {table} drop constraint {name}",
    )


def released(table: str) -> Operation:
    """Let an agency see the rows of a table that a live release names to it, and no others."""
    named = (  # a table's name from a migration, never from a request
        f"exists (select 1 from consent_releaseditem g where g.file_id = {table}.file_id and g.item_id = {table}.id"  # noqa: S608
        f" and g.to_agency_id = (select ctx.agency()) and {LIVE.format(g='g')}) and {NOT_BLOCKED}"
    )
    return policy(table, "select", named, name="released_select")


LIVE = "{g}.given_at is not null and {g}.ended_at is null and {g}.starts_at <= statement_timestamp() and {g}.until > statement_timestamp()"
