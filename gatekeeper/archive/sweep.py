"""
The retention sweep: what is older than its notice says is deleted.

Rule: what a feature keeps that is not configured any more stays as long as the longest
of the others, and no longer.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from gatekeeper.archive.eraser import Eraser
from gatekeeper.archive.evidence_sweep import EvidenceSweep
from gatekeeper.archive.faults import survived
from gatekeeper.archive.recall import Recall
from gatekeeper.archive.stores import FeatureStores
from gatekeeper.clock import Clock
from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.storage.page_links import TELLS_FOR, PageLinks
from gatekeeper.storage.rooms import RoomRecord, RoomStore

SWEEP = 600.0
"""Seconds between two sweeps."""


class RetentionSweep:
    """Has all deleted whose time is over, again and again."""

    def __init__(
        self,
        stores: FeatureStores,
        eraser: Eraser,
        rooms: RoomStore,
        links: PageLinks,
        *,
        keep: Mapping[FeatureId, timedelta],
        evidence: EvidenceSweep,
        recall: Recall,
        clock: Clock,
    ) -> None:
        """`keep`: how long what a feature keeps stays after the meeting."""
        self._evidence = evidence
        self._recall = recall
        self._stores = stores
        self._eraser = eraser
        self._rooms = rooms
        self._links = links
        self._keep = keep
        self._longest = max(keep.values(), default=timedelta(0))
        self._clock = clock
        self._early: dict[RoomId, datetime] = {}
        """Rooms whose end on record is still to come, and since when they are known."""

    async def run(self) -> None:
        """Sweep until cancelled."""
        while True:
            with survived("sweep.failed"):
                await self.sweep()
            await asyncio.sleep(SWEEP)

    async def sweep(self) -> None:
        """Have deleted what has had its time. Raises `LedgerUnavailable`, `OSError`."""
        now = self._clock.settled()
        await self._rooms.forget_titles(now - self._longest)
        await self._links.forget(now - self._longest - TELLS_FOR)
        await self._evidence.sweep(now)
        for room, feature in await self._stores.kept():
            record = await self._rooms.find(room)
            if record is not None and self._is_over(record, feature, now):
                await self._eraser.expire(room, feature)
        await self._recall.sweep(now)

    def _is_over(self, record: RoomRecord, feature: FeatureId, now: datetime) -> bool:
        if record.ended_at is None:
            return False
        ended = record.ended_at
        if ended > now:  # the clock was set since, so it is counted from here
            ended = self._early.setdefault(record.id, now)
        return now - ended > self._keep.get(feature, self._longest)
