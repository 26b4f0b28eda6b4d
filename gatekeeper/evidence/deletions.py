"""
The list of what is to be deleted, until it is confirmed that it is gone.

Rule 1: a deletion is on the list before the first file goes, and is struck off it when
nothing is left: a crash in between is taken up again.
Rule 2: rows go after files.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.engine import Row

from gatekeeper.consent.words import FeatureId, ParticipantId, RoomId
from gatekeeper.evidence import names
from gatekeeper.evidence.database import Database
from gatekeeper.evidence.tables import deletions
from gatekeeper.evidence.writer import Writer


@dataclass(frozen=True, slots=True)
class Deletion:
    """One person's part of a feature, or all of it."""

    room: RoomId
    feature: FeatureId
    subject: ParticipantId | None
    """None: everybody, since the time is over."""


class DeletionList:
    """Each call raises `LedgerUnavailable`, and returns once it is durable."""

    def __init__(self, writer: Writer, database: Database) -> None:
        self._writer = writer
        self._database = database

    async def add(self, deletion: Deletion) -> None:
        """Put it on the list. Idempotent."""
        await self._writer.run(partial(_add, deletion))

    async def pending(self) -> Sequence[Deletion]:
        """All that is not confirmed yet."""
        return await self._writer.run(_pending)

    async def forget(self, deletion: Deletion) -> None:
        """Return once its names are in no byte of the database. Raises `OSError`."""
        await self._writer.run(partial(_forget, deletion))
        await asyncio.to_thread(self._database.scrub)

    async def strike(self, deletion: Deletion) -> None:
        """Nothing is left: take it off the list."""
        await self._writer.run(partial(_strike, deletion))


def _add(deletion: Deletion, connection: Connection) -> None:
    _strike(deletion, connection)
    connection.execute(
        insert(deletions).values(
            meeting=deletion.room,
            feature=deletion.feature,
            subject=deletion.subject or "",
        )
    )


def _pending(connection: Connection) -> list[Deletion]:
    return [_deletion(row) for row in connection.execute(select(deletions))]


def _forget(deletion: Deletion, connection: Connection) -> None:
    names.forget(deletion.room, deletion.feature, deletion.subject, connection)


def _strike(deletion: Deletion, connection: Connection) -> None:
    connection.execute(
        delete(deletions).where(
            (deletions.c.meeting == deletion.room)
            & (deletions.c.feature == deletion.feature)
            & (deletions.c.subject == (deletion.subject or ""))
        )
    )


def _deletion(row: Row[tuple[object, ...]]) -> Deletion:
    subject = ParticipantId(row.subject) if row.subject else None
    return Deletion(RoomId(row.meeting), FeatureId(row.feature), subject)
