"""One lock a room: who deletes in one room waits for nobody in another."""

import asyncio
from weakref import WeakValueDictionary

from gatekeeper.consent.types import RoomId


class RoomLocks:
    """Made when they are asked for, and gone when nobody holds them."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[RoomId, asyncio.Lock] = WeakValueDictionary()

    def __call__(self, room: RoomId) -> asyncio.Lock:
        """The lock of a room."""
        lock = self._locks.get(room)
        if lock is None:
            lock = self._locks[room] = asyncio.Lock()
        return lock
