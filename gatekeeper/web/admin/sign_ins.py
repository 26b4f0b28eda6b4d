"""
Admins who are signed in, in memory alone.

Rule: a restart ends them all, and no backup brings one back. And an admin can look at
what is wrong while nothing can be written.
"""

from datetime import datetime

MOST = 100
"""At once; one more ends the oldest."""


class AdminSignIns:
    """A `sessions.Store`."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[datetime, bytes]] = {}

    async def begin(self, id_: str, began: datetime, sealed: bytes) -> None:
        """Keep one."""
        while len(self._kept) >= MOST:
            del self._kept[next(iter(self._kept))]
        self._kept[id_] = began, sealed

    async def find(self, id_: str) -> tuple[datetime, bytes] | None:
        """When it began, and what is sealed."""
        return self._kept.get(id_)

    async def end(self, id_: str) -> None:
        """It is one no more. Idempotent."""
        self._kept.pop(id_, None)

    async def forget(self, before: datetime) -> None:
        """Delete what began before that."""
        self._kept = {i: one for i, one in self._kept.items() if one[0] >= before}
