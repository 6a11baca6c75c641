"""A Merkle tree as RFC 6962 and RFC 9162 hash it.

Whoever holds one root can be shown what was in, and that nothing was taken out.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Hash what one leaf holds. The 0x00 keeps a leaf from being passed off as a node."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into one."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The whole subtrees at the right edge of a growing tree, largest first.

    All that is needed to go on and to know the root.
    """

    def __init__(self, size: int = 0, edge: bytes = b"") -> None:
        if len(edge) != 32 * size.bit_count():
            raise ValueError(
                f"A tree of {size} leaves has {size.bit_count()} whole subtrees, not {len(edge) / 32:g}."
            )
        self.size = size
        self._edge = [edge[i : i + 32] for i in range(0, len(edge), 32)]

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Put leaves' hashes at the right end."""
        edge, size = self._edge, self.size
        for leaf in leaves:
            filled = size
            while filled & 1:
                leaf = sha256(b"\x01" + edge.pop() + leaf).digest()
                filled >>= 1
            edge.append(leaf)
            size += 1
        self.size = size

    @property
    def edge(self) -> bytes:
        """The subtrees' hashes, one after the other, to be stored."""
        return b"".join(self._edge)

    @property
    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._edge:
            return EMPTY
        *left, root = self._edge
        for subtree in reversed(left):
            root = node_hash(subtree, root)
        return root


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over these leaves' hashes."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return what proves that leaf `index` is under the root of `leaves` (RFC 9162 section 2.1.3.1)."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*inclusion_proof(leaves[:k], index), root_of(leaves[k:])]
    return [*inclusion_proof(leaves[k:], index - k), root_of(leaves[:k])]


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from this leaf to this root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, reached = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            reached = node_hash(step, reached)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            reached = node_hash(reached, step)
        place, last = place >> 1, last >> 1
    return last == 0 and reached == root


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """Return what proves that the tree of the first `earlier` leaves only grew (RFC 9162, 2.1.4.1)."""
    if not 0 < earlier <= len(leaves):
        raise IndexError(earlier)
    return _subproof(leaves, earlier, whole=True)


def is_consistent(earlier: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Whether the proof shows that the old root's tree begins the new root's (RFC 9162, 2.1.4.2)."""
    if earlier == size:
        return not proof and old_root == root
    if not 0 < earlier < size or not proof:
        return False
    path = [old_root, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    place, last = earlier - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return last == 0 and old == old_root and new == root


def _subproof(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [root_of(leaves)]
    k = _split(len(leaves))
    if earlier <= k:
        return [*_subproof(leaves[:k], earlier, whole=whole), root_of(leaves[k:])]
    return [*_subproof(leaves[k:], earlier - k, whole=False), root_of(leaves[:k])]


def _split(size: int) -> int:
    """Return the largest power of two below size."""
    return 1 << ((size - 1).bit_length() - 1)
