"""
Leaves: a track as a tree over its seconds, so that a cut of it can be matched to it.

A leaf is one second: when each packet of it was, and the hash of what it carries. The
tree is that of RFC 6962; its root is in `capture.finished`.

Rule 1: what is hashed is what survives when packets are copied into another file: what
they carry, and how long after the first each of them was. Nothing of the container is.
Rule 2: a second without a packet has no leaf; a track has one spelling.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, Self

from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.tlog import tree

SECOND = 1000
"""Milliseconds of a leaf."""
MOST = 1 << 20
"""Packets of a second at most; seconds of a track, too."""
HEAD = "gatekeeper/leaves/v1"
"""The first line of the leaves of a track, written down."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LINE = re.compile(r"(0|[1-9][0-9]{0,6}) ([A-Za-z0-9+/=]+)")
_PACKET = 2 + tree.HASH


class Packet(NamedTuple):
    """One packet of a track."""

    at: int
    """Milliseconds after the first packet of the track."""
    digest: bytes
    """SHA-256 of what it carries."""


class Leaf(NamedTuple):
    """One second of a track: what it has `number` seconds after its first packet."""

    number: int
    packets: tuple[Packet, ...]
    """In the order of the file."""

    @property
    def hash(self) -> bytes:
        """Of the leaf in the tree."""
        return tree.leaf_hash(self.number.to_bytes(8, "big") + self._packed)

    def line(self) -> str:
        """As it is written down."""
        return f"{self.number} {base64.b64encode(self._packed).decode()}\n"

    @classmethod
    def read(cls, line: str) -> Self:
        """Raises `EvidenceError`."""
        found = _LINE.fullmatch(line)
        try:
            packed = base64.b64decode(found[2], validate=True) if found else b""
        except binascii.Error:
            packed = b""
        if found is None or not packed or len(packed) % _PACKET:
            raise EvidenceError("it is no second of a track")
        number = int(found[1])
        each = [packed[at : at + _PACKET] for at in range(0, len(packed), _PACKET)]
        leaf = cls(
            number,
            tuple(
                Packet(number * SECOND + int.from_bytes(one[:2], "big"), one[2:])
                for one in each
            ),
        )
        if leaf.line() != line + "\n" or any(p.at // SECOND != number for p in leaf[1]):
            raise EvidenceError("it is no second of a track as it should be spelled")
        return leaf

    @property
    def _packed(self) -> bytes:
        return b"".join(
            (packet.at % SECOND).to_bytes(2, "big") + packet.digest
            for packet in self.packets
        )


def leaves(packets: Iterable[Packet]) -> Iterator[Leaf]:
    """The seconds of a track; one at a time is in memory."""
    for number, second in groupby(packets, lambda packet: packet.at // SECOND):
        yield Leaf(number, tuple(second))


def root(seconds: Iterable[Leaf]) -> str | None:
    """The root over a track, in hexadecimal; None if there is nothing in it."""
    kept = tree.grown(leaf.hash for leaf in seconds)
    size = sum(spot.level == 0 for spot in kept)
    return tree.root(size, kept.__getitem__).hex() if size else None


def written(sha256: str, seconds: Iterable[Leaf]) -> Iterator[str]:
    """The leaves of the track with this hash, as a text, line by line."""
    yield f"{HEAD}\n{sha256}\n"
    for leaf in seconds:
        yield leaf.line()


def read(text: str) -> tuple[str, Sequence[Leaf]]:
    """A track's hash and its leaves, of a text. Raises `EvidenceError`."""
    head, *lines = text.removesuffix("\n").split("\n")
    if head != HEAD or not lines or not _SHA256.fullmatch(lines[0]):
        raise EvidenceError("these are no leaves of a track")
    if len(lines) > MOST or not text.endswith("\n"):
        raise EvidenceError("these are no leaves of a track as they should be spelled")
    found = [Leaf.read(line) for line in lines[1:]]
    numbers = [leaf.number for leaf in found]
    if numbers != sorted(set(numbers)):
        raise EvidenceError("the seconds of a track do not follow on each other")
    return lines[0], found


def clock(milliseconds: int) -> str:
    """A time within a film or a track, as players tell it."""
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes}:{rest / 1000:04.1f}"
