"""
What was taken back is told: noted when it is erased, and published a day later.

Rule: an erasure waits for no database: what cannot be noted just now is owed.
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import Connection

from gatekeeper.evidence.feed import record
from gatekeeper.storage.transactions import Transactions

log = structlog.get_logger(__name__)

PATIENCE = 2.0
"""Seconds that an erasure waits for it to be noted."""


class Recall:
    """Tells everybody which files must be used no longer."""

    def __init__(
        self,
        writer: Transactions,
        keep: timedelta | None,
        clock: Callable[[], datetime],
    ) -> None:
        """`keep`: how long evidence is kept, and the feed; None for ever."""
        self._writer = writer
        self._keep = keep
        self._clock = clock
        self._began = clock().date()

    async def note(self, digests: Iterable[str]) -> None:
        """Files by their SHA-256 in hexadecimal. Returns once it is durable or owed."""
        gone = tuple(digests)
        if gone:
            owed = self._writer.owe(partial(record.note, gone, self._clock()))
            await asyncio.wait([owed], timeout=PATIENCE)

    async def sweep(self, now: datetime) -> None:
        """Publish what waits, forget what is old. Raises `LedgerUnavailable`."""
        if await self._writer.run(partial(self._publish, now)):
            log.info("feed.published")

    def _publish(self, now: datetime, connection: Connection) -> bool:
        today = now.date()
        due = record.is_due(today, self._began, connection)
        if due:
            record.publish(today, now, connection)
        if self._keep is not None:
            record.forget((now - self._keep).date(), connection)
        return due
