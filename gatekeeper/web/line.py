"""
A line: the sending half of one WebSocket.

Rule 1: `send` and `close` never wait; one task per socket does.
Rule 2: a client that does not read is cut off, so that it costs a bounded amount of
memory; its seat is kept for the grace time like any lost one.
"""

import asyncio
from collections import deque

from aiohttp import web

QUEUED = 8 * 1024 * 1024
"""Bytes waiting for one client before it is cut off: a few hundred full-size SDPs."""


class SocketLine:
    """Queues frames for one socket; `run` sends them."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self._frames: deque[str] = deque()
        self._bytes = 0
        self._code: int | None = None
        self._waker: asyncio.Future[None] | None = None

    def send(self, frame: str) -> None:
        """Queue one frame, unless the line is closing."""
        if self._code is not None:
            return
        self._frames.append(frame)
        self._bytes += len(frame)
        if self._bytes > QUEUED:
            self._frames.clear()
            self.close(1013)
        self._wake()

    def close(self, code: int) -> None:
        """Close with `code` after what is queued. The first code counts."""
        if self._code is None:
            self._code = code
        self._wake()

    async def run(self) -> None:
        """Send until the line is closed or the client is gone."""
        try:
            while True:
                while self._frames:
                    frame = self._frames.popleft()
                    self._bytes -= len(frame)
                    await self._socket.send_str(frame)
                if self._code is not None:
                    await self._socket.close(code=self._code)
                    return
                self._waker = asyncio.get_running_loop().create_future()
                await self._waker
        except ConnectionError:
            self._code = 1006  # gone; the reading half notices as well
            self._frames.clear()

    def _wake(self) -> None:
        if self._waker is not None and not self._waker.done():
            self._waker.set_result(None)
