"""
Page links: which of somebody's links to a page afterwards is the one that opens it.

Rule: only who has had one taken back is named here, and by the id of their key alone;
it is forgotten once no link of that meeting opens anything.
"""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, delete, insert, select

from gatekeeper.consent.types import ParticipantId, RoomId
from gatekeeper.storage.roll import LinkMade
from gatekeeper.storage.tables import page_links, rooms
from gatekeeper.storage.taken_back import TakenBack
from gatekeeper.storage.transactions import Transactions

TELLS_FOR = timedelta(days=30)
"""How long a page still says that what was kept is deleted; then its links are over."""

Whose = tuple[RoomId, ParticipantId]


class PageLinks:
    """Each awaited call raises `LedgerUnavailable`, and returns once it is durable."""

    def __init__(self, writer: Transactions, noted: TakenBack) -> None:
        self._writer = writer
        self._noted = noted
        self._generations: dict[Whose, int] = {}

    async def load(self) -> None:
        """Know which were taken back; before anybody shows one."""
        self._generations = await self._writer.run(_all)

    def generation(self, room: RoomId, participant: ParticipantId) -> int:
        """How many of somebody's links have been taken back."""
        return self._generations.get((room, participant), 0)

    async def advance(
        self, room: RoomId, participant: ParticipantId, generation: int
    ) -> None:
        """Have every link from before `generation` stop. Idempotent."""
        made = LinkMade(room=room, subject=participant, generation=generation)
        await self._writer.run(partial(self._advance, made))
        await self._noted.copy()
        reached = max(generation, self.generation(room, participant))
        self._generations[room, participant] = reached

    def _advance(self, made: LinkMade, connection: Connection) -> None:
        if keep_link(made, connection):
            self._noted.note(made, connection)

    async def forget(self, before: datetime) -> None:
        """Forget what was taken back of meetings that ended before then."""
        for whose in await self._writer.run(partial(_forget, before)):
            self._generations.pop(whose, None)


def _all(connection: Connection) -> dict[Whose, int]:
    return {
        (RoomId(row.meeting), ParticipantId(row.subject)): row.generation
        for row in connection.execute(select(page_links))
    }


def keep_link(made: LinkMade, connection: Connection) -> bool:
    """Have every link from before it stop; whether that is news."""
    of = (page_links.c.meeting == made.room) & (page_links.c.subject == made.subject)
    earlier = page_links.c.generation < made.generation
    connection.execute(delete(page_links).where(of & earlier))
    if connection.execute(select(page_links).where(of)).first() is not None:
        return False
    row = {
        "meeting": made.room,
        "subject": made.subject,
        "generation": made.generation,
    }
    connection.execute(insert(page_links).values(row))
    return True


def _forget(before: datetime, connection: Connection) -> list[Whose]:
    found = connection.execute(
        select(page_links.c.meeting, page_links.c.subject)
        .join(rooms, rooms.c.id == page_links.c.meeting)
        .where(rooms.c.ended_at < before)
    )
    over = [(RoomId(row.meeting), ParticipantId(row.subject)) for row in found]
    for room, participant in over:
        of = (page_links.c.meeting == room) & (page_links.c.subject == participant)
        connection.execute(delete(page_links).where(of))
    return over
