"""
The server audits itself: every chain on record, at its start and again and again.

Rule 1: a meeting whose proof does not hold opens nothing any more; no other is touched.
Rule 2: whoever runs the server is told, as long as it is so, and after a restart again.
Rule 3: it takes its time: a fifth of one core at most, and never the loop's thread.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import structlog
from sqlalchemy.exc import DBAPIError

from gatekeeper.archive.faults import survived
from gatekeeper.consent.types import RoomId
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.audit import ChainReport, faults_of, meetings_of, report
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import LEDGER
from gatekeeper.storage.in_thread import in_thread

log = structlog.get_logger(__name__)

REST = 4
"""How many times as long as it has worked it waits before it works on."""


class SelfAudit:
    """Audits until it is cancelled."""

    def __init__(self, data: Path, every: float) -> None:
        """`every`: seconds between two audits."""
        self._data = data
        self._every = every
        self.faults: Mapping[RoomId, str] = {}
        """Of the last audit, what does not hold of which chain."""
        self.damage: tuple[str, ...] = ()
        """And of the log of seals, or of the database."""

    @property
    def good(self) -> bool:
        """Whether there was nothing to find fault with."""
        return not self.faults and not self.damage

    async def run(self, distrust: Callable[[RoomId], None]) -> None:
        """Audit, wait, and audit again; `distrust` is told of each bad chain."""
        database = await in_thread(Database.open, self._data / LEDGER, migrate=False)
        try:
            while True:
                with survived("audit.failed"):
                    await self._audit(database, distrust)
                await asyncio.sleep(self._every)
        finally:
            database.close()

    async def _audit(
        self, database: Database, distrust: Callable[[RoomId], None]
    ) -> None:
        """Every chain, one after the other, and what is of none."""
        faults: dict[RoomId, str] = {}
        try:
            damage, meetings = await in_thread(_whole, database, self._data)
        except (DBAPIError, EvidenceError) as exc:
            damage, meetings = [str(exc)], []
        for meeting in meetings:
            began = time.perf_counter()
            found = await in_thread(_chain, database, meeting)
            if found.fault is not None:
                faults[meeting] = found.fault
                log.error("evidence.damaged", room=meeting, fault=found.fault)
                distrust(meeting)
            await asyncio.sleep(REST * (time.perf_counter() - began))
        for fault in damage:
            log.error("evidence.damaged", fault=fault)
        self.faults, self.damage = faults, tuple(damage)


def _whole(database: Database, data: Path) -> tuple[list[str], list[RoomId]]:
    return faults_of(database, data), meetings_of(database)


def _chain(database: Database, meeting: RoomId) -> ChainReport:
    with database.connect() as connection:
        return report(connection, meeting)
