"""
Events: what happens in the rooms of a service, as a stream of server-sent events.

As the HTML standard has it (https://html.spec.whatwg.org, 9.2): UTF-8, lines that end
in LF, an empty line after each event, and comments so that no proxy hangs up.

Rule 1: a stream goes on where its reader was (`Last-Event-ID`), for as long as events
are kept; without, it begins with what comes next.
Rule 2: of a service there are so many at once, and nothing waits here for a reader who
does not read: that one is cut off, and goes on where it was.
Rule 3: it ends with its key, with the server, and by itself after a while.
"""

import asyncio
import re
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from aiohttp import web

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import LedgerUnavailable, MalformedMessage, UnknownRoom
from gatekeeper.storage.events import Told
from gatekeeper.storage.outbox import Outbox
from gatekeeper.storage.service_keys import ServiceKeys
from gatekeeper.web.operation import Operation
from gatekeeper.web.v1.call import Call
from gatekeeper.web.v1.faults import StreamsTaken
from gatekeeper.web.v1.own_rooms import OwnRooms
from gatekeeper.web.v1.route import Route
from gatekeeper.web.v1.told import text

MEDIA_TYPE = "text/event-stream"
LAST = "Last-Event-ID"
AT_ONCE = 10
"""Streams of one key."""
AFTER = 2000
"""Milliseconds after which a reader comes back."""
BEAT = 15.0
"""Seconds without an event after which there is a comment."""
LONGEST = 3600.0
"""Seconds of one stream; a reader comes back by itself."""
LOOK = 1.0
"""Seconds between two looks at whether the reader has hung up."""
SLOWEST = 10.0
"""Seconds that a reader may take for what was written."""
WAITING = 64 * 1024
"""Bytes that may wait for a reader in the system's buffer."""
BATCH = 100
"""Events that are read at once."""
_HEADERS = {
    "Content-Type": MEDIA_TYPE,
    "Cache-Control": "no-store",
    # Nginx would keep a stream back until it has enough of it.
    "X-Accel-Buffering": "no",
}
_PLACE = re.compile(r"(\d{1,15})-([0-9a-f]{1,32})")


class ServiceEvents:
    """Handlers over the events of the rooms that each service has opened."""

    def __init__(
        self,
        own: OwnRooms,
        outbox: Outbox,
        keys: ServiceKeys,
        monotonic: Callable[[], float],
    ) -> None:
        self._own = own
        self._outbox = outbox
        self._keys = keys
        self._monotonic = monotonic
        self._open: Counter[str] = Counter()
        self._stopping = False

    def stop(self) -> None:
        """Every stream ends with what is there by now; the server is going down."""
        self._stopping = True
        for service in self._open:
            self._outbox.wake(service)

    async def of_room(self, call: Call) -> web.StreamResponse:
        """A stream of what happens in one room."""
        return await self._stream(call, (await self._own.record(call)).id)

    async def of_all(self, call: Call) -> web.StreamResponse:
        """A stream of what happens in any of them."""
        return await self._stream(call, None)

    async def _stream(self, call: Call, room: RoomId | None) -> web.StreamResponse:
        with self._counted(call.key.id), self._listening(call.key.id) as woken:
            after = await self._begin(call)
            response = web.StreamResponse(headers=_HEADERS)
            await response.prepare(call.request)
            _bound(call.request)
            stream = _Stream(call.request, response)
            with suppress(ConnectionError):
                await stream.write(f"retry: {AFTER}\n\n")
                await self._write(stream, call, room, after, woken)
            return response

    async def _write(
        self,
        stream: "_Stream",
        call: Call,
        room: RoomId | None,
        after: int,
        woken: asyncio.Event,
    ) -> None:
        until = self._monotonic() + LONGEST
        beaten = self._monotonic()
        while not stream.gone:
            woken.clear()
            last = self._stopping or self._monotonic() >= until
            try:
                found = await self._read(call, room, after)
            except LedgerUnavailable:
                return  # the reader comes back
            if found is None:
                return
            if found:
                await stream.write("".join(map(_event, found)))
                after, beaten = found[-1].n, self._monotonic()
            elif last:
                return
            elif self._monotonic() - beaten >= BEAT:
                await stream.write(":\n\n")
                beaten = self._monotonic()
            else:
                await self._wait(stream, woken, min(beaten + BEAT, until))

    async def _read(
        self, call: Call, room: RoomId | None, after: int
    ) -> tuple[Told, ...] | None:
        """What is new; None if the key opens nothing any more."""
        if await self._keys.find(call.key.id) is None:
            return None
        service = call.key.id
        return await self._outbox.after(after, BATCH, service=service, room=room)

    async def _wait(
        self, stream: "_Stream", woken: asyncio.Event, until: float
    ) -> None:
        """Until there may be something to do."""
        while not (woken.is_set() or stream.gone or self._monotonic() >= until):
            with suppress(TimeoutError):
                async with asyncio.timeout(min(LOOK, until - self._monotonic())):
                    await woken.wait()

    async def _begin(self, call: Call) -> int:
        """After which event it begins. Raises `MalformedMessage`."""
        said = call.request.headers.get(LAST, "")
        if not said:
            return await self._outbox.latest()
        found = _PLACE.fullmatch(said)
        if found is None:
            raise MalformedMessage(f"{LAST}: not the id of an event of ours.")
        return await self._outbox.place(int(found[1]), found[2])

    @contextmanager
    def _counted(self, service: str) -> Iterator[None]:
        if self._open[service] >= AT_ONCE:
            raise StreamsTaken
        self._open[service] += 1
        try:
            yield
        finally:
            self._open[service] -= 1
            if not self._open[service]:
                del self._open[service]

    @contextmanager
    def _listening(self, service: str) -> Iterator[asyncio.Event]:
        woken = self._outbox.listen(service)
        try:
            yield woken
        finally:
            self._outbox.leave(service, woken)


class _Stream:
    """What is written to one reader, who reads it in time or is cut off."""

    def __init__(self, request: web.Request, response: web.StreamResponse) -> None:
        self._request = request
        self._response = response

    @property
    def gone(self) -> bool:
        transport = self._request.transport
        return transport is None or transport.is_closing()

    async def write(self, said: str) -> None:
        """Raises `ConnectionError` when it cannot be."""
        try:
            async with asyncio.timeout(SLOWEST):
                await self._response.write(said.encode())
        except TimeoutError as exc:
            if self._request.transport is not None:
                self._request.transport.abort()
            raise ConnectionAbortedError from exc


def _bound(request: web.Request) -> None:
    """Let little wait for a reader who does not read."""
    transport = request.transport
    if transport is not None:
        transport.set_write_buffer_limits(WAITING)
        transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_SNDBUF, WAITING
        )


def _event(told: Told) -> str:
    """As the standard has it; no text of ours holds a line end."""
    return f"id: {told.n}-{told.id}\nevent: {told.kind}\ndata: {text(told)}\n\n"


_STREAM = {200: MEDIA_TYPE}
_REFUSES = (MalformedMessage, StreamsTaken)
ROUTES = (
    Route(
        "GET",
        "/rooms/{room}/events",
        "events",
        lambda api, call: api.events.of_room(call),
        Operation("What happens in a room, as it happens.", _STREAM, fields=(LAST,)),
        (UnknownRoom, *_REFUSES),
    ),
    Route(
        "GET",
        "/events",
        "events",
        lambda api, call: api.events.of_all(call),
        Operation("The same, of all rooms of this key.", _STREAM, fields=(LAST,)),
        _REFUSES,
    ),
)
