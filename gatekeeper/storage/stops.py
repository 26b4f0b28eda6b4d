"""
Stops: who wants nothing new to be made of what was captured of them.

What exists stays; no film, summary or export that is made from now on has their part.
It can be taken back, and is gone with what it is about.
"""

from collections import defaultdict
from functools import partial

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from gatekeeper.consent.types import FeatureId, ParticipantId, RoomId
from gatekeeper.storage.tables import stops
from gatekeeper.storage.transactions import Transactions


class Stops:
    """Each call raises `LedgerUnavailable`, and returns once it is durable."""

    def __init__(self, writer: Transactions) -> None:
        self._writer = writer

    async def stop(
        self, room: RoomId, feature: FeatureId, participant: ParticipantId
    ) -> None:
        """Make nothing new of somebody's part. Idempotent."""
        await self._writer.run(partial(_stop, room, feature, participant))

    async def resume(
        self, room: RoomId, feature: FeatureId, participant: ParticipantId
    ) -> None:
        """They have changed their mind. Idempotent."""
        await self._writer.run(partial(forget, room, feature, participant))

    async def read(self, room: RoomId, feature: FeatureId) -> frozenset[ParticipantId]:
        """Whose part nothing new is made of."""
        return await self._writer.run(partial(stopped, room, feature))


def stopped(
    room: RoomId, feature: FeatureId, connection: Connection
) -> frozenset[ParticipantId]:
    """What `Stops.read` tells."""
    rows = connection.execute(select(stops.c.subject).where(_of(room, feature)))
    return frozenset(ParticipantId(row.subject) for row in rows)


def stops_of(
    room: RoomId, connection: Connection
) -> dict[FeatureId, frozenset[ParticipantId]]:
    """Whose part nothing new is made of, by feature."""
    rows = connection.execute(
        select(stops.c.feature, stops.c.subject).where(stops.c.meeting == room)
    )
    found: defaultdict[FeatureId, set[ParticipantId]] = defaultdict(set)
    for row in rows:
        found[FeatureId(row.feature)].add(ParticipantId(row.subject))
    return {feature: frozenset(people) for feature, people in found.items()}


def forget(
    room: RoomId,
    feature: FeatureId,
    participant: ParticipantId | None,
    connection: Connection,
) -> None:
    """Forget one person's choice, or everybody's, in this transaction."""
    whose = _of(room, feature)
    if participant is not None:
        whose &= stops.c.subject == participant
    connection.execute(delete(stops).where(whose))


def _stop(
    room: RoomId,
    feature: FeatureId,
    participant: ParticipantId,
    connection: Connection,
) -> None:
    forget(room, feature, participant, connection)
    connection.execute(
        insert(stops).values(meeting=room, feature=feature, subject=participant)
    )


def _of(room: RoomId, feature: FeatureId) -> ColumnElement[bool]:
    return (stops.c.meeting == room) & (stops.c.feature == feature)
