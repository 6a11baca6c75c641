"""The tree against the vectors of RFC 6962's reference and against every size up to forty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.trail import merkle

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION_OF_0_IN_8 = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
CONSISTENCY_OF_6_AND_8 = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf_hash(b"%d" % number) for number in range(count)]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_reference(size):
    assert merkle.root_of([merkle.leaf_hash(leaf) for leaf in LEAVES[:size]]).hex() == ROOTS[size]


def test_proofs_are_those_of_the_reference():
    tree = [merkle.leaf_hash(leaf) for leaf in LEAVES]

    assert [step.hex() for step in merkle.inclusion_proof(tree, 0)] == INCLUSION_OF_0_IN_8
    assert [step.hex() for step in merkle.consistency_proof(tree, 6)] == CONSISTENCY_OF_6_AND_8


@pytest.mark.parametrize("size", range(1, 41))
def test_every_leaf_and_every_earlier_tree_is_proven(size):
    tree, root = leaves(size), merkle.root_of(leaves(size))

    for index in range(size):
        assert merkle.is_included(tree[index], index, size, merkle.inclusion_proof(tree, index), root)
        old = merkle.root_of(tree[: index + 1])
        assert merkle.is_consistent(index + 1, size, merkle.consistency_proof(tree, index + 1), old, root)


@given(st.integers(2, 60), st.data())
def test_no_proof_serves_for_another_leaf_place_or_root(size, data):
    tree = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda i: i != index))
    root, proof = merkle.root_of(tree), merkle.inclusion_proof(tree, index)

    assert not merkle.is_included(tree[other], index, size, proof, root)
    assert not merkle.is_included(tree[index], other, size, proof, root)
    assert not merkle.is_included(tree[index], index, size, proof, merkle.leaf_hash(b"x"))
    assert not merkle.is_included(tree[index], index, size, [*proof, proof[-1]], root)


@given(st.integers(2, 60), st.data())
def test_a_rewritten_beginning_is_never_consistent(size, data):
    tree = leaves(size)
    earlier = data.draw(st.integers(1, size - 1))
    rewritten = [*tree]
    rewritten[data.draw(st.integers(0, earlier - 1))] = merkle.leaf_hash(b"another")
    old, new = merkle.root_of(tree[:earlier]), merkle.root_of(rewritten)

    assert not merkle.is_consistent(earlier, size, merkle.consistency_proof(rewritten, earlier), old, new)
    assert not merkle.is_consistent(earlier, size, merkle.consistency_proof(tree, earlier), old, new)


@given(st.lists(st.integers(0, 30), max_size=8))
def test_a_tree_that_is_put_down_and_taken_up_again_is_the_same(steps):
    frontier, tree = merkle.Frontier(), leaves(sum(steps))
    for count in steps:
        frontier = merkle.Frontier(frontier.size, frontier.edge)
        frontier.extend(tree[frontier.size : frontier.size + count])

    assert frontier.root == merkle.root_of(tree)


def test_an_edge_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="3 leaves has 2 whole subtrees"):
        merkle.Frontier(3, bytes(32))


def test_a_leaf_is_never_mistaken_for_a_node():
    left, right = leaves(2)

    assert merkle.leaf_hash(left + right) != merkle.node_hash(left, right)
