"""
A connection: the sending half of one WebSocket.

Rule 1: `send` and `close` never wait; only a closing has a task.
Rule 2: a client that does not read is cut off, so that it costs a bounded amount of
memory; its seat is kept for the grace time like any lost one.
"""

import asyncio
from struct import Struct

from gatekeeper.web.room.reading import Socket

UNREAD = 8 * 1024 * 1024
"""Bytes waiting for one client before it is cut off: a few hundred full-size SDPs."""

CLOSE_WITHIN = 5.0
"""Seconds that a client gets to read what is left and to answer the closing."""

_TEXT, _PONG = 0x81, 0x8A
"""The first byte of a message that is one frame (RFC 6455, 5.2)."""
_SHORT, _MIDDLE, _LONG = Struct("!BB").pack, Struct("!BBH").pack, Struct("!BBQ").pack


class WebSocketConnection:
    """
    Writes frames to one prepared socket.

    Whole frames go straight to the transport, which keeps what the client has not read:
    `send_str` would need a task for each socket, and twice the time for each frame.
    """

    __slots__ = ("_socket", "_tasks", "_transport", "address", "closing")

    def __init__(
        self,
        socket: Socket,
        transport: asyncio.Transport,
        tasks: asyncio.TaskGroup,
        address: str,
    ) -> None:
        """`tasks` gets the closing, once there is one; `address` is the client's."""
        self.address = address
        self._socket = socket
        self._transport = transport
        self._tasks = tasks
        self.closing = False
        """Whether nothing more is sent, and nothing more that was said counts."""

    def send(self, frame: bytes) -> None:
        """Write one text, UTF-8, unless the line is closing or the client is gone."""
        self._write(_TEXT, frame)

    def pong(self, ping: bytes) -> None:
        """Answer a client's ping."""
        self._write(_PONG, ping)

    def cut(self) -> None:
        """End the connection without a word. Idempotent."""
        self.closing = True
        self._transport.abort()

    def close(self, code: int) -> None:
        """Close with `code` after what was sent. The first code counts."""
        if not self.closing:
            self.closing = True
            self._socket.hear_out()
            self._tasks.create_task(self._close(code), name="closing")

    def _write(self, first: int, payload: bytes) -> None:
        transport = self._transport
        if self.closing or self._socket.closed or transport.is_closing():
            return
        transport.write(_head(first, len(payload)) + payload)
        if transport.get_write_buffer_size() > UNREAD:
            self.cut()

    async def _close(self, code: int) -> None:
        try:
            async with asyncio.timeout(CLOSE_WITHIN):
                await self._socket.close(code=code)
        except (TimeoutError, ConnectionError):
            self._transport.abort()


def _head(first: int, size: int) -> bytes:
    """What stands before `size` bytes of payload: unmasked, as a server sends."""
    if size < 126:
        return _SHORT(first, size)
    if size < 65_536:
        return _MIDDLE(first, 126, size)
    return _LONG(first, 127, size)
