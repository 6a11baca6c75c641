"""Writes what changed in the declarations into a migration, as frozen SQL.

Beside what Django finds in the models.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from alongside.kernel.capabilities import capabilities
from alongside.kernel.rls.declarations import Block, blocks
from alongside.kernel.rls.operations import Protect


def frozen() -> dict[tuple[str, str], Block]:
    """What the migrations have frozen so far, by capability and key.

    The last word on each. Those that were taken back are empty.
    """
    loader = MigrationLoader(None, ignore_no_migrations=True)
    nodes = {node: None for leaf in loader.graph.leaf_nodes() for node in loader.graph.forwards_plan(leaf)}
    return {
        (label, operation.key): Block(operation.create, operation.drop)
        for label, name in nodes
        for operation in loader.get_migration(label, name).operations
        if isinstance(operation, Protect)
    }


def changes(label: str, before: Mapping[tuple[str, str], Block]) -> list[Protect]:
    """What a capability declares otherwise than its migrations have frozen.

    First taken back as it stood, then made as it stands.
    """
    said, empty, found = blocks(label), Block("", ""), []
    gone = [key for of, key in before if of == label and key not in said]
    for key in (*gone, *said):
        was, stands = before.get((label, key), empty), said.get(key, empty)
        if was.create.strip() != stands.create.strip():
            found.append(Protect(key, stands.create, stands.drop, was.drop, was.create))
    return found


class Autodetector(MigrationAutodetector):
    """Django's, and what the tables say of themselves."""

    def _sort_migrations(self) -> None:
        super()._sort_migrations()  # type: ignore[misc]
        before = frozen()
        for label in (config.label for config in capabilities()):
            # Behind everything else: tables before what protects them.
            for operation in changes(label, before):
                operation._auto_deps = []  # type: ignore[attr-defined]
                self.generated_operations.setdefault(label, []).append(operation)  # type: ignore[attr-defined]
