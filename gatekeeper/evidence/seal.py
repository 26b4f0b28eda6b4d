"""
What a seal is in the log: the root of a tree over the meeting's entries.

By it whoever has one entry's hash, as a receipt does, can show that it stood in the
sealed meeting, without a byte of the others.

Rule: that tells nothing of the others either, not even how many there are: a no that
ended something is an entry more than a stop by the host (design.md, rule 8). So there
are leaves beside them that nobody can tell from entries, up to 256, 1,024, and so on,
and all stand in the order of their hashes.
"""

import hashlib
from collections.abc import Iterator, Sequence

from gatekeeper.evidence.tlog import tree

LEAST = 256
"""Leaves of a meeting's tree at least; each size is four times the one before."""
_BESIDE = b"gatekeeper/seal/v1\0"


class Seal:
    """All entries of a meeting, up to one of its seals."""

    def __init__(self, entries: Sequence[bytes], body: bytes) -> None:
        """
        `entries`: hashes; of all (`LedgerRow.hash`), and of the seal's accounts.

        `body`: the seal's, which makes what stands beside them, and which nobody is
        shown but who may read the whole chain.
        """
        own = [tree.leaf_hash(entry) for entry in entries]
        beside = _beside(body, size(len(own)) - len(own))
        self._leaves = sorted([*own, *beside])
        self._kept = tree.grown(self._leaves)

    @property
    def root(self) -> bytes:
        """What the log has a leaf of."""
        return tree.root(len(self._leaves), self._kept.__getitem__)

    def place(self, entry: bytes) -> tuple[int, list[bytes]]:
        """Where an entry's hash stands, and what leads from it to the root."""
        index = self._leaves.index(tree.leaf_hash(entry))
        find = self._kept.__getitem__
        return index, tree.inclusion(index, len(self._leaves), find)


def size(entries: int) -> int:
    """How many leaves the tree of so many entries has."""
    found = LEAST
    while found < entries:
        found *= 4
    return found


def root_from(entry: bytes, index: int, path: Sequence[bytes]) -> bytes:
    """
    The root that a path leads to from an entry's hash. Raises `EvidenceError`.

    How large the tree is follows from the path: it is full.
    """
    return tree.root_of(tree.leaf_hash(entry), index, 1 << len(path), path)


def _beside(body: bytes, how_many: int) -> Iterator[bytes]:
    seed = hashlib.sha256(_BESIDE + body).digest()
    for number in range(how_many):
        yield hashlib.sha256(seed + number.to_bytes(4, "big")).digest()
