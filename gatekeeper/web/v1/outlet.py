"""
A machine's socket: whole messages go straight to the transport, and it can be cut off.

Rule: after `cut` nothing is written to the network, be it of what waits in this process
or of what waits in the system: a reader has the beginning of a packet at the most.
"""

import os
import socket
from contextlib import suppress
from struct import Struct

from gatekeeper.web.room.connection import WebSocketConnection

_BINARY, _PING = 0x82, 0x89
_KEPT = 128 * 1024
"""Bytes that may wait in the system: a picture, or ten seconds of some microphones."""
_LINGER = Struct("@ii").pack(1, 0)
"""Whoever closes drops what waits, and says so at once (socket(7), SO_LINGER)."""


class Outlet(WebSocketConnection):
    """Writes to one machine. Nothing here waits."""

    __slots__ = ()

    def bound(self) -> None:
        """Let little wait in the system."""
        with suppress(OSError):
            wire = self._transport.get_extra_info("socket")
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _KEPT)

    @property
    def waiting(self) -> int:
        """Bytes that the system has not taken yet."""
        return self._transport.get_write_buffer_size()

    def packet(self, content: bytes) -> None:
        """Write a binary message."""
        self._write(_BINARY, content)

    def ping(self, content: bytes) -> None:
        """Ask whether anybody is there."""
        self._write(_PING, content)

    async def refuse(self, code: int) -> None:
        """Close with `code`, within some seconds."""
        self.closing = True
        await self._close(code)

    def cut(self) -> None:
        """End it at once, with all that waits. Idempotent, cannot fail."""
        self.closing = True
        self._shut()
        self._transport.abort()

    def _shut(self) -> None:
        """Whatever the event loop has still to write comes to nothing from here on."""
        with suppress(OSError):
            number = self._transport.get_extra_info("socket").fileno()
            with socket.socket(fileno=os.dup(number)) as wire:
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
                wire.shutdown(socket.SHUT_RDWR)
