"""
Names of people who were captured, for the captions of a film and its page.

Rule 1: a name is noted when its owner's grant is on record, never before: nobody who
did not agree is named here.
Rule 2: it can be deleted, and then is in no byte of the database (`Database.scrub`).
"""

from collections.abc import Mapping
from functools import partial

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from gatekeeper.consent.types import FeatureId, ParticipantId, RoomId
from gatekeeper.storage.tables import names
from gatekeeper.storage.transactions import Transactions

People = Mapping[ParticipantId, str]


class NameStore:
    """Notes and reads names. Each call raises `LedgerUnavailable`."""

    def __init__(self, writer: Transactions) -> None:
        self._writer = writer

    async def note(self, room: RoomId, feature: FeatureId, people: People) -> None:
        """Return once these names are on the disk; a later name replaces the first."""
        await self._writer.run(partial(_note, room, feature, people))

    async def read(self, room: RoomId, feature: FeatureId) -> dict[ParticipantId, str]:
        """The names of those whom the feature captured, save the erased ones."""
        return await self._writer.run(partial(_read, room, feature))

    async def known(self, room: RoomId) -> dict[ParticipantId, str]:
        """The names of those whom any feature of a meeting captured."""
        return await self._writer.run(partial(_known, room))

    async def kept(self) -> set[tuple[RoomId, FeatureId]]:
        """Of which meetings and features there is a name."""
        return await self._writer.run(_kept)


def _note(
    room: RoomId, feature: FeatureId, people: People, connection: Connection
) -> None:
    for subject, name in people.items():
        forget(room, feature, subject, connection)
        connection.execute(
            insert(names).values(
                meeting=room, feature=feature, subject=subject, name=name
            )
        )


def _read(
    room: RoomId, feature: FeatureId, connection: Connection
) -> dict[ParticipantId, str]:
    rows = connection.execute(
        select(names.c.subject, names.c.name).where(_of(room, feature))
    )
    return {ParticipantId(row.subject): row.name for row in rows}


def _known(room: RoomId, connection: Connection) -> dict[ParticipantId, str]:
    rows = connection.execute(
        select(names.c.subject, names.c.name).where(names.c.meeting == room)
    )
    return {ParticipantId(row.subject): row.name for row in rows}


def names_of(
    room: RoomId, connection: Connection
) -> dict[FeatureId, dict[ParticipantId, str]]:
    """The names of those whom each feature of a meeting captured."""
    rows = connection.execute(
        select(names.c.feature, names.c.subject, names.c.name).where(
            names.c.meeting == room
        )
    )
    found: dict[FeatureId, dict[ParticipantId, str]] = {}
    for row in rows:
        people = found.setdefault(FeatureId(row.feature), {})
        people[ParticipantId(row.subject)] = row.name
    return found


def _kept(connection: Connection) -> set[tuple[RoomId, FeatureId]]:
    rows = connection.execute(select(names.c.meeting, names.c.feature).distinct())
    return {(RoomId(row.meeting), FeatureId(row.feature)) for row in rows}


def forget(
    room: RoomId,
    feature: FeatureId,
    subject: ParticipantId | None,
    connection: Connection,
) -> None:
    """Delete a person's name, or those of everybody, in this transaction."""
    whose = _of(room, feature)
    if subject is not None:
        whose &= names.c.subject == subject
    connection.execute(delete(names).where(whose))


def _of(room: RoomId, feature: FeatureId) -> ColumnElement[bool]:
    return (names.c.meeting == room) & (names.c.feature == feature)
