"""
Answers that services got, for those who ask again with the same idempotency key.

Rule 1: neither the key, nor what was asked, nor the answer can be read here: two are
digests with what only the caller has, and the answer is sealed with it.
Rule 2: of each service there are so many, and none is older than a day.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, delete, insert, select

from gatekeeper.storage.tables import answers
from gatekeeper.storage.transactions import Transactions

KEPT = timedelta(hours=24)
MOST = 10_000
"""Of one service at once; one more forgets the oldest."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One that was given."""

    id: bytes
    """32 bytes: of the idempotency key."""
    service: str
    at: datetime
    request: bytes
    """32 bytes: of what was asked."""
    sealed: bytes


class Answers:
    """Each call raises `LedgerUnavailable`, and returns once it is durable."""

    def __init__(self, writer: Transactions) -> None:
        self._writer = writer

    async def keep(self, answer: Answer) -> None:
        """Keep one, in place of what was kept by the same id."""
        await self._writer.run(partial(_keep, answer))

    async def find(self, id_: bytes, now: datetime) -> Answer | None:
        """What was answered, if that is not too long ago."""
        found = await self._writer.run(partial(_find, id_))
        return found if found is not None and now - found.at < KEPT else None


def _keep(answer: Answer, connection: Connection) -> None:
    by_age = (
        select(answers.c.id)
        .where(answers.c.service == answer.service)
        .order_by(answers.c.at.desc())
    )
    for gone in (
        answers.c.id == answer.id,
        answers.c.at < answer.at - KEPT,
        answers.c.id.in_(by_age.offset(MOST - 1)),
    ):
        connection.execute(delete(answers).where(gone))
    connection.execute(
        insert(answers).values(
            id=answer.id,
            service=answer.service,
            at=answer.at,
            request=answer.request,
            sealed=answer.sealed,
        )
    )


def _find(id_: bytes, connection: Connection) -> Answer | None:
    row = connection.execute(select(answers).where(answers.c.id == id_)).one_or_none()
    if row is None:
        return None
    return Answer(row.id, row.service, row.at, row.request, row.sealed)
