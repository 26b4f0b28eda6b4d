"""
The WebSocket of one participant: frames in, messages to the room, faults back.

Rule 1: the first message is `Join` or `Resume`; after it the socket speaks for that
seat and for no other.
Rule 2: what a client does wrong is told to it as a `Fault` with a stable code, and
changes nothing.
Rule 3: when a socket ends for whatever reason, the room hears of it at once.
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from aiohttp import WebSocketError, WSMsgType, web

from gatekeeper import wire
from gatekeeper.config import Limits
from gatekeeper.errors import (
    LedgerUnavailable,
    MalformedMessage,
    MessageTooLarge,
    OutOfOrder,
    PeerError,
    RateLimited,
    ResumeUnknown,
)
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.meeting.closing import REFUSED
from gatekeeper.meeting.meter import Meter
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.meeting.room import Room
from gatekeeper.meeting.seat import Seat, encoded
from gatekeeper.storage.entries import Entry
from gatekeeper.web.limits import Addresses
from gatekeeper.web.room.connection import WebSocketConnection
from gatekeeper.web.room.heartbeat import Heartbeat
from gatekeeper.web.room.reading import Socket

log = structlog.get_logger(__name__)

TOO_FAST, TRY_LATER = 1008, 1013
GREET_WITHIN = 15.0
"""Seconds in which a new socket must send `Join` or `Resume`."""
WEIGHS = 8192
"""Bytes that count like one more message: reading takes longer, the longer one is."""
_CONTENT = (WSMsgType.TEXT, WSMsgType.BINARY)
GREETINGS = 3
"""Tries: a client whose seat is no longer kept goes on to join."""


@dataclass(frozen=True, slots=True)
class SocketContext:
    """What every socket needs."""

    registry: RoomRegistry
    limits: Limits
    addresses: Addresses
    monotonic: Callable[[], float]


async def converse(
    request: web.Request, context: SocketContext, address: str
) -> web.StreamResponse:
    """Serve one socket until it closes."""
    room = request.match_info["room"]
    with context.addresses.socket(address, room):
        socket = Socket(4 * context.limits.message_bytes)
        await socket.prepare(request)
        transport = request.transport
        if transport is None:
            return socket  # gone already
        async with asyncio.TaskGroup() as tasks:
            line = WebSocketConnection(socket, transport, tasks, address)
            private = request.headers.get("Sec-GPC") == "1"
            conversation = _Conversation(room, socket, line, context, private)
            # A task of its own: each message would go through all that awaits this one.
            tasks.create_task(conversation.hold(), name="conversation")
    return socket


class _Conversation:
    """One socket from `Hello` to its end."""

    __slots__ = (
        "_context",
        "_line",
        "_longest",
        "_meter",
        "_monotonic",
        "_private",
        "_room",
        "_socket",
    )

    def __init__(
        self,
        room: str,
        socket: Socket,
        line: WebSocketConnection,
        context: SocketContext,
        private: bool,
    ) -> None:
        self._room = room
        self._private = private
        self._socket = socket
        self._line = line
        self._context = context
        limits = context.limits
        self._longest = limits.message_bytes
        self._meter = Meter(limits.messages_per_second, limits.message_burst)
        self._monotonic = context.monotonic

    async def hold(self) -> None:
        """Speak until the socket closes, and close it."""
        try:
            await self._speak()
        finally:
            self._line.close(REFUSED)

    async def _speak(self) -> None:
        try:
            record = await self._context.registry.find(self._room)
        except PeerError as exc:
            self._refuse(exc)
            return
        self._context.addresses.came(self._line.address, record.id)
        challenge = secrets.token_urlsafe(24)
        life = self._context.registry.life(record.id)
        self._send(wire.Hello(challenge=challenge, life=life))
        greeted = await self._greet(challenge)
        if greeted is None:
            return
        room, seat = greeted
        try:
            await self._listen(room, seat)
        finally:
            room.lost(seat, self._line)

    async def _greet(self, challenge: str) -> tuple[Room, Seat] | None:
        """The room and the seat that this socket speaks for; `None`: it was refused."""
        try:
            async with asyncio.timeout(GREET_WITHIN):
                for _ in range(GREETINGS):
                    frame = await self._frame()
                    if frame is None:
                        return None
                    message = wire.parse(frame)
                    room = await self._context.registry.enter(self._room)
                    try:
                        entry = await self._entry(message)
                        return room, self._seat(room, message, challenge, entry)
                    except ResumeUnknown as exc:
                        self._fault(exc, "resume")
        except PeerError as exc:
            self._refuse(exc)
        except TimeoutError:
            self._refuse(OutOfOrder("Nothing was said for too long. Connect again."))
        return None

    async def _entry(self, message: wire.ClientMessage) -> Entry | None:
        """As whom somebody comes by a token; a bad one is none."""
        if not isinstance(message, wire.Join) or message.entry is None:
            return None
        jwk = message.key.model_dump(exclude_none=True)
        who = ParticipantKey.from_jwk(jwk).thumbprint
        return await self._context.registry.entries.redeem(
            self._room, message.entry, who
        )

    def _seat(
        self,
        room: Room,
        message: wire.ClientMessage,
        challenge: str,
        entry: Entry | None,
    ) -> Seat:
        match message:
            case wire.Join():
                return room.join(
                    message,
                    self._line,
                    challenge,
                    private=self._private,
                    entry=entry,
                )
            case wire.Resume():
                return room.resume(message, self._line)
            case _:
                raise OutOfOrder

    async def _listen(self, room: Room, seat: Seat) -> None:
        heartbeat = Heartbeat(self._line, self._context.limits.heartbeat)

        def take(frame: bytes) -> bool:
            if self._line.closing or not self._may(len(frame)):
                return False
            heartbeat.heard()
            self._receive(room, seat, frame)
            return True

        self._socket.take_with(take)
        try:
            while (frame := await self._frame()) is not None:
                heartbeat.heard()
                self._receive(room, seat, frame)
        finally:
            self._socket.take_with(None)
            heartbeat.stop()

    def _receive(self, room: Room, seat: Seat, frame: bytes) -> None:
        signal = wire.read_signal(frame)
        if signal is not None and room.relay(seat, *signal):
            return
        about = None
        try:
            message = wire.parse(frame)
            about = message.type
            room.receive(seat, message)
        except PeerError as exc:
            self._fault(exc, about)

    async def _frame(self) -> bytes | None:
        """The next text within the limits; `None` at the end."""
        while True:
            kind, said, _ = await self._socket.receive()
            size = len(said) if kind in _CONTENT else 0
            if not self._meter.acquire(1 + size / WEIGHS, self._monotonic()):
                self._cut_off()
                return None
            if kind is WSMsgType.TEXT:
                text: bytes = said
                if size <= self._longest:
                    return text
                self._fault(MessageTooLarge())
            elif kind is WSMsgType.BINARY:
                self._fault(MalformedMessage("Frames are text."))
            elif kind is WSMsgType.PING:
                self._line.pong(said)
            elif kind is WSMsgType.ERROR and not isinstance(said, WebSocketError):
                raise said  # what was taken has crashed
            elif kind is not WSMsgType.PONG:
                return None

    def _may(self, size: int) -> bool:
        """Whether a text of `size` bytes is within the limits, and counted."""
        if size > self._longest:
            return False
        return self._meter.acquire(1 + size / WEIGHS, self._monotonic())

    def _cut_off(self) -> None:
        self._context.addresses.cut_off(self._line.address, self._room)
        self._refuse(RateLimited(), TOO_FAST)

    def _refuse(self, exc: PeerError, code: int = REFUSED) -> None:
        self._fault(exc)
        later = isinstance(exc, LedgerUnavailable)
        self._line.close(TRY_LATER if later else code)

    def _fault(self, exc: PeerError, about: str | None = None) -> None:
        self._send(wire.Fault(code=exc.code, detail=str(exc), about=about))

    def _send(self, message: wire.Message) -> None:
        self._line.send(encoded(message))
