"""
The rooms of one service: those that its key has opened, and no other.

Rule: a room of somebody else's is, by every answer, a room that never was.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import RoomEnded, UnknownRoom
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.meeting.room import Room
from gatekeeper.storage.rooms import RoomRecord, RoomStore
from gatekeeper.web.v1.call import Call


class OwnRooms:
    """Finds the room that a path names, for who has opened it."""

    def __init__(
        self, registry: RoomRegistry, register: RoomStore, now: Callable[[], datetime]
    ) -> None:
        self._registry = registry
        self._register = register
        self._now = now

    async def record(self, call: Call) -> RoomRecord:
        """As it is on record, ended or not. Raises `UnknownRoom`."""
        room = RoomId(call.named("room"))
        living = self._registry.living(room)
        found = living.record if living else await self._register.find(room)
        if found is None or found.service != call.key.id:
            raise UnknownRoom
        return found

    async def enter(self, call: Call) -> Room:
        """The room, living. Raises `UnknownRoom`, `RoomEnded`, `RoomFull`."""
        record = await self.record(call)
        return await self._registry.enter(record.id)

    async def end(self, call: Call) -> None:
        """
        It is over for everybody in it, at once; return when that is on record.

        Idempotent. Raises `UnknownRoom`, `RoomFull`, `LedgerUnavailable`.
        """
        record = await self.record(call)
        if self._registry.is_over(record):
            return
        with suppress(RoomEnded):  # by somebody else, just now
            (await self._registry.enter(record.id)).end()
        await self._register.end(record.id, self._now())
