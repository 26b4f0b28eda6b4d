"""
The rooms of one service: those that its key has opened, and no other.

Rule: a room of somebody else's is, by every answer, a room that never was.
"""

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import RoomEnded, UnknownRoom
from gatekeeper.gating.faults import ConsentRequired
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.meeting.room import Room
from gatekeeper.storage.rooms import RoomRecord, RoomStore
from gatekeeper.web.v1.call import Call
from gatekeeper.web.v1.faults import PresenceNotAgreed


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
        return await self.find(call.named("room"), call.key.id)

    async def find(self, id_: str, service: str | None) -> RoomRecord:
        """
        The same, of a room that `service` has opened; None: of any.

        Raises `UnknownRoom`, `LedgerUnavailable`.
        """
        room = RoomId(id_)
        living = self._registry.living(room)
        found = living.record if living else await self._register.find(room)
        if found is None or service not in (None, found.service):
            raise UnknownRoom
        return found

    def living(self, record: RoomRecord) -> Room:
        """The room, if anybody is in it. Raises `RoomEnded`, else `ConsentRequired`."""
        room = self._registry.living(record.id)
        if room is None or room.ended:
            if self._registry.is_over(record):
                raise RoomEnded
            raise ConsentRequired
        return room

    async def report(self, record: RoomRecord, people: Collection[str]) -> None:
        """
        The engine of that room has exactly `people`; what has to close has closed.

        Raises `PresenceNotAgreed`, `RoomEnded`, `RoomFull`.
        """
        if not record.presence:
            raise PresenceNotAgreed
        room = await self._registry.enter(record.id)
        room.strangers.report(people)

    async def end(self, record: RoomRecord) -> None:
        """
        It is over for everybody in it, at once; return when that is on record.

        Idempotent. Raises `UnknownRoom`, `RoomFull`, `LedgerUnavailable`.
        """
        if self._registry.is_over(record):
            return
        with suppress(RoomEnded):  # by somebody else, just now
            (await self._registry.enter(record.id)).end()
        await self._register.end(record.id, self._now())
