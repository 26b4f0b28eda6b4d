"""
The end of evidence: the chains of meetings whose time is over go, by the configuration.

Rule: nothing is left that they would prove: what a feature keeps has gone before.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import Connection

from gatekeeper.archive.orphans import FOLDERS
from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.retention import end_evidence, over
from gatekeeper.storage import roll
from gatekeeper.storage.deletions import DeletionList
from gatekeeper.storage.in_thread import in_thread
from gatekeeper.storage.transactions import Transactions

log = structlog.get_logger(__name__)

AT_ONCE = 100
"""Meetings in one transaction: nobody waits for an endless one."""


class EvidenceSweep:
    """Ends what has had its time."""

    def __init__(
        self,
        data: Path,
        writer: Transactions,
        listed: DeletionList,
        keep: timedelta | None,
        clock: Callable[[], datetime],
    ) -> None:
        """`keep`: None for ever."""
        self._clock = clock
        self._data = data
        self._writer = writer
        self._listed = listed
        self._keep = keep

    async def sweep(self, now: datetime) -> None:
        """End it, confirmed. Raises `LedgerUnavailable`, `OSError`."""
        await self._end(now, None if self._keep is None else now - self._keep)

    async def end_again(self) -> None:
        """End what had ended before a backup brought it back. Raises as `sweep`."""
        await self._end(self._clock(), None)

    async def _end(self, now: datetime, before: datetime | None) -> None:
        found = await self._writer.run(partial(over, before))
        rooms = await in_thread(self._without_files, found)
        for first in range(0, len(rooms), AT_ONCE):
            some = rooms[first : first + AT_ONCE]
            await self._writer.run(partial(_end, some, now))
            await self._listed.copy()
            await self._listed.scrub()
            log.info("evidence.ended", meetings=len(some))

    def _without_files(self, rooms: Collection[RoomId]) -> list[RoomId]:
        return [
            room
            for room in rooms
            if not any((self._data / folder / room).exists() for folder in FOLDERS)
        ]


def _end(rooms: Collection[RoomId], now: datetime, connection: Connection) -> None:
    roll.append([roll.EvidenceEnded(room=room) for room in rooms], now, connection)
    for room in rooms:
        end_evidence(room, now, connection)
