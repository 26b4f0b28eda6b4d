"""Captures: finished files, noted in the chain of their meeting."""

from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.history import Captured
from gatekeeper.evidence.ledger import Ledger


class CaptureLedger:
    """Where recordings report: the `Captures` of a server."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def finished(self, room: RoomId, captured: Captured) -> None:
        """Return once the hash is durable. Raises `LedgerUnavailable`."""
        await self._ledger.append(room, [captured.entry()])
