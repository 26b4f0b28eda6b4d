"""
Transactions: one thread that does all work on the database.

Rule 1: the event loop never waits for a disk; it is told once per commit.
Rule 2: whatever waits when a transaction begins shares it, so that one durable
write serves many rooms.
Rule 3: work that is refused, collides, or meets a page that cannot be read, fails
alone. A database that fails, fails
everybody's work, save what is owed: that is kept, in order, and tried again first.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from gatekeeper.errors import ChainTaken, GatekeeperError, LedgerUnavailable
from gatekeeper.storage.damage import PageUnreadable
from gatekeeper.storage.database import Database

log = structlog.get_logger()

T = TypeVar("T")

BATCH = 256
"""Pieces of work per transaction, so that nobody waits for an endless one."""


class Witness(Protocol):
    """Somebody whose memory must agree with what is durable."""

    def committed(self) -> None:
        """What was done since the last call is durable."""

    def undone(self) -> None:
        """What was done since the last call is not, nor is anything known."""


@dataclass(slots=True)
class _Work:
    """One piece of work, and who waits for it."""

    do: Callable[[Connection], Any]
    future: "asyncio.Future[Any]"
    owed: bool
    outcome: Any = None
    fault: Exception | None = None


@dataclass(slots=True)
class _Stop:
    future: "asyncio.Future[None]"


@dataclass(slots=True)
class _Told:
    """What the event loop hears of one commit."""

    work: Sequence[_Work]
    available: bool
    reason: str = ""


class Transactions:
    """`async with Transactions(database)`; leaving it writes what still waits."""

    def __init__(self, database: Database) -> None:
        self.available = True
        """Whether the last transaction succeeded. Only the event loop touches it."""
        self._closing = False
        self._database = database
        self._queue: SimpleQueue[_Work | _Stop] = SimpleQueue()
        self._witnesses: list[Witness] = []
        self._owed: list[_Work] = []  # the thread's own
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="ledger", daemon=True)

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._thread.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing = True
        future: asyncio.Future[None] = self._running().create_future()
        self._queue.put(_Stop(future))
        await asyncio.shield(future)

    def inform(self, witness: Witness) -> None:
        """Tell `witness`, on the thread, how each transaction ended."""
        self._witnesses.append(witness)

    async def run(self, do: Callable[[Connection], T]) -> T:
        """
        Do work in a transaction and return once that is durable.

        `do` runs on the thread, perhaps more than once, and must check before it
        changes anything. Raises `LedgerUnavailable`, or what `do` raises.
        """
        return await self._put(do, owed=False)

    def owe(self, do: Callable[[Connection], T]) -> "asyncio.Future[T]":
        """Do work as soon as the database takes it. Returns at once."""
        future = self._put(do, owed=True)
        # Nobody has to wait for it, so nobody has to hear that it failed.
        future.add_done_callback(lambda done: done.cancelled() or done.exception())
        return future

    def _put(self, do: Callable[[Connection], T], *, owed: bool) -> "asyncio.Future[T]":
        future: asyncio.Future[T] = self._running().create_future()
        if self._closing:
            future.set_exception(LedgerUnavailable())
        else:
            self._queue.put(_Work(do, future, owed))
        return future

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise RuntimeError("it has not been started")
        return self._loop

    # ---- On the thread ------------------------------------------------------------

    def _run(self) -> None:
        stop: _Stop | None = None
        while stop is None:
            batch, stop = self._next()
            if batch:
                self._tell(self._perform(batch))
        self._give_up()
        self._call(_resolve, stop.future)

    def _next(self) -> tuple[list[_Work], _Stop | None]:
        """What is owed, then what waits; at least one piece, unless it is the end."""
        batch, self._owed = self._owed, []
        item = self._queue.get()
        while True:
            if isinstance(item, _Stop):
                return batch, item
            batch.append(item)
            if len(batch) >= BATCH:
                return batch, None
            try:
                item = self._queue.get_nowait()
            except Empty:
                return batch, None

    def _perform(self, batch: list[_Work]) -> _Told:
        left = batch
        while left:
            try:
                self._try(left)
                break
            except PageUnreadable:
                # Whoever met it is told so; with the others it is begun again.
                left = [w for w in left if not isinstance(w.fault, PageUnreadable)]
            except (DBAPIError, OSError) as exc:
                return self._failed(batch, exc)
        return _Told(batch, available=True)

    def _try(self, batch: list[_Work]) -> None:
        try:
            self._transact(batch, apart=False)
        except Exception as exc:
            if _is_outage(exc) or isinstance(exc, PageUnreadable):
                raise
            # One of them collides: set each apart, so that it fails alone.
            self._transact(batch, apart=True)

    def _transact(self, batch: list[_Work], *, apart: bool) -> None:
        try:
            with self._database.connect() as connection, connection.begin():
                for work in batch:
                    _attempt(work, connection, apart=apart)
        except BaseException:
            for witness in self._witnesses:
                witness.undone()
            raise
        for witness in self._witnesses:
            witness.committed()

    def _failed(self, batch: list[_Work], exc: DBAPIError | OSError) -> _Told:
        self._database.close()  # a fresh connection next time
        self._owed = [work for work in batch if work.owed]
        told = [work for work in batch if not work.owed]
        for work in told:
            work.fault = LedgerUnavailable()
            work.fault.__cause__ = exc
        reason = str(exc.orig if isinstance(exc, DBAPIError) else exc)
        return _Told(told, available=False, reason=reason)

    def _give_up(self) -> None:
        """At the end: what is still owed will never be written by this process."""
        for work in self._owed:
            work.fault = LedgerUnavailable()
        if self._owed:
            self._tell(_Told(self._owed, available=False, reason="stopped"))

    def _tell(self, told: _Told) -> None:
        self._call(self._hear, told)

    def _call(self, callback: Callable[[T], None], argument: T) -> None:
        # If the loop is closed, nobody waits any more; what waits is written still.
        with suppress(RuntimeError):
            self._running().call_soon_threadsafe(callback, argument)

    # ---- On the event loop --------------------------------------------------------

    def _hear(self, told: _Told) -> None:
        if told.available != self.available:
            if told.available:
                log.info("ledger.restored")
            else:
                log.error("ledger.failed", reason=told.reason)
        self.available = told.available
        for work in told.work:
            if work.future.done():
                continue
            if work.fault is not None:
                work.future.set_exception(work.fault)
            else:
                work.future.set_result(work.outcome)


def _attempt(work: _Work, connection: Connection, *, apart: bool) -> None:
    work.fault = None
    try:
        if not apart:
            work.outcome = work.do(connection)
            return
        with connection.begin_nested():
            work.outcome = work.do(connection)
    except GatekeeperError as refused:
        work.fault = refused
        if isinstance(refused, PageUnreadable):
            raise
    except Exception as exc:
        if not apart or _is_outage(exc):
            raise
        work.fault = _collision(exc) if isinstance(exc, IntegrityError) else exc


def _is_outage(exc: Exception) -> bool:
    """Whether the database is at fault, and not one piece of work."""
    return isinstance(exc, DBAPIError | OSError) and not isinstance(exc, IntegrityError)


def _collision(exc: IntegrityError) -> ChainTaken:
    taken = ChainTaken("Another process has written here.")
    taken.__cause__ = exc
    return taken


def _resolve(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)
