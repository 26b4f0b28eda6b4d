"""
A heartbeat: finds out when the client of one socket is no longer there.

Rule 1: a client that was silent for `every` seconds is asked for a word (`probe`);
one that stays silent for half as long after that is cut off.
Rule 2: only a word of the page counts. A WebSocket ping is answered by the browser,
for a page that hangs too, and whoever sits before that page can say no to nothing.

aiohttp's own heartbeat moves its timers with every packet that comes, which costs as
much as a tenth of relaying a message; here a frame costs the reading of a clock.
"""

import asyncio
from typing import Protocol

from gatekeeper.meeting.seat import encoded
from gatekeeper.wire import Probe

_PROBE = encoded(Probe())


class Pulse(Protocol):
    """The sending half of the socket."""

    def send(self, frame: bytes) -> None:
        """Send one text, UTF-8."""

    def cut(self) -> None:
        """End the connection, without a word."""


class Heartbeat:
    """Runs from its making until `stop`."""

    __slots__ = ("_asked", "_at", "_every", "_line", "_time", "_timer")

    def __init__(self, line: Pulse, every: float) -> None:
        loop = asyncio.get_running_loop()
        self._line = line
        self._every = every
        self._time = loop.time
        self._at = self._asked = loop.time()
        self._timer = loop.call_later(every, self._look)

    def heard(self) -> None:
        """The page has said something."""
        self._at = self._time()

    def stop(self) -> None:
        """Look no more. Idempotent."""
        self._timer.cancel()

    def _look(self) -> None:
        if self._time() < self._at + self._every:
            self._again()
            return
        self._asked = self._time()
        self._line.send(_PROBE)
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._every / 2, self._judge)

    def _judge(self) -> None:
        if self._at < self._asked:
            self._line.cut()
        else:
            self._again()

    def _again(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_at(self._at + self._every, self._look)
