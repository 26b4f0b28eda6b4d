"""
The register of rooms: what has to be known of a room after a restart.

Rule 1: the host capability is kept as its hash only, and compared in constant time.
Rule 2: nobody who was in a room is named here.
"""

import hashlib
import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    func,
    insert,
    select,
    true,
    tuple_,
    type_coerce,
    update,
)

from gatekeeper.consent.types import FeatureId, LanguageTag, RoomId
from gatekeeper.errors import EvidenceError
from gatekeeper.storage import tables
from gatekeeper.storage.damage import readable
from gatekeeper.storage.doors import forget_comers
from gatekeeper.storage.host_hashes import replace_host, set_host
from gatekeeper.storage.rooms_forgotten import forget_titles, forget_unused, has_chain
from gatekeeper.storage.taken_back import TakenBack
from gatekeeper.storage.transactions import Transactions

Mode = Literal["meeting", "gate"]
"""Whose the media of a room are: this server's people's own, or somebody else's."""


def hash_capability(secret: str) -> bytes:
    """SHA-256. The secret is 128 random bits or more, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).digest()


@dataclass(frozen=True, slots=True)
class RoomRecord:
    """One room, on record."""

    id: RoomId
    title: str
    language: LanguageTag
    features: tuple[FeatureId, ...]
    host_hash: bytes
    opened_at: datetime
    ended_at: datetime | None = None
    sealed: bool = False
    """Whether the chain must end in its seal; only the ledger writes it."""
    locked: bool = False
    """Whether nobody comes in who was not here before."""
    knock: bool = False
    """Whether whoever was not here before waits until the host lets them in."""
    mode: Mode = "meeting"
    service: str | None = None
    """The key of the service that has opened it."""
    presence: bool = False
    """Whether nothing runs unless its engine keeps telling who is there."""

    def is_host(self, secret: str | None) -> bool:
        """Whether `secret` is the host capability."""
        if secret is None or not secret.isascii():
            return False
        return secrets.compare_digest(hash_capability(secret), self.host_hash)


class RoomStore:
    """Adds, finds and ends rooms. Each call raises `LedgerUnavailable`."""

    def __init__(self, writer: Transactions, noted: TakenBack | None = None) -> None:
        """`noted`: has links that were taken back noted for restores."""
        self._writer = writer
        self._noted = noted

    async def add(self, record: RoomRecord) -> None:
        """Return once the room is on the disk. Raises `ChainTaken` if the id is."""
        await self._writer.run(partial(_add, record))

    async def find(self, room: RoomId) -> RoomRecord | None:
        """The room, ended or not."""
        found = await self._all(_where(tables.rooms.c.id == room))
        return found[0] if found else None

    async def returning(self) -> tuple[RoomRecord, ...]:
        """Rooms whose meeting goes on and has a chain, the oldest first."""
        unended = tables.rooms.c.ended_at.is_(None)
        return await self._all(_where(unended & has_chain()))

    async def page(
        self,
        most: int,
        *,
        after: tuple[datetime, str] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        begins: str = "",
        service: str | None = None,
    ) -> tuple[RoomRecord, ...]:
        """
        So many rooms on record at the most, the latest first.

        `after`: when the last of the page before was opened, and its id; `since`,
        `until`: when they were opened; `begins`: how their ids begin; `service`: which
        one has opened them, or whoever.
        """
        table, among = tables.rooms, _among(after, since, until, begins, service)
        latest = (table.c.opened_at.desc(), table.c.id.desc())
        return await self._all(select(table).where(among).order_by(*latest), most)

    async def count_unended(self, service: str | None = None) -> int:
        """How many rooms there are whose meeting is not over; of one service's."""
        return await self._writer.run(partial(_count_unended, service))

    async def unsealed(self) -> tuple[RoomRecord, ...]:
        """Rooms that ended without their chain being sealed: there was a crash."""
        ended = tables.rooms.c.ended_at.is_not(None)
        unsealed = tables.rooms.c.sealed.is_(False)
        return await self._all(_where(ended & unsealed & has_chain()))

    async def latest(self) -> datetime | None:
        """When the last room was opened or ended; None if there is none."""
        try:
            found = await self._writer.run(_latest)
        except EvidenceError:
            rooms = await self._all(_where(true()))
            found = [each for room in rooms for each in (room.opened_at, room.ended_at)]
        return max((moment for moment in found if moment is not None), default=None)

    async def sealed(self) -> dict[RoomId, bool]:
        """All rooms on record, and whether they are sealed: yes, if nobody can say."""
        try:
            return await self._writer.run(sealed_rooms)
        except EvidenceError:
            return {RoomId(r): True for r in await self._ids(select(tables.rooms))}

    async def forget_unused(self, before: datetime, kept: Collection[RoomId]) -> int:
        """
        Forget rooms without a chain that were opened, or ended, before then.

        Save those in `kept`. At most `AT_ONCE`; returns how many it was.
        """
        return await self._writer.run(partial(forget_unused, before, tuple(kept)))

    async def set_host(self, room: RoomId, host_hash: bytes) -> None:
        """Another host capability is good from now on, and the old one is not."""
        await self._writer.run(partial(set_host, room, host_hash, self._noted))
        await self._copy()

    async def replace_host(self, room: RoomId, old: bytes, new: bytes) -> bool:
        """As `set_host`, unless the old one is another one by now: then nothing."""
        replaced = await self._writer.run(
            partial(replace_host, room, old, new, self._noted)
        )
        await self._copy()
        return replaced

    async def _all(
        self, asked: Select[tuple[object, ...]], most: int | None = None
    ) -> tuple[RoomRecord, ...]:
        """So many of those that are asked for, save those whose row cannot be read."""
        try:
            return await self._writer.run(partial(_read, asked.limit(most)))
        except EvidenceError:
            ids = await self._ids(asked)
        found: list[RoomRecord] = []
        for room in ids:  # what one row holds fails all that are read with it
            with suppress(EvidenceError):
                one = asked.where(tables.rooms.c.id == room)
                found += await self._writer.run(partial(_read, one))
            if most is not None and len(found) >= most:
                break
        return tuple(found)

    async def _ids(self, asked: Select[tuple[object, ...]]) -> list[str]:
        """Of what is asked for; of all rooms, where a page cannot be read."""
        try:
            return await self._writer.run(partial(_ids, asked))
        except EvidenceError:
            return await self._writer.run(partial(_ids, select(tables.rooms)))

    async def _copy(self) -> None:
        if self._noted is not None:
            await self._noted.copy()

    async def end(self, room: RoomId, at: datetime) -> None:
        """The meeting is over. The first end is the one that counts."""
        await self._writer.run(partial(_end, room, at))

    async def forget_titles(self, before: datetime) -> None:
        """Forget what meetings that ended before then were called."""
        await self._writer.run(partial(forget_titles, before))


