"""
Jitter buffer: packets of one stream, put in order.

Rule 1: what comes out ascends; None stands where packets are missing for good.
Rule 2: bounded: never more than `CAPACITY` packets are held, never for longer than
`patience`; and no packet costs the looking through of all that are held.
"""

from collections.abc import Sequence
from heapq import heappop, heappush

from gatekeeper.media.tap.rtp import Packet

CAPACITY = 1024
"""Packets. libsrtp's replay window in aiortc has this size too."""
RESTART = 64
"""After so many packets in a row from the past, the stream has begun anew."""


class JitterBuffer:
    """Waits for late packets, drops repeated ones, and knows which are missing."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._held: dict[int, tuple[Packet, float]] = {}
        """By number, each with its arrival."""
        self._waiting: list[int] = []
        """The numbers of those, as a heap."""
        self._top = -1
        """The highest of them; means nothing when none is held."""
        self._next = -1
        """The number due, counted on beyond 16 bits; negative before the first."""
        self._first = 0
        self._behind = 0
        self.gap = False
        """A new gap has opened; cleared by whoever asks for the packets."""

    @property
    def highest(self) -> int:
        """The highest number seen, counted on beyond 16 bits."""
        return self._top if self._held else self._next - 1

    @property
    def expected(self) -> int:
        """How many packets there should have been so far."""
        return self.highest - self._first + 1 if self._next >= 0 else 0

    def missing(self) -> list[int]:
        """The numbers to ask for again, ascending."""
        if not self._held:
            return []
        return [n for n in range(self._next, self._top) if n not in self._held]

    def add(self, packet: Packet, now: float) -> Sequence[Packet | None]:
        """Take one packet; return what is in order now."""
        if self._next < 0:
            self._first = self._next = packet.sequence
        ahead = (packet.sequence - self._next) & 0xFFFF
        if not ahead and not self._held:  # nearly always
            self._next += 1
            self._behind = 0
            return (packet,)
        if ahead >= 0x8000:
            return self._past(packet)
        self._behind = 0
        if ahead >= CAPACITY:
            return self._restart(packet)
        return self._hold(self._next + ahead, packet, now)

    def overdue(self, now: float) -> Sequence[Packet | None]:
        """Give up on what has been waited for too long; return what follows it."""
        ready: list[Packet | None] = []
        while self._held:
            number = self._waiting[0]
            if now - self._held[number][1] < self._patience:
                break
            self._next = number
            ready += [None, *self._release()]
        return ready

    def _hold(self, number: int, packet: Packet, now: float) -> Sequence[Packet | None]:
        self.gap |= number > self.highest + 1
        if number not in self._held:
            self._top = max(number, self.highest)
            self._held[number] = packet, now
            heappush(self._waiting, number)
        return [*self._release(), *self.overdue(now)]

    def _release(self) -> list[Packet | None]:
        ready: list[Packet | None] = []
        while (held := self._held.pop(self._next, None)) is not None:
            heappop(self._waiting)  # nothing is held that is below the number due
            ready.append(held[0])
            self._next += 1
        return ready

    def _past(self, packet: Packet) -> Sequence[Packet | None]:
        self._behind += 1
        return self._restart(packet) if self._behind >= RESTART else ()

    def _restart(self, packet: Packet) -> Sequence[Packet | None]:
        """Leave the old numbers behind: the jump is too wide to fill."""
        ready: list[Packet | None] = []
        while self._held:
            self._next = self._waiting[0]
            ready += [None, *self._release()]
        ahead = (packet.sequence - self._next) & 0xFFFF
        self._next += ahead + 1
        self._behind = 0
        return [*ready, None, packet]
