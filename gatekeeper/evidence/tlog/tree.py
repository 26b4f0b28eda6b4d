"""
The tree of a log: what RFC 6962, section 2.1, makes of a list of leaves.

Of every perfect subtree (2**level leaves, beginning at a multiple of that) the hash is
kept once, and never changes; roots and proofs are made of those.

Rule 1: nothing here knows where hashes are kept: whoever asks passes what finds one.
Rule 2: what is verified is verified by the algorithms of RFC 9162, sections 2.1.3.2
and 2.1.4.2, which share nothing with those that make proofs.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from typing import NamedTuple

from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.faults import Fault

HASH = 32
"""Bytes of a hash."""
EMPTY = hashlib.sha256().digest()
"""The root of a tree without leaves."""
LONGEST = 63
"""Hashes of a proof at most, in a tree that can be counted in 63 bits."""


class Spot(NamedTuple):
    """Where a perfect subtree is."""

    level: int
    """It has 2**level leaves; a leaf by itself has level 0."""
    position: int
    """Among those of its level, counted from 0."""


Find = Callable[[Spot], bytes]
"""The hash of a perfect subtree that is whole."""


def leaf_hash(body: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(leaves: Iterable[bytes]) -> dict[Spot, bytes]:
    """Every perfect subtree over leaves' hashes: a small tree, in memory."""
    kept: dict[Spot, bytes] = {}
    for index, leaf in enumerate(leaves):
        kept.update(completed(index, leaf, kept.__getitem__))
    return kept


# ---- Made of what is kept ---------------------------------------------------------


def completed(index: int, leaf: bytes, find: Find) -> Iterator[tuple[Spot, bytes]]:
    """
    Every subtree that is whole once `leaf`, a hash, is the one at `index`.

    The leaf itself comes first. `find` is asked for what stood before it.
    """
    spot, hashed = Spot(0, index), leaf
    yield spot, hashed
    while spot.position % 2:
        hashed = node_hash(find(Spot(spot.level, spot.position - 1)), hashed)
        spot = Spot(spot.level + 1, spot.position // 2)
        yield spot, hashed


def root(size: int, find: Find) -> bytes:
    """The root over the first `size` leaves."""
    return _over(0, size, find) if size else EMPTY


def inclusion(index: int, size: int, find: Find) -> list[bytes]:
    """
    What leads from the leaf at `index` to the root over `size` leaves (2.1.1).

    Raises `EvidenceError` if there is no such leaf.
    """
    if not 0 <= index < size:
        raise _wrong(f"there is no leaf {index} among {size}")
    return _path(index, 0, size, find)


def consistency(old: int, new: int, find: Find) -> list[bytes]:
    """
    What shows that `new` leaves begin with the `old` ones (2.1.2).

    Raises `EvidenceError` if `old` is more, or none: no proof can be of nothing.
    """
    if not 0 < old <= new:
        raise _wrong(f"{new} leaves cannot begin with {old}")
    return [] if old == new else _common(old, 0, new, find, whole=True)


def _perfect(begin: int, end: int) -> Iterator[Spot]:
    """The perfect subtrees that make up a range, the largest that fit, in order."""
    while begin < end:
        level = (end - begin).bit_length() - 1
        if begin:
            level = min(level, (begin & -begin).bit_length() - 1)
        yield Spot(level, begin >> level)
        begin += 1 << level


def _over(begin: int, end: int, find: Find) -> bytes:
    """The hash of a range that stands in the tree as one."""
    found = [find(spot) for spot in _perfect(begin, end)]
    return reduce(lambda right, left: node_hash(left, right), reversed(found))


def _split(begin: int, end: int) -> int:
    """Where the larger, perfect half of a range ends."""
    return begin + (1 << ((end - begin - 1).bit_length() - 1))


def _path(index: int, begin: int, end: int, find: Find) -> list[bytes]:
    if end - begin == 1:
        return []
    half = _split(begin, end)
    if index < half:
        return [*_path(index, begin, half, find), _over(half, end, find)]
    return [*_path(index, half, end, find), _over(begin, half, find)]


def _common(old: int, begin: int, end: int, find: Find, *, whole: bool) -> list[bytes]:
    """`whole`: whether what is left of the old tree is the old tree itself."""
    if old == end:
        return [] if whole else [_over(begin, end, find)]
    half = _split(begin, end)
    if old <= half:
        left = _common(old, begin, half, find, whole=whole)
        return [*left, _over(half, end, find)]
    right = _common(old, half, end, find, whole=False)
    return [*right, _over(begin, half, find)]


# ---- Verified ---------------------------------------------------------------------


def root_of(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """
    The root that `path` leads to from a leaf's hash (RFC 9162, 2.1.3.2).

    Raises `EvidenceError` if it is no path of this leaf in a tree of this size.
    """
    _check([leaf, *path])
    if not 0 <= index < size:
        raise _wrong(f"there is no leaf {index} among {size}")
    at, last, hashed = index, size - 1, leaf
    for beside in path:
        if last == 0:
            raise _wrong("the proof is too long")
        if at % 2 or at == last:
            hashed = node_hash(beside, hashed)
            while not (at % 2 or at == 0):
                at, last = at >> 1, last >> 1
        else:
            hashed = node_hash(hashed, beside)
        at, last = at >> 1, last >> 1
    if last:
        raise _wrong("the proof is too short")
    return hashed


def check_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], top: bytes
) -> None:
    """Check that a leaf's hash is in the tree of this root. Raises `EvidenceError`."""
    if root_of(leaf, index, size, path) != top:
        raise _wrong("the proof leads to another root")


def check_consistency(
    old: int, new: int, path: Sequence[bytes], old_top: bytes, new_top: bytes
) -> None:
    """
    Check that the new tree begins with the old one (RFC 9162, 2.1.4.2).

    Raises `EvidenceError`, also if `old` is 0: everything begins with nothing.
    """
    _check([*path, old_top, new_top])
    if not 0 < old <= new:
        raise _wrong(f"{new} leaves cannot begin with {old}")
    if old == new:
        if path:
            raise _wrong("the proof is too long")
        if old_top != new_top:
            raise _wrong("two roots of one size differ")
        return
    proof = list(path)
    if old & (old - 1) == 0:
        proof.insert(0, old_top)
    if not proof:
        raise _wrong("the proof is too short")
    at, last = old - 1, new - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    before = after = proof[0]
    for beside in proof[1:]:
        if last == 0:
            raise _wrong("the proof is too long")
        if at % 2 or at == last:
            before, after = node_hash(beside, before), node_hash(beside, after)
            while not (at % 2 or at == 0):
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, beside)
        at, last = at >> 1, last >> 1
    if last:
        raise _wrong("the proof is too short")
    if before != old_top:
        raise _wrong("the proof begins at another root")
    if after != new_top:
        raise _wrong("the proof leads to another root")


def _check(hashes: Sequence[bytes]) -> None:
    if len(hashes) > LONGEST + 2:
        raise _wrong("the proof is too long")
    if any(len(each) != HASH for each in hashes):
        raise _wrong(f"a hash has {HASH} bytes")


def _wrong(sentence: str) -> EvidenceError:
    return EvidenceError(sentence, code=Fault.INCLUSION_INVALID)
