"""The codebook of a study: its codes as a tree, each with its example and its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.evidence.models import Code, CodeChange
from alongside.evidence.queries.names import ByWhom, id_of, with_names
from alongside.kernel.seal import unlogged, unseal

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from alongside.agencies.models import Worker
    from alongside.evidence.models import Study


@dataclass
class Node:
    """A code and what is under it."""

    code: Code
    depth: int = 0
    children: list[Node] = field(default_factory=list)


def codes(viewer: Worker, study: Study | UUID) -> list[Node]:
    """Return the codebook as it stands: top-level codes in order, each with those under it.

    What is put away is left out.
    """
    return _tree(Code.objects.filter(study_id=id_of(study), agency_id=viewer.agency_id, retired_at=None))


def flat(nodes: Iterable[Node]) -> list[Node]:
    """Return a tree of codes as a list, each before those under it."""
    return [nested for node in nodes for nested in (node, *flat(node.children))]


def put_away(viewer: Worker, study: Study | UUID) -> list[Code]:
    """Return the codes that were merged or put away."""
    away = Code.objects.filter(study_id=id_of(study), agency_id=viewer.agency_id, retired_at__isnull=False)
    return list(away.select_related("merged_into").order_by("-retired_at", "-id"))


def themes(viewer: Worker, study: Study | UUID) -> list[Code]:
    """Return the top-level codes in their order."""
    return [node.code for node in codes(viewer, study)]


def get_code(viewer: Worker, code_id: UUID) -> Code:
    """Return a code, whether it stands or is put away.

    :raises Code.DoesNotExist: if the viewer may not see it
    """
    return Code.objects.select_related("study", "parent", "merged_into").get(
        pk=code_id, agency_id=viewer.agency_id
    )


def example_of(code: Code) -> str:
    """Return the passage that shows what a code means, if somebody wrote one."""
    with unlogged():
        return str(unseal(code, "example", agency_id=code.agency_id) or "") if code.example else ""


def history_of(viewer: Worker, code: Code) -> list[ByWhom[CodeChange]]:
    """Return what was done to a code, the newest first, each with the name of who did it."""
    changes = CodeChange.objects.filter(code=code).order_by("-made_at", "-id")
    return with_names(viewer, changes, "made_by")


def under(viewer: Worker, code: Code) -> list[Code]:
    """Return a code and all that stand under it, in order."""
    tree = flat(codes(viewer, code.study_id))
    start = next((place for place, node in enumerate(tree) if node.code.pk == code.pk), None)
    if start is None:
        return [code]
    rest = tree[start + 1 :]
    inside = next((place for place, node in enumerate(rest) if node.depth <= tree[start].depth), len(rest))
    return [tree[start].code, *(node.code for node in rest[:inside])]


def _tree(found: QuerySet[Code]) -> list[Node]:
    nodes = {code.pk: Node(code) for code in found}
    tops: list[Node] = []
    for node in nodes.values():
        above = nodes.get(node.code.parent_id) if node.code.parent_id else None
        (above.children if above else tops).append(node)
    _deepen(tops, 0)
    return tops


def _deepen(nodes: list[Node], depth: int) -> None:
    for node in nodes:
        node.depth = depth
        _deepen(node.children, depth + 1)
