"""
Lending: how somebody outside asks for a feature of one room, and is lent its permit.

Rule 1: a *no*, no answer and a yes that was taken back are the same to who waits: the
same error when the same time is over (design.md, rule 8).
Rule 2: what is asked for here is asked for no longer once nobody waits for it and
nothing is lent: its gate closes.
Rule 3: what is fed runs for who is fed: whoever has asked for it, its gate closes when
the last of them is gone.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

from gatekeeper.consent.types import FeatureId
from gatekeeper.errors import OutOfOrder, PeerError, UnknownOpening
from gatekeeper.gating.faults import ConsentRequired
from gatekeeper.gating.leases import Lease, Lent
from gatekeeper.gating.shell import GateShell
from gatekeeper.gating.sink import Opened, OpenSink

LOOK = 1.0
"""Seconds between two looks at whether who waits has hung up."""
OPENS_WITHIN = 5.0
"""Seconds that the proof of an opening may take, where everybody has agreed."""


class Loan(NamedTuple):
    """A lease, and what it is of."""

    lease: Lease
    of: Lent


class Lending:
    """What is lent of one room's features that run elsewhere."""

    def __init__(
        self,
        gates: Callable[[], GateShell[Any]],
        *,
        seconds: float,
        at_once: bool,
    ) -> None:
        """
        Lend for `seconds` at a time, at most `leases.LONGEST`.

        `at_once`: see `Lent`. `gates` is called once there is something to ask.
        """
        self._gates = gates
        self._seconds = seconds
        self._at_once = at_once
        self._lent: dict[FeatureId, list[Lent]] = {}
        """Of each feature those that have not stopped, the latest last."""
        self._waiting: Counter[FeatureId] = Counter()
        self._asked_here: set[FeatureId] = set()
        """What nobody in the room has asked for as well."""
        self._news: defaultdict[FeatureId, set[asyncio.Future[None]]] = defaultdict(set)
        """Of those who wait."""

    def opener(self, feature: FeatureId, feed: OpenSink | None = None) -> OpenSink:
        """What opens the sink of what runs elsewhere; `feed`: what feeds it, if any."""

        def open_sink(opened: Opened) -> Lent:
            lent = Lent(
                opened,
                seconds=self._seconds,
                at_once=self._at_once and feed is None,
                feed=None if feed is None else feed(opened),
                unused=lambda: self._settle(feature, over=feed is not None),
                over=lambda lent: self._lent[feature].remove(lent),
            )
            self._lent.setdefault(feature, []).append(lent)
            self._tell(feature, None)
            return lent

        return open_sink

    async def lend(
        self,
        feature: FeatureId,
        wait: float = 0,
        gone: Callable[[], bool] = lambda: False,
        take: Callable[[Lent], Lease] = Lent.lend,
    ) -> Loan:
        """
        A lease, as soon as everybody has agreed.

        With `wait` everybody is asked, where the pause between two questions is over,
        and has so many seconds; without, nobody is. `gone`: whether who asks has hung
        up; `take`: how it is taken, by `Lent.hold` in this process.

        Raises `ConsentRequired` when the time is over, what `GateShell.request` raises,
        and any fault of the server's that keeps it off.
        """
        lent = self._open(feature)
        if lent is not None and not wait and self._gates().proves:
            return Loan(take(lent), lent)  # nothing is to be asked for
        self._waiting[feature] += 1
        try:
            self._ask(feature, ask=wait > 0)
            lent = await self._first(feature, wait, gone)
            return Loan(take(lent), lent)  # nothing has happened in between
        finally:
            self._waiting[feature] -= 1
            self._settle(feature)

    def renew(self, lease: str) -> Loan:
        """The lease, for as long again. Raises `UnknownOpening` if it is over."""
        lent = self.find(lease)
        return Loan(lent.renew(lease), lent)

    def release(self, lease: str) -> None:
        """Whoever held it has stopped. Idempotent."""
        for lent in self._all():
            lent.release(lease)

    def find(self, lease: str) -> Lent:
        """What it is of. Raises `UnknownOpening` if it is over."""
        for lent in self._all():
            if lent.holds(lease):
                return lent
        raise UnknownOpening

    def gave_up(self, feature: FeatureId, why: PeerError) -> None:
        """A fault of the server's keeps it off: who waits is told, as everybody is."""
        self._tell(feature, why)

    def asked_within(self, feature: FeatureId) -> None:
        """A host has asked for it too: it goes on when nothing is lent."""
        self._asked_here.discard(feature)

    # ---- Within -------------------------------------------------------------------

    def _all(self) -> list[Lent]:
        return [lent for of in self._lent.values() for lent in of]

    def _open(self, feature: FeatureId) -> Lent | None:
        """What can be lent of it just now."""
        lent = self._lent.get(feature)
        return lent[-1] if lent and lent[-1].permit.alive else None

    def _ask(self, feature: FeatureId, *, ask: bool) -> None:
        gates = self._gates()
        if not gates.state.is_requested(feature):
            self._asked_here.add(feature)
        try:
            gates.request(feature, ask=ask)
        except OutOfOrder as exc:  # there is nobody to ask
            self._asked_here.discard(feature)
            raise ConsentRequired from exc

    async def _first(
        self, feature: FeatureId, wait: float, gone: Callable[[], bool]
    ) -> Lent:
        loop = asyncio.get_running_loop()
        if not wait and not self._gates().state.is_open(feature):
            raise ConsentRequired
        until = loop.time() + (wait or OPENS_WITHIN)
        while not gone():
            lent = self._open(feature)
            if lent is not None:
                return lent
            if loop.time() >= until:
                break
            await self._news_of(feature, until, gone)
        raise ConsentRequired

    async def _news_of(
        self, feature: FeatureId, until: float, gone: Callable[[], bool]
    ) -> None:
        """Return when there may be something to do. Raises what keeps it off."""
        loop = asyncio.get_running_loop()
        # One for each who waits: to leave one that many share takes longer, the more.
        news: asyncio.Future[None] = loop.create_future()

        timer: asyncio.TimerHandle

        def look() -> None:  # no task: ten thousand may wait
            nonlocal timer
            if loop.time() < until and not gone():
                timer = loop.call_at(min(until, loop.time() + LOOK), look)
            elif not news.done():
                news.set_result(None)

        timer = loop.call_at(min(until, loop.time() + LOOK), look)
        self._news[feature].add(news)
        try:
            await news
        finally:
            timer.cancel()
            self._news[feature].discard(news)

    def _tell(self, feature: FeatureId, why: PeerError | None) -> None:
        """Its sink has opened, or cannot: whoever waits for it looks again."""
        for news in self._news.pop(feature, ()):
            if news.done():
                continue
            if why is None:
                news.set_result(None)
            else:
                news.set_exception(why)
                news.exception()  # it is no fault that nobody hears of it

    def _settle(self, feature: FeatureId, *, over: bool = False) -> None:
        """
        Let go of what was asked for here, if nobody waits for it and nothing is lent.

        `over`: of what somebody in the room has asked for, too.
        """
        lent = any(each.in_use for each in self._lent.get(feature, ()))
        if self._waiting[feature] or lent:
            return
        if over or feature in self._asked_here:
            self._asked_here.discard(feature)
            self._gates().cancel(feature)
