"""
Media: what is captured under a permit, for the machine that is lent it, by WebSocket.

What it says is in `wire.feed` (text) and `media.feed.packet` (binary).

Rule 1: the socket keeps the lease: while whoever is at its end answers pings, and the
key opens anything. When it is gone, whatever the cause, the lease is over.
Rule 2: when the lease is over the socket is cut off, not closed: nothing that waits is
sent (`outlet`).
Rule 3: a machine only listens. It may ping and answer pings, so often; anything else
that it sends ends its socket.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from aiohttp import WSMsgType, web

from gatekeeper.errors import (
    LedgerUnavailable,
    MalformedMessage,
    OutOfOrder,
    UnknownFeature,
    UnknownOpening,
)
from gatekeeper.gating.faults import ConsentRequired
from gatekeeper.gating.leases import Lease, Lent
from gatekeeper.media.feed.feed import Feed
from gatekeeper.meeting.meter import Meter
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.storage.service_keys import ServiceKeys
from gatekeeper.web.operation import Operation
from gatekeeper.web.room.reading import Socket
from gatekeeper.web.v1.call import Call
from gatekeeper.web.v1.faults import MediaTaken
from gatekeeper.web.v1.outlet import Outlet
from gatekeeper.web.v1.route import Route

LONGEST = 1024
"""Bytes of a message that is read; a machine has none to send."""
NOT_TAKEN, TOO_FAST = 1003, 1008
"""Codes of a closing (RFC 6455, 7.4.1): it has sent something; it pings too often."""
PINGS = 10, 50
"""Frames of a machine's: in a second, and at once."""
BEATS = 4
"""Pings in the time of a lease."""
AUDIO = {
    "audio": {
        "type": "string",
        "enum": ["opus", "pcm"],
        "default": "opus",
        "description": "Opus as it comes, or 16 kHz PCM.",
    }
}


class _Fed(NamedTuple):
    """What a lease is of."""

    lent: Lent
    feed: Feed


class ServiceMedia:
    """Handlers over what is lent in the rooms that each service has opened."""

    def __init__(
        self, registry: RoomRegistry, keys: ServiceKeys, *, lease: float
    ) -> None:
        """`lease`: seconds."""
        self._registry = registry
        self._keys = keys
        self._lease = lease

    async def take(self, call: Call) -> web.StreamResponse:
        """The media of one permit, until it or the socket is over."""
        pcm, fed = _pcm(call), self._fed(call)
        if fed.feed.full:
            raise MediaTaken
        end = _End()
        try:
            lease = fed.lent.take_media(call.named("permit"), end)
        except UnknownOpening:
            raise ConsentRequired from None
        except OutOfOrder:
            raise MediaTaken from None
        socket = Socket(LONGEST)
        if not socket.can_prepare(call.request).ok:
            lease.over = None  # somebody else may still take them
            raise MalformedMessage("This address is a WebSocket (RFC 6455).")
        try:
            await socket.prepare(call.request)
            transport = call.request.transport
            if transport is not None:
                async with asyncio.TaskGroup() as tasks:
                    outlet = Outlet(socket, transport, tasks, "")
                    machine = _Machine(self, call.key.id, socket, outlet, fed, lease)
                    await machine.hold(end, tasks, pcm=pcm)
        finally:
            fed.lent.release(lease.id)
        return socket

    def _fed(self, call: Call) -> _Fed:
        """Raises `ConsentRequired` unless it is a lease of this key's."""
        permit = call.named("permit")
        for room in self._registry.rooms:
            if room.record.service != call.key.id or room.ended:
                continue
            try:
                lent = room.lending.find(permit)
            except UnknownOpening:
                continue
            if not isinstance(lent.feed, Feed):
                raise UnknownFeature("Its media are not captured here.")
            return _Fed(lent, lent.feed)
        raise ConsentRequired

    @property
    def beat(self) -> float:
        """Seconds between two pings."""
        return self._lease / BEATS

    async def opens(self, key: str) -> bool:
        """Whether that key still opens anything; not if nobody can tell."""
        try:
            return await self._keys.find(key) is not None
        except LedgerUnavailable:
            return False


class _End:
    """What a lease calls when it is over, whatever there is by then."""

    def __init__(self) -> None:
        self._over = False
        self._cut: Callable[[], None] | None = None

    def __call__(self) -> None:
        self._over = True
        if self._cut is not None:
            self._cut()

    def on(self, cut: Callable[[], None] | None) -> None:
        """Have `cut` called, at once if it is over already."""
        self._cut = cut
        if cut is not None and self._over:
            cut()


class _Machine:
    """One socket, and who is at its end."""

    def __init__(
        self,
        media: ServiceMedia,
        key: str,
        socket: Socket,
        outlet: Outlet,
        fed: _Fed,
        lease: Lease,
    ) -> None:
        self._media = media
        self._key = key
        self._socket = socket
        self._outlet = outlet
        self._lent, self._feed = fed
        self._lease = lease
        self._asked: deque[bytes] = deque(maxlen=2 * BEATS)
        """What the last pings said."""
        self._meter = Meter(*PINGS)
        self._now = asyncio.get_running_loop().time

    async def hold(self, end: _End, tasks: asyncio.TaskGroup, *, pcm: bool) -> None:
        """Be fed until the socket, the lease or the permit is over."""
        outlet, feed = self._outlet, self._feed
        outlet.bound()
        end.on(outlet.cut)
        try:
            line = feed.attach(outlet, pcm=pcm)
        except (UnknownOpening, OutOfOrder):
            outlet.cut()  # it was over, or taken, while the socket was made
            return
        beating = tasks.create_task(self._beat(), name="beat")
        try:
            code = await self._until_over()
            beating.cancel()
            feed.detach(line)
            if code is not None:
                await outlet.refuse(code)  # while the lease lasts: nobody renews it
        finally:
            beating.cancel()
            feed.forget(line)
            end.on(
                None
            )  # nothing more is written, and what was closed in words stays so

    async def _beat(self) -> None:
        """Ask all the time whether somebody is there, and whose it is."""
        while await self._media.opens(self._key):
            self._asked.append(secrets.token_bytes(8))
            self._outlet.ping(self._asked[-1])
            await asyncio.sleep(self._media.beat)
        self._outlet.cut()

    async def _until_over(self) -> int | None:
        """Hear what they send; the code to close with, if it was what they may not."""
        while True:
            kind, said, _ = await self._socket.receive()
            if kind in (WSMsgType.TEXT, WSMsgType.BINARY):
                return NOT_TAKEN
            if kind not in (WSMsgType.PING, WSMsgType.PONG):
                return None
            if not self._meter.acquire(1, self._now()):
                return TOO_FAST
            if kind is WSMsgType.PING:
                self._outlet.pong(said)
            elif bytes(said) in self._asked:
                self._lent.keep(self._lease)


def _pcm(call: Call) -> bool:
    said = call.request.query.get("audio", "opus")
    if said not in ("opus", "pcm"):
        raise MalformedMessage('audio: "opus" or "pcm".')
    return said == "pcm"


ROUTES = (
    Route(
        "GET",
        "/permits/{permit}/media",
        "media",
        lambda api, call: api.media.take(call),
        Operation(
            "What is captured under a permit, by WebSocket (docs/embedding.md).",
            {101: None},
            typed=AUDIO,
        ),
        (ConsentRequired, MediaTaken, MalformedMessage, UnknownFeature),
    ),
)
