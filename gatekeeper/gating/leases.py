"""
Leases: leave to capture, lent to who runs a feature elsewhere, for a moment at a time.

Rule 1: a lease lasts `seconds` from when it was lent or last renewed; nobody has to be
told that it is over, and no clock that can jump is asked.
Rule 2: under a dead permit none is lent or renewed. The sink has stopped once the last
one has been given back or is over: until then, whoever holds it may still capture, so
that the sign stays on and nobody is let in (design.md, rules 5 and 14).
Rule 3: who captures in this very process holds one as long as the permit lives, and is
told within the call that ends it. Then it lasts as long as any other.
Rule 4: who gets media under a lease gets them from here alone (`feed`): then nothing is
captured under a dead permit, and all leases are over with it.
"""

import asyncio
import math
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence

import structlog

from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.errors import OutOfOrder, UnknownOpening
from gatekeeper.gating.opening import STOP_WITHIN
from gatekeeper.gating.sink import Opened, Sink

log = structlog.get_logger(__name__)

LONGEST = STOP_WITHIN - 1
"""Seconds that a lease may last at most: a sink must have stopped by then."""
HELD_UP = 0.5
"""Seconds by which an event loop that looks so much too late was held up itself."""


class Lease:
    """Leave for one stretch of time, as long as it is renewed."""

    __slots__ = ("ended", "id", "over", "until")

    def __init__(self, until: float, ended: Callable[[], None] | None = None) -> None:
        """`ended`: of one that is held, what is called when its permit is dead."""
        self.id = secrets.token_urlsafe(16)
        self.until = until
        """By the event loop's clock."""
        self.ended = ended
        self.over: Callable[[], None] | None = None
        """Called by what ends it, for who takes media under it; None: nobody does."""


class Lent:
    """The sink of a feature that runs elsewhere: what is lent of one opening."""

    def __init__(
        self,
        opened: Opened,
        *,
        seconds: float,
        at_once: bool,
        feed: Sink | None = None,
        unused: Callable[[], None],
        over: Callable[["Lent"], None],
    ) -> None:
        """
        Lend for `seconds` at a time.

        `at_once`: whether capture begins now, since somebody may go by the sign alone;
        else it begins with the first lease. `feed` takes media here and passes them on
        to who holds a lease; None: they are captured elsewhere. `unused` is called when
        the last lease has ended, `over` when this has stopped.
        """
        self.permit = opened.permit
        self.feed = feed
        self.people: frozenset[ParticipantId] = frozenset()
        """Who is present."""
        self._seconds = seconds
        self._running = opened.running
        self._unused = unused
        self._over = over
        self._leases: dict[str, Lease] = {}
        self._none = asyncio.Event()
        self._none.set()
        self._loop = asyncio.get_running_loop()
        opened.permit.when_it_ends(self._end_held)
        if at_once:
            self._running()

    # ---- Who captures -------------------------------------------------------------

    def lend(self) -> Lease:
        """Another lease. Raises `UnknownOpening` under a dead permit."""
        self._check()
        lease = self._add(Lease(self._loop.time() + self._seconds))
        self._loop.call_at(lease.until, self._look, lease)
        return lease

    def hold(self, ended: Callable[[], None]) -> Lease:
        """
        One for who captures in this process, as long as the permit lives.

        `ended` is called within the call that ends it, and cannot fail. Raises
        `UnknownOpening` under a dead permit.
        """
        self._check()
        return self._add(Lease(math.inf, ended))

    def renew(self, lease: str) -> Lease:
        """The lease, from now on. Raises `UnknownOpening` if it is over."""
        self._check()
        found = self._leases.get(lease)
        if found is None or found.until <= self._loop.time():
            raise UnknownOpening
        found.until = self._loop.time() + self._seconds
        return found

    def take_media(self, lease: str, over: Callable[[], None]) -> Lease:
        """
        Have `over` called when the lease is.

        Raises `UnknownOpening` if it is, `OutOfOrder` if somebody takes them already.
        """
        found = self.renew(lease)
        if found.over is not None:
            raise OutOfOrder
        found.over = over
        return found

    def keep(self, lease: Lease) -> None:
        """Who takes media under it is there: it goes on for as long again."""
        lease.until = self._loop.time() + self._seconds

    def release(self, lease: str) -> None:
        """Nothing is captured under it any more. Idempotent."""
        found = self._leases.pop(lease, None)
        if found is None:
            return
        if found.over is not None:
            found.over()
        if not self._leases:
            self._none.set()
            self._unused()

    def holds(self, lease: str) -> bool:
        """Whether it is one of this opening's that is not over."""
        return lease in self._leases

    @property
    def in_use(self) -> bool:
        """Whether anything is lent just now."""
        return bool(self._leases)

    # ---- A sink -------------------------------------------------------------------

    @property
    def sources(self) -> Sequence[SourceKind]:
        """What is fed; nothing where it is captured elsewhere."""
        return () if self.feed is None else self.feed.sources

    async def offer(
        self, participant: ParticipantId, sdp: str, sources: Mapping[str, SourceKind]
    ) -> str:
        """To the feed. Raises `UnknownOpening` where there is no tap."""
        if self.feed is None:
            raise UnknownOpening
        return await self.feed.offer(participant, sdp, sources)

    def drop(self, participant: ParticipantId) -> None:
        """They have left."""
        if self.feed is not None:
            self.feed.drop(participant)

    def cut(self, part: int, people: Collection[ParticipantId]) -> None:
        """Leases tell who is present; nothing is kept here."""
        self.people = frozenset(people)
        if self.feed is not None:
            self.feed.cut(part, people)

    async def stopped(self) -> None:
        """Return once the permit is dead and nothing is captured under any lease."""
        await self.permit.ended()
        if self.feed is not None:
            await self.feed.stopped()
            for lease in tuple(self._leases):
                self.release(lease)
        await self._none.wait()
        self._over(self)

    # ---- Within -------------------------------------------------------------------

    def _check(self) -> None:
        if not self.permit.alive:
            raise UnknownOpening

    def _add(self, lease: Lease) -> Lease:
        self._leases[lease.id] = lease
        self._none.clear()
        self._running()
        return lease

    def _end_held(self) -> None:
        """Whoever holds one has as long to stop as others have to hear of it."""
        for lease in tuple(self._leases.values()):
            if lease.ended is not None:
                lease.until = self._loop.time() + self._seconds
                self._loop.call_at(lease.until, self._look, lease)
                lease.ended()

    def _look(self, lease: Lease) -> None:
        """Its time was over, unless it was renewed since."""
        now = self._loop.time()
        if lease.over is not None and now - lease.until > HELD_UP:
            # Whatever says that they are there was held up, too, and is read now. What
            # is taken from here ends with the permit, so nothing is captured for it.
            lease.until = now + HELD_UP
        if lease.until > now:
            self._loop.call_at(lease.until, self._look, lease)
            return
        if lease.ended is not None and self.holds(lease.id):
            permit = self.permit
            log.error("permit.held-on", room=permit.room, feature=permit.feature)
        self.release(lease.id)
