"""
Media: what a gate captures under a permit, as the machine that is lent it gets it.

Rule: nothing is given that came when the permit was over; a connection that breaks, and
a message that is no gate's, are its end.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from struct import Struct
from typing import Any, Literal, NamedTuple, Self

import aiohttp

from gatekeeper.client.faults import GateUnreachable, PermitEnded

Audio = Literal["opus", "pcm"]
Kind = Literal["opus", "pcm", "vp8"]
_KINDS: dict[int, Kind] = {1: "opus", 2: "pcm", 3: "vp8"}
_HEAD = Struct("!BBHIIQI")
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet of somebody's."""

    kind: Kind
    """`opus`: a packet (RFC 6716); `pcm`: 16 kHz, 16 bits, little endian, one channel;
    `vp8`: a frame (RFC 6386)."""
    participant: str
    """An id of this room alone."""
    name: str
    """What they are called in the room."""
    source: str
    """`microphone`, `camera`, `screen` or `screen-audio`."""
    people: frozenset[str]
    """Who was present, all of whom had agreed."""
    sequence: int
    """Of this source; what is missing was lost because it was read too slowly."""
    at: float
    """When it was taken, in seconds since 1970 by the gate's clock."""
    content: bytes


class _Track(NamedTuple):
    participant: str
    name: str
    source: str


class Media:
    """To be iterated, once."""

    def __init__(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        check: Callable[[], None],
        left: Callable[[], float],
    ) -> None:
        """`check` raises `PermitEnded` when it is over; `left`: seconds until then."""
        self._socket = socket
        self._check = check
        self._left = left
        self._tracks: dict[int, _Track] = {}
        self._people: dict[int, frozenset[str]] = {}

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Packet:
        """Raises `PermitEnded`; `GateUnreachable` for what is no gate's."""
        while True:
            message = await self._message()
            try:
                packet = self._read(message)
            except (KeyError, TypeError, ValueError, IndexError) as exc:
                raise GateUnreachable("A message that is no gate's.") from exc
            if packet is not None:
                return packet

    async def _message(self) -> aiohttp.WSMessage:
        while True:
            self._check()
            try:
                async with asyncio.timeout(self._left()):
                    message = await self._socket.receive()
            except TimeoutError:
                continue  # it was renewed meanwhile, or is over
            self._check()
            if message.type not in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
                raise PermitEnded("The gate has broken it off: keep nothing more.")
            return message

    def _read(self, message: aiohttp.WSMessage) -> Packet | None:
        if message.type is aiohttp.WSMsgType.TEXT:
            self._hear(json.loads(message.data))
            return None
        said: bytes = message.data
        version, kind, track, part, sequence, at, length = _head(said)
        if version != _VERSION or length != len(said) - _HEAD.size:
            raise ValueError(version)
        return Packet(
            _KINDS[kind],
            *self._tracks[track],
            people=self._people[part],
            sequence=sequence,
            at=at / 1e6,
            content=said[_HEAD.size :],
        )

    def _hear(self, said: dict[str, Any]) -> None:
        match said["type"]:
            case "part":
                self._people[int(said["part"])] = frozenset(map(str, said["people"]))
            case "track":
                who, name, source = said["participant"], said["name"], said["source"]
                self._tracks[int(said["track"])] = _Track(who, name, source)
            case "ended":
                self._tracks.pop(int(said["track"]), None)
            case _:
                pass  # of a later version


def _head(said: bytes) -> tuple[int, ...]:
    if len(said) < _HEAD.size:
        raise ValueError(len(said))
    return _HEAD.unpack_from(said)
