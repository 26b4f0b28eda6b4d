"""
The receiving half of one WebSocket: a text is taken in the call that has read it.

Rule 1: nothing overtakes. What comes while something waits to be received waits too.
Rule 2: what is not taken is received, as it would be from aiohttp.
Rule 3: once it is closing, nothing is heard but the answer to that; of whoever goes on
talking no more is read than was under way.

aiohttp queues each message and wakes up a task for it, which takes as long as reading
it and passing it on together. It lets nobody round its queue; this one stands in its
place, for which `_post_start` does here what it does in aiohttp 3.14.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Literal

from aiohttp import WSMsgType, web
from aiohttp._websocket.reader import WebSocketDataQueue, WebSocketReader
from aiohttp._websocket.writer import WebSocketWriter
from multidict import CIMultiDict

Take = Callable[[bytes], bool]
"""Is given a text, and says whether that was all there is to do about it."""

QUEUED = 65_536
"""Bytes; twice as many may wait before no more is read."""
FRAME = 64
"""Bytes that a message takes beside what it says, as reading it does."""


class Socket(web.WebSocketResponse[Literal[False]]):
    """A WebSocket whose texts are read as the bytes that came."""

    def __init__(self, longest: int) -> None:
        """`longest`: bytes of one message; a longer one ends the connection."""
        super().__init__(
            autoping=False, max_msg_size=longest, compress=False, decode_text=False
        )
        self._longest = longest

    def take_with(self, take: Take | None) -> None:
        """Give `take` each text that comes from now on; `None`: they are received."""
        assert isinstance(self._reader, _Queue)  # noqa: S101 - it is prepared
        self._reader.take = take

    def hear_out(self) -> None:
        """It is closing: wait for the answer to that, and for nothing else."""
        assert isinstance(self._reader, _Queue)  # noqa: S101 - it is prepared
        self._reader.left = QUEUED

    def _handshake(
        self, request: web.BaseRequest
    ) -> tuple["CIMultiDict[str]", str | None, int, bool]:
        try:
            return super()._handshake(request)
        except ValueError as exc:  # a key that is no ASCII
            raise web.HTTPBadRequest(text="Handshake error.") from exc

    def _post_start(
        self, request: web.BaseRequest, protocol: str | None, writer: WebSocketWriter
    ) -> None:
        loop = asyncio.get_running_loop()
        self._ws_protocol = protocol
        self._writer = writer
        self._reader = _Queue(request.protocol, QUEUED, loop=loop)
        self._parser = WebSocketReader(
            self._reader, self._longest, compress=False, decode_text=False
        )
        request.protocol.set_parser(self._parser)
        request.protocol.keep_alive(False)


class _Queue(WebSocketDataQueue):
    """What waits to be received."""

    take: Take | None = None
    left: int | None = None
    """Bytes that are still read, and thrown away; `None`: it is not closing."""

    def feed_data(self, data: Any, size: int) -> None:
        if self.left is not None and data[0] is not WSMsgType.CLOSE:
            self.left -= size + FRAME
            if self.left < 0:
                self._protocol.pause_reading()
            return
        take = self.take if data[0] is WSMsgType.TEXT and not self._buffer else None
        if take is None or not take(data[1]):
            super().feed_data(data, size)