def _add(record: RoomRecord, connection: Connection) -> None:
    connection.execute(
        insert(tables.rooms).values(
            id=record.id,
            title=record.title,
            language=record.language,
            features=list(record.features),
            host_hash=record.host_hash,
            opened_at=record.opened_at,
            ended_at=record.ended_at,
            locked=record.locked,
            knock=record.knock,
            mode=record.mode,
            service=record.service,
            presence=record.presence,
        )
    )


def _among(
    after: tuple[datetime, str] | None,
    since: datetime | None,
    until: datetime | None,
    begins: str,
    service: str | None,
) -> ColumnElement[bool]:
    table = tables.rooms
    wanted = [table.c.id.startswith(begins, autoescape=True)]
    if after is not None:
        wanted.append(tuple_(table.c.opened_at, table.c.id) < after)
    if since is not None:
        wanted.append(table.c.opened_at >= since)
    if until is not None:
        wanted.append(table.c.opened_at < until)
    if service is not None:
        wanted.append(table.c.service == service)
    return and_(*wanted)


def _count_unended(service: str | None, connection: Connection) -> int:
    counted = select(func.count()).where(tables.rooms.c.ended_at.is_(None))
    if service is not None:
        counted = counted.where(tables.rooms.c.service == service)
    return connection.execute(counted).scalar_one()


def _end(room: RoomId, at: datetime, connection: Connection) -> None:
    table = tables.rooms
    connection.execute(
        update(table)
        .where(table.c.id == room, table.c.ended_at.is_(None))
        .values(ended_at=at)
    )
    forget_comers(room, connection)


def _latest(connection: Connection) -> list[datetime | None]:
    table = tables.rooms
    latest = select(func.max(table.c.opened_at), func.max(table.c.ended_at))
    with readable():
        return [*connection.execute(latest).one()]


def sealed_rooms(connection: Connection) -> dict[RoomId, bool]:
    """All rooms on record, and whether they are sealed."""
    table = tables.rooms
    asked = select(table.c.id, type_coerce(table.c.sealed, Integer).label("sealed"))
    with readable():
        rows = connection.execute(asked).all()
    return {RoomId(str(row.id)): row.sealed == 1 for row in rows}


def _where(condition: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    table = tables.rooms
    return select(table).where(condition).order_by(table.c.opened_at, table.c.id)


def _read(
    asked: Select[tuple[object, ...]], connection: Connection
) -> tuple[RoomRecord, ...]:
    with readable():
        return tuple(map(_record, connection.execute(asked)))


def _ids(asked: Select[tuple[object, ...]], connection: Connection) -> list[str]:
    with readable():
        ids = connection.execute(asked.with_only_columns(tables.rooms.c.id))
        return [str(row.id) for row in ids]


def _record(row: Row[tuple[object, ...]]) -> RoomRecord:
    return RoomRecord(
        id=RoomId(row.id),
        title=row.title,
        language=LanguageTag(row.language),
        features=tuple(FeatureId(feature) for feature in row.features),
        host_hash=row.host_hash,
        opened_at=row.opened_at,
        ended_at=row.ended_at,
        sealed=row.sealed,
        locked=row.locked,
        knock=row.knock,
        mode=row.mode,
        service=row.service,
        presence=row.presence,
    )
