"""
Doors: who may come into a room, kept for as long as its meeting goes on.

Rule: whom a host has removed is noted by the id of their key alone, and forgotten when
the meeting ends.
"""

from functools import partial

from sqlalchemy import Connection, delete, insert, select, update

from gatekeeper.consent.types import ParticipantId, RoomId
from gatekeeper.storage.tables import entries, removals, rooms
from gatekeeper.storage.transactions import Transactions


class DoorStore:
    """Each call raises `LedgerUnavailable`, and returns once it is durable."""

    def __init__(self, writer: Transactions) -> None:
        self._writer = writer

    async def set(self, room: RoomId, *, locked: bool, knock: bool) -> None:
        """Who may come in from now on."""
        await self._writer.run(partial(_set, room, locked, knock))

    async def remove(self, room: RoomId, participant: ParticipantId) -> None:
        """They must knock. Idempotent."""
        await self._writer.run(partial(_remove, room, participant))

    async def pardon(self, room: RoomId, participant: ParticipantId) -> None:
        """They were let in again. Idempotent."""
        await self._writer.run(partial(_pardon, room, participant))

    async def removed(self, room: RoomId) -> frozenset[ParticipantId]:
        """Who was removed."""
        return await self._writer.run(partial(_removed, room))


def forget_comers(room: RoomId, connection: Connection) -> None:
    """Forget who was removed, and who might have come, in this transaction."""
    connection.execute(delete(removals).where(removals.c.meeting == room))
    connection.execute(delete(entries).where(entries.c.meeting == room))


def _set(room: RoomId, locked: bool, knock: bool, connection: Connection) -> None:
    door = update(rooms).where(rooms.c.id == room)
    connection.execute(door.values(locked=locked, knock=knock))


def _remove(room: RoomId, participant: ParticipantId, connection: Connection) -> None:
    _pardon(room, participant, connection)
    connection.execute(insert(removals).values(meeting=room, subject=participant))


def _pardon(room: RoomId, participant: ParticipantId, connection: Connection) -> None:
    whose = (removals.c.meeting == room) & (removals.c.subject == participant)
    connection.execute(delete(removals).where(whose))


def _removed(room: RoomId, connection: Connection) -> frozenset[ParticipantId]:
    found = select(removals.c.subject).where(removals.c.meeting == room)
    return frozenset(ParticipantId(row.subject) for row in connection.execute(found))
