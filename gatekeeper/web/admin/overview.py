"""
The overview: how much goes on, in numbers that no answer changes.

Rule: how many features run just now is not here, and how many meetings there were
neither: beside the other numbers either would make a rate of yes (design.md, rule 8).
"""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aiohttp import web

from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.web.admin.hours import Hour, Hours
from gatekeeper.web.shape import Instant, Shape, said


class Overview(Shape):
    """`GET /api/admin/overview`."""

    now: Instant
    rooms: int
    """Rooms in which a meeting goes on."""
    people: int
    """People with a seat in a room."""
    offered: int
    """Features that hosts can ask for."""
    features: int
    """Features that are configured."""
    free: int
    """Bytes on the disk."""
    hours: tuple[Hour, ...]
    """The last 24, or as many as there were since the server started."""


@dataclass(frozen=True, slots=True)
class AdminOverview:
    """Answers with all of it."""

    registry: RoomRegistry
    hours: Hours
    data: Path
    now: Callable[[], datetime]
    offered: Callable[[], tuple[int, int]]
    """How many features are offered, and of how many."""

    async def state(self, request: web.Request) -> web.Response:
        """As it is just now."""
        disk = await asyncio.to_thread(shutil.disk_usage, self.data)
        offered, features = self.offered()
        return said(
            Overview(
                now=self.now(),
                rooms=sum(not room.ended for room in self.registry.rooms),
                people=self.registry.people,
                offered=offered,
                features=features,
                free=disk.free // MEGABYTE * MEGABYTE,
                hours=self.hours.look(),
            )
        )


MEGABYTE = 1_000_000
