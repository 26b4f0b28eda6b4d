"""What is on record: the bytes of one entry and its place in the chain."""

from dataclasses import dataclass
from typing import Any

from gatekeeper.consent.words import RoomId

GENESIS = bytes(32)
"""The `prev` of a chain's first entry."""


@dataclass(frozen=True, slots=True)
class Written:
    """One durable entry."""

    meeting: RoomId
    seq: int
    prev: bytes
    """SHA-256 of the previous body; `GENESIS` for the first."""
    hash: bytes
    """SHA-256 of `body`."""
    body: bytes
    """Canonical JSON (RFC 8785): the very bytes that are hashed."""

    def columns(self) -> dict[str, Any]:
        """The row of `tables.ledger`."""
        return {
            "meeting": self.meeting,
            "seq": self.seq,
            "prev": self.prev,
            "hash": self.hash,
            "body": self.body,
        }
