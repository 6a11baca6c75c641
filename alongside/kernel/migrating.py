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
    """Make the signing key inside the database and leave the hash of this installation's door key beside it."""
    key = secrets.token_bytes(64)
    inner, outer = bytes(b ^ 0x36 for b in key), bytes(b ^ 0x5C for b in key)
    door = hashlib.sha256(settings.DOOR_KEY.encode()).digest()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("set role ctxo")
        cursor.execute("insert into ctx.secret (inner_pad, outer_pad, door_hash) values (%s, %s, %s)", [inner, outer, door])
        cursor.execute("reset role")
