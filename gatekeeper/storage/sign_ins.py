"""
Sign-ins: sessions of people who may open rooms, by what only their browser knows.

Rule 1: nobody can be told from what is here: an id is a digest of the cookie, and the
rest is sealed with it.
Rule 2: a session that is not here is none. So one that is ended, or was lost with a
restored backup, opens nothing.
"""

from datetime import datetime
from functools import partial

from sqlalchemy import Connection, delete, insert, select

from gatekeeper.storage.tables import sign_ins
from gatekeeper.storage.transactions import Transactions

MOST = 10_000
"""At once; one more ends the oldest."""


class SignIns:
    """Each call raises `LedgerUnavailable`, and returns once it is durable."""

    def __init__(self, writer: Transactions) -> None:
        self._writer = writer

    async def begin(self, id_: str, began: datetime, sealed: bytes) -> None:
        """Keep one."""
        await self._writer.run(partial(_begin, id_, began, sealed))

    async def find(self, id_: str) -> tuple[datetime, bytes] | None:
        """When it began, and what is sealed."""
        return await self._writer.run(partial(_find, id_))

    async def end(self, id_: str) -> None:
        """It is one no more. Idempotent."""
        await self._writer.run(partial(_end, id_))

    async def forget(self, before: datetime) -> None:
        """Delete what began before that."""
        await self._writer.run(partial(_forget, before))


def _begin(id_: str, began: datetime, sealed: bytes, connection: Connection) -> None:
    by_age = select(sign_ins.c.id).order_by(sign_ins.c.began.desc())
    connection.execute(
        delete(sign_ins).where(sign_ins.c.id.in_(by_age.offset(MOST - 1)))
    )
    connection.execute(insert(sign_ins).values(id=id_, began=began, sealed=sealed))


def _find(id_: str, connection: Connection) -> tuple[datetime, bytes] | None:
    found = connection.execute(
        select(sign_ins.c.began, sign_ins.c.sealed).where(sign_ins.c.id == id_)
    ).one_or_none()
    return None if found is None else (found.began, found.sealed)


def _end(id_: str, connection: Connection) -> None:
    connection.execute(delete(sign_ins).where(sign_ins.c.id == id_))


def _forget(before: datetime, connection: Connection) -> None:
    connection.execute(delete(sign_ins).where(sign_ins.c.began < before))
