"""
The rooms of one service: those that its key has opened, and no other.

Rule: a room of somebody else's is, by every answer, a room that never was.
"""

from gatekeeper.errors import UnknownRoom
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.meeting.room import Room
from gatekeeper.storage.rooms import RoomRecord
from gatekeeper.web.v1.call import Call


class OwnRooms:
    """Finds the room that a path names, for who has opened it."""

    def __init__(self, registry: RoomRegistry) -> None:
        self._registry = registry

    async def record(self, call: Call) -> RoomRecord:
        """As it is on record, ended or not. Raises `UnknownRoom`."""
        record = await self._registry.on_record(call.named("room"))
        if record is None or record.service != call.key.id:
            raise UnknownRoom
        return record

    async def enter(self, call: Call) -> Room:
        """The room, living. Raises `UnknownRoom`, `RoomEnded`, `RoomFull`."""
        record = await self.record(call)
        return await self._registry.enter(record.id)
