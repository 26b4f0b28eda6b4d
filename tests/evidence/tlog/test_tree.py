"""Trees of logs: other people's vectors, a second formulation, and every mutation."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.tlog.tree import (
    EMPTY,
    Spot,
    check_consistency,
    check_inclusion,
    completed,
    consistency,
    inclusion,
    leaf_hash,
    node_hash,
    root,
)

VECTORS = json.loads(
    (Path(__file__).parents[2] / "vectors/merkle.json").read_text("utf-8")
)
LEAVES = [leaf_hash(bytes([n])) for n in range(70)]


class Kept(dict[Spot, bytes]):
    """A log in memory."""

    def __init__(self, leaves: int = 0) -> None:
        super().__init__()
        for index, leaf in enumerate(LEAVES[:leaves]):
            self.update(completed(index, leaf, self.__getitem__))


KEPT = Kept(len(LEAVES))
FIND = KEPT.__getitem__


def mth(leaves: list[bytes]) -> bytes:
    """The root, as RFC 6962, 2.1, has it."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(mth(leaves[:half]), mth(leaves[half:]))


def decoded(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def vectors(kind: str) -> list[Any]:
    return [pytest.param(found, id=name) for name, found in VECTORS[kind].items()]


@pytest.mark.parametrize("vector", vectors("inclusion"))
def test_inclusion_as_others_have_it(vector: dict[str, Any]) -> None:
    def check() -> None:
        check_inclusion(
            decoded(vector["leafHash"]),
            vector["leafIdx"],
            vector["treeSize"],
            [decoded(each) for each in vector["proof"] or ()],
            decoded(vector["root"]),
        )

    # One stands for a tree whose hashes have 12 bytes: there is none such here.
    if vector["wantErr"] or len(decoded(vector["root"])) != 32:
        with pytest.raises(EvidenceError):
            check()
    else:
        check()


@pytest.mark.parametrize("vector", vectors("consistency"))
def test_consistency_as_others_have_it(vector: dict[str, Any]) -> None:
    def check() -> None:
        check_consistency(
            vector["size1"],
            vector["size2"],
            [decoded(each) for each in vector["proof"] or ()],
            decoded(vector["root1"]),
            decoded(vector["root2"]),
        )

    # Of nothing there is no proof (RFC 9162, 2.1.4): who needs none, asks for none.
    if vector["wantErr"] or vector["size1"] == 0 or len(decoded(vector["root1"])) < 32:
        with pytest.raises(EvidenceError):
            check()
    else:
        check()


def test_roots_and_proofs_of_every_size() -> None:
    """What is made of kept subtrees is what the RFC makes of the leaves."""
    for size in range(len(LEAVES) + 1):
        top = root(size, FIND)
        assert top == mth(LEAVES[:size])
        for index in range(size):
            path = inclusion(index, size, FIND)
            check_inclusion(LEAVES[index], index, size, path, top)
        for old in range(1, size + 1):
            path = consistency(old, size, FIND)
            check_consistency(old, size, path, mth(LEAVES[:old]), top)


def test_what_is_kept_of_a_leaf_is_kept_once() -> None:
    for leaves in range(len(LEAVES)):
        fresh = dict(completed(leaves, LEAVES[leaves], FIND))
        assert not fresh.keys() & Kept(leaves).keys()
        assert fresh.items() <= KEPT.items()


@given(st.data())
def test_nothing_else_is_proved(data: st.DataObject) -> None:
    """Each field of a proof of inclusion, changed by itself."""
    size = data.draw(st.integers(2, len(LEAVES)))
    index = data.draw(st.integers(0, size - 1))
    path = inclusion(index, size, FIND)
    top, leaf = root(size, FIND), LEAVES[index]
    which = data.draw(
        st.sampled_from(["leaf", "index", "size", "longer", "shorter", "hash", "root"])
    )
    match which:
        case "leaf":
            leaf = data.draw(st.sampled_from(LEAVES).filter(lambda x: x != leaf))
        case "index":
            index = data.draw(st.integers(-1, 80).filter(lambda x: x != index))
        case "size":
            other = data.draw(st.integers(0, 200).filter(lambda x: x != size))
            # Another size is another root, but for those whose paths are the same.
            top, size = root(min(other, 70), FIND) if other <= 70 else bytes(32), other
            leaf = bytes(32)
        case "longer":
            at = data.draw(st.integers(0, len(path)))
            path.insert(at, data.draw(st.binary(min_size=32, max_size=32)))
        case "shorter":
            del path[data.draw(st.integers(0, len(path) - 1))]
        case "hash":
            at = data.draw(st.integers(0, len(path) - 1))
            byte = data.draw(st.integers(0, 31))
            changed = bytearray(path[at])
            changed[byte] ^= data.draw(st.integers(1, 255))
            path[at] = bytes(changed)
        case _:
            top = mth(LEAVES[: size - 1])
    with pytest.raises(EvidenceError):
        check_inclusion(leaf, index, size, path, top)


@given(st.data())
def test_a_history_that_was_changed_is_none(data: st.DataObject) -> None:
    """A log whose leaf was changed, dropped, or moved is not consistent with itself."""
    old = data.draw(st.integers(1, 40))
    new = data.draw(st.integers(old, 60))
    leaves = LEAVES[:new]
    at = data.draw(st.integers(0, old - 1))
    match data.draw(st.sampled_from(["changed", "dropped", "moved"])):
        case "changed":
            leaves[at] = bytes(32)
        case "dropped":
            leaves = [*leaves[:at], *leaves[at + 1 :], LEAVES[new]]
        case _:
            leaves.insert(data.draw(st.integers(at + 1, new)), leaves.pop(at))
    forged: dict[Spot, bytes] = {}
    for index, leaf in enumerate(leaves):
        forged.update(completed(index, leaf, forged.__getitem__))
    top = root(new, forged.__getitem__)
    if top == root(new, FIND):
        return  # moved to where it was
    with pytest.raises(EvidenceError):
        check_consistency(
            old,
            new,
            consistency(old, new, forged.__getitem__),
            root(old, FIND),
            top,
        )


def test_what_cannot_be_proved_is_refused() -> None:
    for index, size in [(0, 0), (1, 1), (-1, 3)]:
        with pytest.raises(EvidenceError, match="there is no leaf"):
            inclusion(index, size, FIND)
    for old, new in [(0, 0), (0, 3), (4, 3)]:
        with pytest.raises(EvidenceError, match="cannot begin with"):
            consistency(old, new, FIND)
