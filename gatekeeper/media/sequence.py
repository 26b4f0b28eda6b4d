"""
Sequence: packets of one stream, put in order.

Rule 1: what comes out ascends; None stands where packets are missing for good.
Rule 2: bounded: never more than `ROOM` packets are held, never for longer than
`patience`.
"""

from collections.abc import Sequence as Items

from gatekeeper.media.rtp import Packet

ROOM = 1024
"""Packets. libsrtp's replay window in aiortc has this size too."""
RESTART = 64
"""After so many packets in a row from the past, the stream has begun anew."""


class Sequence:
    """Waits for late packets, drops repeated ones, and knows which are missing."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._held: dict[int, tuple[Packet, float]] = {}
        """By number, each with its arrival."""
        self._next = -1
        """The number due, counted on beyond 16 bits; negative before the first."""
        self._first = 0
        self._behind = 0
        self.gap = False
        """A new gap has opened; cleared by whoever asks for the packets."""

    @property
    def highest(self) -> int:
        """The highest number seen, counted on beyond 16 bits."""
        return max(self._held) if self._held else self._next - 1

    @property
    def expected(self) -> int:
        """How many packets there should have been so far."""
        return self.highest - self._first + 1 if self._next >= 0 else 0

    def missing(self) -> list[int]:
        """The numbers to ask for again, ascending."""
        if not self._held:
            return []
        return [n for n in range(self._next, max(self._held)) if n not in self._held]

    def add(self, packet: Packet, now: float) -> Items[Packet | None]:
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
        if ahead >= ROOM:
            return self._restart(packet)
        return self._hold(self._next + ahead, packet, now)

    def overdue(self, now: float) -> Items[Packet | None]:
        """Give up on what has been waited for too long; return what follows it."""
        ready: list[Packet | None] = []
        while self._held:
            number = min(self._held)
            if now - self._held[number][1] < self._patience:
                break
            self._next = number
            ready += [None, *self._release()]
        return ready

    def _hold(self, number: int, packet: Packet, now: float) -> Items[Packet | None]:
        self.gap |= number > self.highest + 1
        self._held.setdefault(number, (packet, now))
        return [*self._release(), *self.overdue(now)]

    def _release(self) -> list[Packet | None]:
        ready: list[Packet | None] = []
        while (held := self._held.pop(self._next, None)) is not None:
            ready.append(held[0])
            self._next += 1
        return ready

    def _past(self, packet: Packet) -> Items[Packet | None]:
        self._behind += 1
        return self._restart(packet) if self._behind >= RESTART else ()

    def _restart(self, packet: Packet) -> Items[Packet | None]:
        """Leave the old numbers behind: the jump is too wide to fill."""
        ready: list[Packet | None] = []
        while self._held:
            self._next = min(self._held)
            ready += [None, *self._release()]
        ahead = (packet.sequence - self._next) & 0xFFFF
        self._next += ahead + 1
        self._behind = 0
        return [*ready, None, packet]
