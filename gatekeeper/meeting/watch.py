"""The watch: an eye on clock and ledger, which gates rest on (design.md, rule 15)."""

import asyncio

import structlog

from gatekeeper.clock import Clock
from gatekeeper.errors import LedgerUnavailable
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.meeting.everywhere import Everywhere
from gatekeeper.meeting.faults import ClockJumped

log = structlog.get_logger(__name__)

PULSE = 2.0
"""Seconds between two looks: at the clock always, at whether the ledger can be written
while any gate is open or nothing could be written."""


class Watch:
    """One process's."""

    def __init__(self, clock: Clock, ledger: Ledger, rooms: Everywhere) -> None:
        self._clock = clock
        self._ledger = ledger
        self._rooms = rooms

    async def run(self) -> None:
        """Look, until cancelled."""
        while True:
            await asyncio.sleep(PULSE)
            self._check_clock()
            await self._check_ledger()

    def _check_clock(self) -> None:
        """Close what rests on a time that is no longer so."""
        jump = self._clock.jumped()
        if jump is not None:
            log.error("clock.jumped", seconds=round(jump, 1))
            self._rooms.fail(ClockJumped())
            self._clock.follow()
        if not self._rooms.living:
            self._clock.reset()

    async def _check_ledger(self) -> None:
        """Close everything if nothing can be proved, as long as that matters."""
        if not (self._rooms.capturing or not self._ledger.available):
            return
        if not await self._ledger.probe():
            self._rooms.fail(LedgerUnavailable())
