"""
Intake: a UDP socket that is read by the clock, by somebody who is in no hurry.

A camera's packets come in ones and twos, some two hundred a second, and waking up for
them costs more than all that is done with them. A recorder may come for them later.

Rule 1: what waits, waits in the kernel, still encrypted; what is there when an intake
closes is never read.
Rule 2: a datagram has the kernel's own time of arrival, so that reading later, and a
loop that is held up, makes nothing late.
Rule 3: all intakes of a loop are read together.
"""

import asyncio
import os
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from struct import Struct
from typing import Any

PERIOD = 0.05
"""Seconds between two readings."""
AT_ONCE = 128
"""Datagrams per reading at the most: 2,500 a second, many times what anybody's devices
send. The rest waits in the kernel, and overflows there."""
LONGEST = 2048
"""Bytes; what is longer is cut, and no packet of ours is."""
_STAMPED = 35 if sys.platform == "linux" else None
"""SO_TIMESTAMPNS, for which Python has no name (socket(7))."""
_TIMESPEC = Struct("@ll")
_BELIEVED = 5.0
"""Seconds; who waited longer than that was not waiting: the wall clock was set."""

Received = Callable[[bytes, Any, float], None]
"""Hears of a datagram, whence it came, and when, by the event loop's clock."""


class Intake(asyncio.DatagramTransport):
    """Takes the socket of a transport over, and its place before its protocol."""

    def __init__(
        self,
        before: asyncio.DatagramTransport,
        protocol: asyncio.DatagramProtocol,
        received: Received,
    ) -> None:
        super().__init__({"sockname": before.get_extra_info("sockname")})
        self._protocol = protocol
        self._received = received
        self._loop = asyncio.get_running_loop()
        self._closing = False
        handle = os.dup(before.get_extra_info("socket").fileno())
        self._socket = socket.socket(fileno=handle)
        self._socket.setblocking(False)
        if _STAMPED is not None:
            self._socket.setsockopt(socket.SOL_SOCKET, _STAMPED, 1)
        before.set_protocol(asyncio.DatagramProtocol())  # it is not over for ours
        before.close()
        self._wait()

    def sendto(self, data: Any, addr: Any = None) -> None:
        """Send at once, or not at all."""
        with suppress(OSError):
            self._socket.sendto(data, addr)

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        if not self._closing:
            self._closing = True
            self._socket.close()
            self._loop.call_soon(self._protocol.connection_lost, None)

    def abort(self) -> None:
        self.close()

    def _wait(self) -> None:
        # At the same moments for all, so that one waking up serves them; and a timer
        # that fires a little early does not fire again for the same moment.
        due = (self._loop.time() // PERIOD + 1.5) * PERIOD
        self._loop.call_at(due, self._read)

    def _read(self) -> None:
        now = time.monotonic()  # the loop's clock; uvloop's own stands still in a turn
        ahead = time.time() - now
        for _ in range(AT_ONCE):
            if self._closing:
                return
            try:
                data, said, _, address = self._socket.recvmsg(LONGEST, 64)
            except BlockingIOError:
                break
            except OSError:
                continue  # somebody did not want what we sent them
            self._received(data, address, _arrival(said, ahead, now))
        if not self._closing:
            self._wait()


def _arrival(said: list[tuple[int, int, bytes]], ahead: float, now: float) -> float:
    """When a datagram came, by the loop's clock, which the wall's is `ahead` of."""
    for level, kind, content in said:
        if (level, kind) == (socket.SOL_SOCKET, _STAMPED):
            seconds, nanoseconds = _TIMESPEC.unpack_from(content)
            at = float(seconds + nanoseconds * 1e-9 - ahead)
            if now - _BELIEVED < at <= now:
                return at
    return now
