"""
Retention of evidence: when its time is over, the chain of a meeting goes.

Rule 1: only of a meeting that is over and sealed, of which nothing is kept any more:
evidence outlives what it proves.
Rule 2: that it is gone, and when, is on record: an audit tells it from damage.
Rule 3: receipts in people's hands still verify: they need this server's public key, and
nothing else that is here.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from gatekeeper.consent.types import RoomId
from gatekeeper.storage import tables


def ended_evidence(connection: Connection) -> dict[RoomId, datetime]:
    """Of which meetings it is gone, and since when."""
    rows = connection.execute(select(tables.ended_evidence))
    return {RoomId(row.meeting): row.ended for row in rows}


def end_evidence(room: RoomId, at: datetime, connection: Connection) -> None:
    """Delete the chain of a meeting, and all on record of it; say that it is gone."""
    for table, column in _OF_A_MEETING:
        connection.execute(delete(table).where(column == room))
    gone = tables.ended_evidence
    known = select(gone.c.meeting).where(gone.c.meeting == room)
    if connection.execute(known).one_or_none() is None:
        connection.execute(insert(gone).values(meeting=room, ended=at))


_OF_A_MEETING = (
    (tables.ledger, tables.ledger.c.meeting),
    (tables.names, tables.names.c.meeting),
    (tables.stops, tables.stops.c.meeting),
    (tables.removals, tables.removals.c.meeting),
    (tables.rooms, tables.rooms.c.id),
)


def over_before(before: datetime, connection: Connection) -> Collection[RoomId]:
    """Meetings that were over before then and sealed; nothing waits to be deleted."""
    rooms, waiting = tables.rooms, tables.deletions
    rows = connection.execute(
        select(rooms.c.id, rooms.c.ended_at).where(
            rooms.c.ended_at.is_not(None),
            rooms.c.sealed,
            rooms.c.id.not_in(select(waiting.c.meeting)),
        )
    )
    return [RoomId(row.id) for row in rows if row.ended_at < before]
