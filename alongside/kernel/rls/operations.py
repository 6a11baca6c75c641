"""What a migration says about who may do what: SQL, frozen as it was declared on the day of the migration."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import migrations


class Protect(migrations.RunSQL):
    """Statements of one declaration, by its key in `blocks`.

    What is declared is a table, a file of SQL, or what is added to a table below: `create` makes it and
    `drop` takes it back. Where something stood before, `undo` takes that back first, and `redo` makes it
    again when the migration is taken back.
    """

    def __init__(
        self,
        key: str,
        create: str | list[str],
        drop: str | list[str] = "",
        undo: str | list[str] = "",
        redo: str | list[str] = "",
    ) -> None:
        self.key, self.create, self.drop, self.undo, self.redo = key, *map(_text, (create, drop, undo, redo))
        back = f"{self.drop}\n{self.redo}".strip()
        super().__init__(f"{self.undo}\n{self.create}".strip(), back or migrations.RunSQL.noop)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How it is written into a migration: line by line."""
        before = [self.undo.splitlines(), self.redo.splitlines()] if self.undo or self.redo else []
        return "Protect", [self.key, self.create.splitlines(), self.drop.splitlines(), *before], {}

    def describe(self) -> str:
        """What it does, for whoever migrates."""
        return f"Protect {self.key}"


def _text(lines: str | list[str]) -> str:
    return (lines if isinstance(lines, str) else "\n".join(lines)).strip()


def set_secrets(apps: Any, schema_editor: Any) -> None:
    """Make the signing key inside the database.

    Leave the hash of this installation's server secret beside it.
    """
    key = secrets.token_bytes(64)
    inner, outer = bytes(b ^ 0x36 for b in key), bytes(b ^ 0x5C for b in key)
    server_secret_hash = hashlib.sha256(settings.SERVER_SECRET.encode()).digest()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("set role ctxo")
        cursor.execute(
            "insert into ctx.secret (inner_pad, outer_pad, server_secret_hash) values (%s, %s, %s)",
            [inner, outer, server_secret_hash],
        )
        cursor.execute("reset role")
