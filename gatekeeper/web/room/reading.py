"""
The receiving half of one WebSocket: a text is taken in the call that has read it.

Rule 1: nothing overtakes. What comes while something waits to be received waits too.
Rule 2: what is not taken is received, as it would be from aiohttp.
Rule 3: once it is closing, nothing is heard but the answer to that; of whoever goes on
talking no more is read than was under way.
Rule 4: of what has come, no more is read at once than others can wait for.

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
AT_ONCE = 512
"""Bytes that are read in one turn of the loop: a dozen of the shortest messages. After
one with less than two it is twice as many, so that a long one does not take long."""
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
        turns = _Turns(self._parser, self._reader, request.protocol, loop)
        # It is fed alike.
        request.protocol.set_parser(turns)  # type: ignore[arg-type]
        request.protocol.keep_alive(False)


class _Queue(WebSocketDataQueue):
    """What waits to be received."""

    take: Take | None = None
    left: int | None = None
    """Bytes that are still read, and thrown away; `None`: it is not closing."""
    count = 0
    """Messages so far."""

    @property
    def is_deaf(self) -> bool:
        """Whether no more is read, whatever comes."""
        return self.left is not None and self.left < 0

    def feed_data(self, data: Any, size: int) -> None:
        self.count += 1
        if self.left is not None and data[0] is not WSMsgType.CLOSE:
            self.left -= size + FRAME
            if self.left < 0:
                self._protocol.pause_reading()
            return
        take = self.take if data[0] is WSMsgType.TEXT and not self._buffer else None
        if take is None or not take(data[1]):
            super().feed_data(data, size)


class _Turns:
    """
    Stands before the reader, and gives it a little of what has come in each turn.

    A quarter of a megabyte can come at once: 7,000 messages, for which everybody else
    would wait.
    """

    def __init__(
        self,
        reader: WebSocketReader,
        queue: _Queue,
        protocol: Any,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._reader = reader
        self._queue = queue
        self._protocol = protocol
        self._loop = loop
        self._rest = b""
        """What has come; read up to `_at`, so that nothing is copied each time."""
        self._at = 0
        self._size = AT_ONCE

    def feed_data(self, data: bytes) -> tuple[bool, bytes]:
        """As the reader's: whether it is over, and nothing that is left."""
        if self._rest:
            self._rest = self._rest[self._at :] + data  # one read's at most
            self._at = 0
            self._hold(reading=False)
            return False, b""
        if len(data) <= AT_ONCE:
            return self._reader.feed_data(data)
        self._hold(reading=False)
        self._rest, self._at, self._size = data, 0, AT_ONCE
        return self._some(), b""

    def feed_eof(self) -> None:
        """What came before the end is heard; of whoever is cut off, no more."""
        while self._rest and not self._queue.is_deaf:
            self._next(AT_ONCE)
        self._rest = b""
        self._reader.feed_eof()

    def _next(self, size: int) -> bool:
        """So many bytes more; whether it is over."""
        begin, self._at = self._at, self._at + size
        over, _ = self._reader.feed_data(self._rest[begin : self._at])
        if over or self._queue.is_deaf or self._at >= len(self._rest):
            self._rest = b""
        return over

    def _some(self) -> bool:
        size, before = self._size, self._queue.count
        over = self._next(size)
        self._size = 2 * size if self._queue.count - before < 2 else AT_ONCE
        if self._rest:
            self._loop.call_soon(self._go_on)
        elif not over:
            self._hold(reading=True)
        return over

    def _hold(self, *, reading: bool) -> None:
        """More comes, or none: aiohttp holds it back for its own reasons, too."""
        protocol = self._protocol
        if reading:
            protocol._resume_reading_for_buffer()  # noqa: SLF001 - it has no other name
        else:
            protocol._pause_reading_for_buffer()  # noqa: SLF001

    def _go_on(self) -> None:
        # It may have ended meanwhile.
        if self._rest and self._some():
            self._protocol.close()
