"""
Recovery: what a crash left is closed, finished and sealed before anything starts.

Rule: gates are closed in the ledger before files are reported, a file that no opening
covers is deleted, and a meeting that is over is sealed.
"""

import asyncio
from pathlib import Path

from gatekeeper.archive import orphans
from gatekeeper.archive.endings import Endings
from gatekeeper.archive.stores import FeatureStores
from gatekeeper.clock import Clock
from gatekeeper.consent.types import OpeningId
from gatekeeper.evidence.entries import MeetingSealed
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.storage.rooms import RoomStore


class Recovery:
    """Takes up after a crash."""

    def __init__(
        self,
        data: Path,
        stores: FeatureStores,
        endings: Endings,
        *,
        ledger: Ledger,
        rooms: RoomStore,
        clock: Clock,
    ) -> None:
        self._data = data
        self._stores = stores
        self._endings = endings
        self._ledger = ledger
        self._rooms = rooms
        self._clock = clock

    async def run(self) -> None:
        """
        Close what a crash left open, and deal with its files. Called once.

        Raises `DataDirectoryUnusable`, `LedgerUnavailable`, `OSError`.
        """
        await self._check()
        await self._start_clock()
        unsealed = await self._rooms.unsealed()
        for record in (*await self._rooms.returning(), *unsealed):
            await self._endings.note(record.id)
        await self._stores.recover(await self._known())
        for record in unsealed:
            await self._ledger.append(record.id, [MeetingSealed()])

    async def _check(self) -> None:
        """Ledger and files are of one piece. Raises `DataDirectoryUnusable`."""
        kept = {room for room, _ in await self._stores.kept()}
        openings = await self._ledger.openings(kept)
        rooms = await self._rooms.sealed()
        found = await asyncio.to_thread(orphans.find, self._data, rooms, openings)
        orphans.check(self._data, found)

    async def _start_clock(self) -> None:
        latest = await self._rooms.latest()
        if latest is not None:
            self._clock.doubt(latest)

    async def _known(self) -> dict[OpeningId, int]:
        """Every opening on record of what is kept, and how many parts it has."""
        known: dict[OpeningId, int] = {}
        for room in {room for room, _ in await self._stores.kept()}:
            known |= (await self._ledger.standing(room)).parts
        return known
