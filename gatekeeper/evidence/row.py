"""What is on record: the bytes of one entry and its place in the chain."""

from dataclasses import dataclass
from typing import Any, Self

from gatekeeper.consent.types import RoomId

GENESIS = bytes(32)
"""The `prev` of a chain's first entry."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One durable entry."""

    meeting: RoomId
    seq: int
    prev: bytes
    """SHA-256 of the previous body; `GENESIS` for the first."""
    hash: bytes
    """SHA-256 of `body`."""
    body: bytes
    """Canonical JSON (RFC 8785): the very bytes that are hashed."""

    @classmethod
    def read(cls, meeting: RoomId, seq: int, *raw: object) -> Self:
        """What a row holds. Raises `TypeError`: SQLite keeps no type for sure."""
        if not isinstance(seq, int):
            raise TypeError("an entry has no number")
        prev, digest, body = (bytes(memoryview(each)) for each in raw)  # type: ignore[arg-type]
        return cls(meeting, seq, prev, digest, body)

    def columns(self) -> dict[str, Any]:
        """The row of `tables.ledger`."""
        return {
            "meeting": self.meeting,
            "seq": self.seq,
            "prev": self.prev,
            "hash": self.hash,
            "body": self.body,
        }
