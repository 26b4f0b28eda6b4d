"""
The outbox: what services are to be told, in order, until a day is over.

Rule 1: every event has a number, one more than the one before on this server. A number
may come again after a restore; the id beside it never does.
Rule 2: kept are so many of each service, for a day; longer only what a webhook waits
for (`storage.deliveries`), and that something is on, until it is off.
Rule 3: who listens is woken once an event is durable, and not before.
"""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.storage import tables
from gatekeeper.storage.deliveries import address_to_webhooks
from gatekeeper.storage.events import Told, told
from gatekeeper.storage.news import RoomEvent
from gatekeeper.storage.tables import deliveries, events
from gatekeeper.storage.transactions import Transactions

KEPT = timedelta(hours=24)
MOST = 10_000
"""Of one service at once, about: the oldest are forgotten."""
PARKED = timedelta(days=7)
"""How long what no webhook took can be told again."""
TIDY_EVERY = 100
"""Events, so that to tell one costs little."""


_INSERT = insert(events)
_LATEST = select(func.max(events.c.n))
_WHOSE = select(tables.rooms.c.service).where(tables.rooms.c.id == bindparam("room"))


class Outbox:
    """Keeps events, and wakes who waits for them: `news.News`, and a `Witness`."""

    def __init__(self, writer: Transactions, now: Callable[[], datetime]) -> None:
        self._writer = writer
        self._now = now
        self._loop: asyncio.AbstractEventLoop | None = None
        self._staged: set[str] = set()  # the writer's thread's own
        self._listening: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        writer.inform(self)

    async def begin(self) -> None:
        """
        Take up what a crash left: what was on is off. Raises `LedgerUnavailable`.

        Once, before anything else.
        """
        self._loop = asyncio.get_running_loop()
        await self._writer.run(self._take_up)

    # ---- To tell ------------------------------------------------------------------

    def tell(self, event: RoomEvent) -> "asyncio.Future[None]":
        moment = event.at or self._now()
        return self._writer.owe(partial(self._put, event, moment))

    def write(self, event: RoomEvent, connection: Connection) -> None:
        self._put(event, event.at or self._now(), connection)

    # ---- To hear ------------------------------------------------------------------

    def listen(self, service: str) -> asyncio.Event:
        """Set whenever there may be something new for that service; see `leave`."""
        woken = asyncio.Event()
        self._listening[service].add(woken)
        return woken

    def leave(self, service: str, woken: asyncio.Event) -> None:
        """It is not listened to any more."""
        self._listening[service].discard(woken)
        if not self._listening[service]:
            del self._listening[service]

    def wake(self, service: str) -> None:
        """Have whoever listens for that service look again."""
        for woken in self._listening.get(service, ()):
            woken.set()

    async def latest(self) -> int:
        """The number of the last event; 0 if there was none."""
        return await self._writer.run(_latest)

    async def place(self, n: int, id_: str) -> int:
        """After which number to go on for who has heard that one last: 0 if unknown."""
        return await self._writer.run(partial(_place, n, id_))

    async def after(
        self, n: int, most: int, *, service: str, room: RoomId | None
    ) -> tuple[Told, ...]:
        """So many of that service's (and that room's) after number `n`, in order."""
        return await self._writer.run(partial(_after, n, most, service, room))

    async def tidy(self) -> None:
        """Forget what has had its time."""
        await self._writer.run(partial(_forget, self._now()))

    # ---- On the writer's thread ---------------------------------------------------

    def committed(self) -> None:
        staged, self._staged = self._staged, set()
        if staged and self._loop is not None:
            self._loop.call_soon_threadsafe(self._wake_all, staged)

    def undone(self) -> None:
        self._staged.clear()

    def _put(self, event: RoomEvent, at: datetime, connection: Connection) -> None:
        service = connection.execute(_WHOSE, {"room": event.room}).scalar_one_or_none()
        if service is None:
            return
        n = _latest(connection) + 1
        kept = {
            "n": n,
            "id": secrets.token_hex(12),
            "service": service,
            "meeting": event.room,
            "kind": event.kind,
            "feature": event.feature,
            "at": at,
        }
        connection.execute(_INSERT, kept)
        address_to_webhooks(n, service, event.kind, at, connection)
        if n % TIDY_EVERY == 0:
            _forget_oldest(service, connection)
        self._staged.add(service)

    def _take_up(self, connection: Connection) -> None:
        now = self._now()
        _forget(now, connection)
        for row in connection.execute(select(events).where(_still_on())).all():
            room, feature = RoomId(row.meeting), FeatureId(row.feature)
            self._put(RoomEvent("feature.off", room, feature), now, connection)

    def _wake_all(self, services: set[str]) -> None:
        for service in services:
            self.wake(service)


def _latest(connection: Connection) -> int:
    return connection.execute(_LATEST).scalar_one() or 0


def _place(n: int, id_: str, connection: Connection) -> int:
    kept = select(events.c.id).where(events.c.n == n)
    there = connection.execute(kept).scalar_one_or_none()
    known = there == id_ if there is not None else n <= _latest(connection)
    return n if known else 0


def _after(
    n: int, most: int, service: str, room: RoomId | None, connection: Connection
) -> tuple[Told, ...]:
    wanted = (events.c.n > n) & (events.c.service == service)
    if room is not None:
        wanted &= events.c.meeting == room
    rows = select(events).where(wanted).order_by(events.c.n).limit(most)
    return tuple(map(told, connection.execute(rows)))


def _still_on() -> ColumnElement[bool]:
    """What was told to be on, and not to be off since."""
    later = events.alias()
    off = (
        select(later.c.n)
        .where(
            later.c.meeting == events.c.meeting,
            later.c.feature == events.c.feature,
            later.c.kind.in_(("feature.on", "feature.off")),
            later.c.n > events.c.n,
        )
        .exists()
    )
    return (events.c.kind == "feature.on") & ~off


def _forget(at: datetime, connection: Connection) -> None:
    """What is a day old, save the last of all: no number comes twice."""
    parked_too_long = (events.c.at < at - PARKED) & (events.c.n == deliveries.c.n)
    connection.execute(
        delete(deliveries).where(
            deliveries.c.due.is_(None),
            select(events.c.n).where(parked_too_long).exists(),
        )
    )
    old = (events.c.at < at - KEPT) & (events.c.n < _latest(connection))
    waited_for = select(deliveries.c.n).where(deliveries.c.n == events.c.n).exists()
    connection.execute(delete(events).where(old & ~waited_for & ~_still_on()))


def _forget_oldest(service: str, connection: Connection) -> None:
    """What is too much of one service's."""
    own = events.c.service == service
    latest = select(events.c.n).where(own).order_by(events.c.n.desc())
    first = connection.execute(latest.offset(MOST).limit(1)).scalar_one_or_none()
    if first is not None:
        old = own & (events.c.n <= first)
        gone = deliveries.c.n.in_(select(events.c.n).where(old))
        connection.execute(delete(deliveries).where(gone))
        connection.execute(delete(events).where(old))
