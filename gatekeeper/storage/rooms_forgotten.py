"""
What is forgotten of rooms: those that nobody came to, and what meetings were called.

Rule: a room that has a chain stays, for as long as its chain does.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select, update

from gatekeeper.consent.types import RoomId
from gatekeeper.storage import tables
from gatekeeper.storage.doors import forget_comers

AT_ONCE = 500
"""Rooms that are forgotten in one transaction: nobody waits for an endless one."""


def has_chain() -> ColumnElement[bool]:
    """Whether anything was ever on in it."""
    return exists().where(tables.ledger.c.meeting == tables.rooms.c.id)


def forget_titles(before: datetime, connection: Connection) -> None:
    """Forget what meetings that ended before then were called."""
    table = tables.rooms
    named = (table.c.ended_at < before) & (table.c.title != "")
    connection.execute(update(table).where(named).values(title=""))


def forget_unused(
    before: datetime, kept: Sequence[RoomId], connection: Connection
) -> int:
    """Forget rooms that were opened, or ended, before then; how many it was."""
    table = tables.rooms
    old = func.coalesce(table.c.ended_at, table.c.opened_at) < before
    rows = connection.execute(
        select(table.c.id)
        .where(old & ~has_chain() & table.c.id.not_in(kept))
        .limit(AT_ONCE)
    )
    found = [row.id for row in rows]
    connection.execute(delete(table).where(table.c.id.in_(found)))
    for room in found:
        forget_comers(RoomId(room), connection)
    return len(found)
