"""
A participant who speaks: real sockets, real aiortc, words synthesised by flite.

The sleeps pace a microphone; no test waits by sleeping for a time.
"""

import asyncio
import contextlib
import math
from collections import deque
from fractions import Fraction
from functools import cache
from typing import Any

import aiohttp
import av
from aiortc import (
    InvalidStateError,
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)

from gatekeeper.consent.types import RoomId, SourceKind
from gatekeeper.wire import SERVER
from tests.assistant.speech.voices import PACKET, packets, silence, spoken
from tests.meeting.person import Frame, Person

_SAMPLES = 960
"""In a packet, by the clock of Opus in RTP (RFC 7587, section 4.1)."""
BEFORE = 20
"""Packets that a tap must have heard, each in its time, before somebody speaks. What
was said before it heard anything is none of its, and to an utterance belongs what is
just before it."""
LATE = 0.1
"""Seconds after which a packet is not in its time."""


@cache
def _sent(text: str, voice: str) -> tuple[bytes, ...]:
    """The packets of a line, encoded once for all taps and all meetings."""
    return tuple(packets(spoken(text, voice)))


@cache
def _nothing() -> bytes:
    """A packet of silence, from the middle of some."""
    return packets(silence(10 * PACKET))[5]


class Mouth:
    """What somebody is saying: packets, as they are due. All their taps hear it."""

    def __init__(self, voice: str) -> None:
        self._voice = voice
        self._said: deque[tuple[float, tuple[bytes, ...]]] = deque()

    def say(self, text: str, begin: float | None = None) -> tuple[float, float]:
        """Begin to say it (now), and return when it begins and ends (loop time)."""
        sent = _sent(text, self._voice)
        start = begin or asyncio.get_running_loop().time()
        self._said.append((start, sent))
        return start, start + len(sent) * PACKET

    def at(self, when: float) -> bytes:
        """The packet of it at the loop's time `when`; silence where nothing is said."""
        for start, sent in self._said:
            place = math.floor((when - start) / PACKET)
            if 0 <= place < len(sent):
                return sent[place]
        return _nothing()


class Microphone(MediaStreamTrack):
    """A mouth, as a track."""

    kind = "audio"

    def __init__(self, mouth: Mouth) -> None:
        super().__init__()
        self._mouth = mouth
        self._start = asyncio.get_running_loop().time()
        self.sent = 0
        self.steady = 0
        """How many packets in a row went out when they were due."""

    async def recv(self) -> Any:
        now = asyncio.get_running_loop().time
        due = self._start + self.sent * PACKET
        await asyncio.sleep(due + PACKET - now())
        self.steady = self.steady + 1 if now() < due + LATE else 0
        packet = av.Packet(self._mouth.at(due))
        packet.pts, packet.time_base = self.sent * _SAMPLES, Fraction(1, 48_000)
        self.sent += 1
        return packet


class Speaker(Person):
    """A `Person` with a microphone, who offers each tap that is asked for."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        url: str,
        room: RoomId,
        name: str,
        *,
        voice: str,
        tasks: asyncio.TaskGroup,
    ) -> None:
        super().__init__(http, url, room, name)
        self.mouth = Mouth(voice)
        self.after = ""
        """The capability for the page afterwards."""
        self._taps: dict[str, RTCPeerConnection] = {}
        self._microphones: dict[str, Microphone] = {}
        self._heard_at: dict[str, int] = {}
        """How much each tap had been sent when it told that it hears."""
        self._tasks = tasks

    async def join(self, **more: Any) -> Frame:
        welcome = await super().join(**more)
        self.after = welcome["after"]
        return welcome

    @property
    def tapped(self) -> list[str]:
        """The openings that hear this person for certain, and have for a while."""
        return [
            opening
            for opening, sent in self._heard_at.items()
            if self._microphones[opening].sent >= sent + BEFORE
            and self._microphones[opening].steady >= BEFORE
        ]

    async def close(self) -> None:
        for opening in list(self._taps):
            await self._end(opening)

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            frame = SERVER.validate_json(message.data).model_dump(mode="json")
            if frame["type"] == "probe":
                with contextlib.suppress(ConnectionError):
                    await socket.send_json({"type": "here"})
                continue
            self._react(frame)
            async with self._news:
                self.heard.append(frame)
                self._news.notify_all()

    def _react(self, frame: Frame) -> None:
        match frame["type"]:
            case "tap":
                self._tasks.create_task(self._offer(frame["opening"]))
            case "tap-answer":
                self._tasks.create_task(self._accept(frame["opening"], frame["sdp"]))
            case "tap-closed":
                self._tasks.create_task(self._end(frame["opening"]))
            case _:
                pass

    async def _offer(self, opening: str) -> None:
        pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._taps[opening] = pc
        microphone = self._microphones[opening] = Microphone(self.mouth)
        pc.addTransceiver(microphone, direction="sendonly")
        with contextlib.suppress(InvalidStateError):  # closed meanwhile
            await pc.setLocalDescription(await pc.createOffer())
            await self.say(
                type="tap-offer",
                opening=opening,
                sdp=pc.localDescription.sdp,
                sources={"0": SourceKind.MICROPHONE},
            )

    async def _accept(self, opening: str, sdp: str) -> None:
        if (pc := self._taps.get(opening)) is None:
            return
        with contextlib.suppress(InvalidStateError):  # closed meanwhile
            await pc.setRemoteDescription(RTCSessionDescription(sdp, "answer"))
            await self._is_heard(opening, pc)

    async def _is_heard(self, opening: str, pc: RTCPeerConnection) -> None:
        """Wait for the tap's first receiver report of the microphone."""
        while opening in self._taps:
            stats = await pc.getStats()
            if any(each.type == "remote-inbound-rtp" for each in stats.values()):
                self._heard_at[opening] = self._microphones[opening].sent
                return
            await asyncio.sleep(PACKET)

    async def _end(self, opening: str) -> None:
        self._heard_at.pop(opening, None)
        if (pc := self._taps.pop(opening, None)) is not None:
            await pc.close()
