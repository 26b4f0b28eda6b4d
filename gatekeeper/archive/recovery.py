"""
Recovery: what a crash left is closed, finished and sealed before anything starts.

Rule: gates are closed in the ledger before files are reported, a file that no opening
covers is deleted, and a meeting that is over is sealed. One whose chain cannot be read
is left as it is: nothing of it is deleted, and nothing is written.
"""

import sys
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from gatekeeper.archive import orphans
from gatekeeper.archive.endings import Endings
from gatekeeper.archive.stores import FeatureStores
from gatekeeper.clock import Clock
from gatekeeper.consent.types import OpeningId, RoomId
from gatekeeper.errors import MeetingDamaged, RoomEnded
from gatekeeper.evidence.entries import MeetingSealed
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.storage.in_thread import in_thread
from gatekeeper.storage.rooms import RoomStore

EVERY_PART = sys.maxsize
"""As many as there may be."""


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
        known = await self._known({room for room, _ in await self._stores.kept()})
        await self._check(known)
        await self._start_clock()
        unsealed = await self._rooms.unsealed()
        noted = {r.id for r in (*await self._rooms.returning(), *unsealed)}
        for room in sorted(noted):
            await self._endings.note(room)
        await self._stores.recover(known | await self._known(noted))
        for record in unsealed:
            with suppress(MeetingDamaged, RoomEnded):  # an audit tells of either
                await self._ledger.append(record.id, [MeetingSealed()])

    async def _check(self, openings: Collection[OpeningId]) -> None:
        """Ledger and files are of one piece. Raises `DataDirectoryUnusable`."""
        rooms = await self._rooms.sealed()
        found = await in_thread(orphans.find, self._data, rooms, openings)
        orphans.check(self._data, found)

    async def _start_clock(self) -> None:
        latest = await self._rooms.latest()
        if latest is not None:
            self._clock.doubt(latest)

    async def _known(self, rooms: Iterable[RoomId]) -> dict[OpeningId, int]:
        """Every opening on record of these, and how many parts it has."""
        known: dict[OpeningId, int] = {}
        for room in rooms:
            known |= (await self._ledger.standing(room)).parts
            if not self._ledger.is_trusted(room):
                known |= dict.fromkeys(await self._on_disk(room), EVERY_PART)
        return known

    async def _on_disk(self, room: RoomId) -> set[OpeningId]:
        """Of what there is anything, in a meeting whose chain cannot be read."""
        found: set[OpeningId] = set()
        for where, feature in await self._stores.kept():
            if where == room:
                found |= await self._stores.of(feature).openings(room, feature)
        return found
