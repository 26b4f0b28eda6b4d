"""
The ledger: one chain of entries per meeting, durable before anybody acts on it.

Rule 1: `append` returns once its entries are on the disk, all of them or none.
Rule 2: stopping never waits: what must be said of it is owed, and written, in order,
as soon as the disk takes it, ahead of anything later of the meeting.
Rule 3: whoever meets foreign entries in a chain has lost the room, for good.
Rule 4: a chain's time never goes back: what seems to be earlier than the entry before
it is written down as of the same moment.
Rule 5: a seal, and whatever is said of the whole server, is a leaf of the log of seals
in the same transaction (`evidence.tlog`).
"""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import IntegrityError

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import (
    ChainTaken,
    EvidenceError,
    LedgerUnavailable,
    MeetingDamaged,
    RoomEnded,
)
from gatekeeper.evidence.entries import (
    Body,
    Erasure,
    MeetingSealed,
)
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.state import ChainState, standing
from gatekeeper.evidence.tail import Head, Stamped, chain, extend, load, put
from gatekeeper.evidence.tlog import log as tlog
from gatekeeper.storage import tables
from gatekeeper.storage.news import News, RoomEvent
from gatekeeper.storage.transactions import Transactions

log = structlog.get_logger(__name__)

T = TypeVar("T")
Clock = Callable[[], datetime]


