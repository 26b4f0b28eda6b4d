"""
How many rooms were open at once, hour by hour, for a day.

Rule: the most of an hour, and nothing else: from it nobody can tell how many rooms
there were, or what was on in them. It is in memory alone.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime

from gatekeeper.web.shape import Instant, Shape

KEPT = 24
"""Hours."""
OFTEN = 20.0
"""Seconds between two looks."""


class Hour(Shape):
    """So many rooms were open at once in the hour that began then, at the most."""

    began: Instant
    rooms: int


class Hours:
    """The last ones."""

    def __init__(self, rooms: Callable[[], int], now: Callable[[], datetime]) -> None:
        self._rooms = rooms
        self._now = now
        self._told: deque[Hour] = deque(maxlen=KEPT)

    async def run(self) -> None:
        """Look, until cancelled."""
        while True:
            self.look()
            await asyncio.sleep(OFTEN)

    def look(self) -> tuple[Hour, ...]:
        """Count what is open now; all that is known."""
        began = self._now().replace(minute=0, second=0, microsecond=0)
        rooms = self._rooms()
        if self._told and self._told[-1].began == began:
            rooms = max(rooms, self._told.pop().rooms)
        self._told.append(Hour(began=began, rooms=rooms))
        return tuple(self._told)
