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

from sqlalchemy import Connection, delete, false, insert, select

from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.tlog import log
from gatekeeper.storage import tables
from gatekeeper.storage.roll import EvidenceEnded, read


def ended_evidence(connection: Connection) -> dict[RoomId, datetime]:
    """Of which meetings it is gone, and since when."""
    rows = connection.execute(select(tables.ended_evidence))
    return {RoomId(row.meeting): row.ended for row in rows}


def end_evidence(room: RoomId, at: datetime, connection: Connection) -> None:
    """Delete the chain of a meeting, and all on record of it; say that it is gone."""
    for table, column in _OF_A_MEETING:
        connection.execute(delete(table).where(column == room))
    log.forget(room, connection)
    note_ended(room, at, connection)


def note_ended(room: RoomId, at: datetime, connection: Connection) -> None:
    """Say that the evidence of a meeting is gone."""
    gone = tables.ended_evidence
    known = select(gone.c.meeting).where(gone.c.meeting == room)
    if connection.execute(known).one_or_none() is None:
        connection.execute(insert(gone).values(meeting=room, ended=at))


_OF_A_MEETING = (
    (tables.ledger, tables.ledger.c.meeting),
    (tables.names, tables.names.c.meeting),
    (tables.fetches, tables.fetches.c.meeting),
    (tables.stops, tables.stops.c.meeting),
    (tables.removals, tables.removals.c.meeting),
    (tables.rooms, tables.rooms.c.id),
)


def over(before: datetime | None, connection: Connection) -> Collection[RoomId]:
    """
    Sealed meetings that were over before then, and of which nothing is to be deleted.

    And those whose end is on the roll already, since a backup has brought them back.
    """
    rooms, waiting = tables.rooms, tables.deletions
    at_rest = rooms.c.sealed & rooms.c.id.not_in(select(waiting.c.meeting))
    early = false() if before is None else rooms.c.ended_at < before
    rows = connection.execute(select(rooms.c.id, early.label("early")).where(at_rest))
    on_roll = _ended_on_roll(connection)
    return [RoomId(row.id) for row in rows if row.early or row.id in on_roll]


def _ended_on_roll(connection: Connection) -> set[str]:
    lines = select(tables.roll).where(
        tables.roll.c.meeting.in_(select(tables.rooms.c.id))
    )
    return {
        row.meeting
        for row in connection.execute(lines)
        if isinstance(read(row.line).what, EvidenceEnded)
    }


def unaccounted(connection: Connection) -> Collection[str]:
    """Meetings whose evidence the roll says is over, or the database, not both."""
    lines = select(tables.roll.c.line).where(tables.roll.c.meeting.is_not(None))
    said = {
        line.what.room
        for line in map(read, connection.scalars(lines))
        if isinstance(line.what, EvidenceEnded)
    }
    gone = set(ended_evidence(connection))
    there = set(connection.scalars(select(tables.rooms.c.id)))
    return [
        f"{room}: that its evidence is gone is not told everywhere"
        for room in sorted(gone - said | said - gone - there)
    ]