class Ledger:
    """Appends to chains and reads them. All database work is the writer's."""

    def __init__(
        self,
        writer: Transactions,
        *,
        clock: Clock,
        nonce: Callable[[], str] = lambda: secrets.token_urlsafe(16),
        news: News | None = None,
    ) -> None:
        """`news`: who is told, in the same transaction, what services may know."""
        self._news = news
        self._writer = writer
        self._clock = clock
        self._nonce = nonce
        self._distrusted: set[RoomId] = set()
        # All three are the writer's thread's own.
        self._heads: dict[RoomId, Head] = {}
        self._staged: dict[RoomId, Head] = {}
        self._taken: set[RoomId] = set()
        writer.inform(self)

    @property
    def available(self) -> bool:
        """Whether the last commit, or probe, succeeded."""
        return self._writer.available

    def distrust(self, meeting: RoomId) -> None:
        """Its chain does not verify: nothing rests on it any more."""
        self._distrusted.add(meeting)

    def is_trusted(self, meeting: RoomId) -> bool:
        """Whether something may still begin in it."""
        return meeting not in self._distrusted

    async def append(
        self, meeting: RoomId, bodies: Sequence[Body], *, at: datetime | None = None
    ) -> tuple[LedgerRow, ...]:
        """
        Write entries and return once they are durable; all or none.

        `at` is when it happened; now if left out. Raises `LedgerUnavailable`,
        `ChainTaken`, and after the seal `RoomEnded` for all but what is said of
        deletions.
        """
        stamped = self._stamp(bodies, at)
        return await self._run(meeting, partial(self._write, meeting, stamped))

    def owe(
        self, meeting: RoomId, bodies: Sequence[Body], *, at: datetime | None = None
    ) -> asyncio.Future[tuple[LedgerRow, ...]]:
        """
        Have entries written as soon as the database takes them. Returns at once.

        For what has happened already and needs no leave: closings and withdrawals.
        """
        stamped = self._stamp(bodies, at)
        return self._writer.owe(partial(self._write, meeting, stamped))

    async def record(
        self, meeting: RoomId, act: Callable[[Connection], Sequence[Body]]
    ) -> tuple[LedgerRow, ...]:
        """
        Do something on the writer's thread, and write down what it says that it was.

        In one transaction: both are durable, or neither is. `act` may be called more
        than once. Raises as `append` does, and what `act` raises.
        """
        return await self._run(meeting, self._recording(meeting, act))

    def owe_record(
        self, meeting: RoomId, act: Callable[[Connection], Sequence[Body]]
    ) -> asyncio.Future[tuple[LedgerRow, ...]]:
        """As `record`, as soon as the database takes it. Returns at once."""
        return self._writer.owe(self._recording(meeting, act))

    def _recording(
        self, meeting: RoomId, act: Callable[[Connection], Sequence[Body]]
    ) -> Callable[[Connection], tuple[LedgerRow, ...]]:
        at = self._clock()

        def record(connection: Connection) -> tuple[LedgerRow, ...]:
            return self._write(meeting, self._stamp(act(connection), at), connection)

        return record

    async def probe(self) -> bool:
        """
        Write a beat, durably: notice a full disk while nothing else is written.

        Also gives what is owed its next try.
        """
        try:
            await self._writer.run(_beat)
        except LedgerUnavailable:
            return False
        return True

    async def note_nothing(self) -> None:
        """
        A meeting is over of which there is nothing to prove: a leaf all the same.

        Raises `LedgerUnavailable`.
        """
        await self._writer.run(partial(tlog.add_blind, self._clock()))

    async def read(self, meeting: RoomId) -> tuple[LedgerRow, ...]:
        """The meeting's chain as it stands. Raises `LedgerUnavailable`."""
        return await self._run(meeting, partial(read_chain, meeting=meeting))

    async def standing(self, meeting: RoomId) -> ChainState:
        """
        What the chain says of the meeting; for taking it up after a crash.

        Of one that cannot be read, nothing: it goes on, and nothing starts in it.
        Raises `LedgerUnavailable`.
        """
        try:
            return await self._run(
                meeting,
                lambda connection: standing(read_chain(connection, meeting=meeting)),
            )
        except MeetingDamaged:
            return standing(())

    async def _run(self, meeting: RoomId, do: Callable[[Connection], T]) -> T:
        """Do something with one chain. Raises `MeetingDamaged` if that is damaged."""
        try:
            return await self._writer.run(do)
        except EvidenceError as exc:
            self.distrust(meeting)
            log.error("evidence.damaged", room=meeting, fault=str(exc))
            raise MeetingDamaged from exc

    def _stamp(
        self, bodies: Sequence[Body], at: datetime | None
    ) -> tuple[Stamped, ...]:
        moment = at or self._clock()
        return tuple(Stamped(body, self._nonce(), moment) for body in bodies)

    # ---- On the writer's thread ---------------------------------------------------

    def committed(self) -> None:
        for meeting, head in self._staged.items():
            if head.sealed:
                self._heads.pop(meeting, None)  # nothing more will come
            else:
                self._heads[meeting] = head
        self._staged.clear()

    def undone(self) -> None:
        self._staged.clear()
        self._heads.clear()

    def _write(
        self, meeting: RoomId, stamped: Sequence[Stamped], connection: Connection
    ) -> tuple[LedgerRow, ...]:
        head = self._head(connection, meeting)
        told = _news(meeting, stamped, sealed=head.sealed)
        if head.sealed and stamped:
            if any(isinstance(item.body, MeetingSealed) for item in stamped):
                raise RoomEnded
            # A finished chain ends in a seal, whatever was deleted later.
            stamped = [*stamped, *self._stamp([MeetingSealed()], stamped[-1].at)]
        before = partial(chain, connection, meeting)
        written, head = extend(meeting, head, stamped, before)
        try:
            put(written, stamped, connection)
        except IntegrityError:
            self._taken.add(meeting)
            raise
        if head.sealed:
            # In this transaction, so that register and chain cannot disagree.
            connection.execute(
                update(tables.rooms)
                .where(tables.rooms.c.id == meeting)
                .values(sealed=True)
            )
        self._staged[meeting] = head
        if self._news is not None:
            for event in told:
                self._news.write(event, connection)
        return written

    def _head(self, connection: Connection, meeting: RoomId) -> Head:
        if meeting in self._taken:
            raise ChainTaken("Another process has written into this chain.")
        head = self._staged.get(meeting) or self._heads.get(meeting)
        if head is None:
            head = self._heads[meeting] = load(connection, meeting)
        return head


def read_chain(connection: Connection, *, meeting: RoomId) -> tuple[LedgerRow, ...]:
    """All entries of a meeting, in order."""
    return chain(connection, meeting)


def _news(
    meeting: RoomId, stamped: Sequence[Stamped], *, sealed: bool
) -> list[RoomEvent]:
    """What services may know of it (`storage.news`, rule 1)."""
    told = []
    for item in stamped:
        match item.body:
            case MeetingSealed():
                told.append(RoomEvent("meeting.sealed", meeting, at=item.at))
            case Erasure(feature=feature) if sealed:
                told.append(RoomEvent("erasure.done", meeting, feature, item.at))
    return told


def _beat(connection: Connection) -> None:
    table = tables.pulse
    beaten = connection.execute(
        update(table).where(table.c.id == 1).values(beats=table.c.beats + 1)
    )
    if beaten.rowcount == 0:
        connection.execute(insert(table).values(id=1, beats=1))
