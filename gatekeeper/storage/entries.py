"""
Entries: who may come into a room once, as the service that opened it has said.

Rule 1: a token is kept as its hash only, is good for a short time, for one room, and
for one person: whoever comes first has it, and may try again with the same key.
Rule 2: it says nothing of what its owner agrees to, and nothing it says grants anything
(design.md, rule 10).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, delete, func, insert, select, update

from gatekeeper.consent.types import ParticipantId, RoomId
from gatekeeper.errors import RateLimited
from gatekeeper.storage.rooms import hash_capability
from gatekeeper.storage.tables import entries
from gatekeeper.storage.transactions import Transactions

WAITING = 1000
"""Tokens of one room that nobody has come by yet."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who comes by a token."""

    ref: str
    """What the service calls them; of no meaning here."""
    host: bool


class EntryStore:
    """Makes and redeems tokens. Each call raises `LedgerUnavailable`."""

    def __init__(self, writer: Transactions) -> None:
        self._writer = writer

    async def make(
        self, room: RoomId, entry: Entry, *, expires: datetime, now: datetime
    ) -> str:
        """
        A token, once it is durable.

        Raises `RateLimited` while too many of this room wait to be used.
        """
        token = secrets.token_urlsafe(24)
        hashed = hash_capability(token)
        await self._writer.run(partial(_make, room, entry, hashed, expires, now))
        return token

    async def redeem(
        self, room: RoomId, token: str, who: ParticipantId, now: datetime
    ) -> Entry | None:
        """As whom `who` comes by it; None if it is not good, or somebody else's."""
        return await self._writer.run(
            partial(_redeem, room, hash_capability(token), who, now)
        )


def _make(
    room: RoomId,
    entry: Entry,
    hashed: bytes,
    expires: datetime,
    now: datetime,
    connection: Connection,
) -> None:
    connection.execute(delete(entries).where(entries.c.expires < now))
    waiting = select(func.count()).where(entries.c.meeting == room)
    if connection.execute(waiting).scalar_one() >= WAITING:
        raise RateLimited("Too many tokens of this room wait to be used.")
    connection.execute(
        insert(entries).values(
            token_hash=hashed,
            meeting=room,
            ref=entry.ref,
            host=entry.host,
            expires=expires,
        )
    )


def _redeem(
    room: RoomId,
    hashed: bytes,
    who: ParticipantId,
    now: datetime,
    connection: Connection,
) -> Entry | None:
    ours = (entries.c.token_hash == hashed) & (entries.c.meeting == room)
    free = entries.c.subject.is_(None)
    connection.execute(update(entries).where(ours & free).values(subject=who))
    row = connection.execute(select(entries).where(ours)).one_or_none()
    if row is None or row.subject != who or row.expires < now:
        return None
    return Entry(row.ref, row.host)
