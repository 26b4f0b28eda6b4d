"""
People for media tests: real aiortc senders, each with a colour and a tone.

The sleeps here pace a camera; no test waits by sleeping for a time.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)

from gatekeeper.consent.types import (
    ContentKind,
    FeatureId,
    OpeningId,
    ParticipantId,
    RoomId,
    SourceKind,
)
from gatekeeper.evidence.history import Captured
from gatekeeper.gating.permit import Mint, Permit
from gatekeeper.gating.sink import Opened
from gatekeeper.media.recording.context import RecordingContext
from gatekeeper.media.recording.opener import RecordingOpener
from gatekeeper.media.recording.recorder import Recorder
from gatekeeper.media.recording.store import RecordingStore
from gatekeeper.media.tap.quota import Caps
from gatekeeper.meeting.roster import Roster
from gatekeeper.wire.base import Message
from gatekeeper.wire.server import Fault

ROOM = RoomId("room")
RECORDING = FeatureId("recording")
ALICE = ParticipantId("alice-_1")
BOB = ParticipantId("bob-_2")

RED = (200, 30, 30)
BLUE = (30, 30, 200)
Colour = tuple[int, int, int]

RATE = 48_000
FPS = 20


class Camera(MediaStreamTrack):
    """A flat colour with a small moving bar, so that the encoder keeps sending."""

    kind = "video"

    def __init__(self, colour: Colour, sizes: Sequence[tuple[int, int]]) -> None:
        super().__init__()
        self.colour = colour
        self.sizes = list(sizes)
        """One per second of what is sent, the last one on and on; (height, width)."""
        self._start = asyncio.get_running_loop().time()
        self._count = 0

    async def recv(self) -> av.VideoFrame:
        loop = asyncio.get_running_loop()
        self._count += 1
        await asyncio.sleep(self._start + self._count / FPS - loop.time())
        height, width = self.sizes[min(self._count // FPS, len(self.sizes) - 1)]
        picture = np.full((height, width, 3), self.colour, np.uint8)
        picture[:8, self._count % width : self._count % width + 8] = 128
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts = int((loop.time() - self._start) * 90_000)
        frame.time_base = Fraction(1, 90_000)
        return frame


class Microphone(MediaStreamTrack):
    """A tone."""

    kind = "audio"

    def __init__(self, hertz: float) -> None:
        super().__init__()
        self._hertz = hertz
        self._start = asyncio.get_running_loop().time()
        self._count = 0

    async def recv(self) -> av.AudioFrame:
        at = np.arange(self._count, self._count + 960) / RATE
        tone = (np.sin(2 * np.pi * self._hertz * at) * 12_000).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(tone[None, :], "s16", "mono")
        frame.sample_rate, frame.pts = RATE, self._count
        frame.time_base = Fraction(1, RATE)
        self._count += 960
        due = self._start + self._count / RATE
        await asyncio.sleep(due - asyncio.get_running_loop().time())
        return frame


class Silent(MediaStreamTrack):
    """A track of which nothing ever comes."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__()

    async def recv(self) -> av.VideoFrame:
        await asyncio.Event().wait()
        raise AssertionError


class Sender:
    """A participant's browser, with a peer connection to one tap."""

    def __init__(self, tracks: dict[SourceKind, MediaStreamTrack]) -> None:
        self.pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.sources: dict[str, SourceKind] = {}
        for source, track in tracks.items():
            self.sources[str(len(self.sources))] = source
            self.pc.addTransceiver(track, direction="sendonly")

    async def offer(self) -> str:
        await self.pc.setLocalDescription(await self.pc.createOffer())
        return self.pc.localDescription.sdp

    async def accept(self, sdp: str) -> None:
        await self.pc.setRemoteDescription(RTCSessionDescription(sdp, "answer"))


@dataclass
class Kept:
    """Captures, written down."""

    captures: list[Captured] = field(default_factory=list)

    async def finished(self, room: RoomId, captured: Captured) -> None:
        assert (room, captured.feature) == (ROOM, RECORDING)
        self.captures.append(captured)


def times_of(captured: Captured) -> tuple[datetime, datetime]:
    """When the first and the last frame of a file were."""
    assert captured.first is not None
    assert captured.last is not None
    return captured.first, captured.last


class Company(Roster):
    """Who is told what, written down."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[ParticipantId, str]] = []

    def tell(self, participant: ParticipantId, message: Message) -> None:
        assert isinstance(message, Fault)
        self.told.append((participant, message.code))


class Meeting:
    """A recorder, and people in front of it."""

    def __init__(
        self,
        data: Path,
        tasks: asyncio.TaskGroup,
        reserve: int,
        caps: Caps = Caps(),  # noqa: B008 - frozen
    ) -> None:
        self.data = data
        self.kept = Kept()
        self.context = RecordingContext(
            data,
            clock=lambda: datetime.fromtimestamp(_wall(), UTC),
            captures=self.kept,
            reserve=reserve,
            caps=caps,
        )
        self.audience = Company()
        self.archive = RecordingStore(self.context)
        self.said: list[str] = []
        self._tasks = tasks
        self._mint = Mint()
        self._permits: list[Permit] = []
        self._senders: list[Sender] = []

    def open(
        self,
        opening: str = "opening",
        contents: Sequence[ContentKind] = tuple(ContentKind),
    ) -> tuple[Permit, Recorder]:
        permit = self._mint.issue(RECORDING, ROOM, OpeningId(opening))
        self._permits.append(permit)
        opener = RecordingOpener(self.context, {RECORDING: contents})
        opened = Opened(
            permit,
            self._tasks,
            running=lambda: self.said.append("running"),
            failed=lambda why: self.said.append(why.code),
        )
        recording = opener(opened, self.audience)
        recording.cut(0, [ALICE, BOB])
        return permit, recording

    def close(self, permit: Permit) -> None:
        self._mint.revoke(permit)

    def sender(self, tracks: dict[SourceKind, MediaStreamTrack]) -> Sender:
        sender = Sender(tracks)
        self._senders.append(sender)
        return sender

    async def tap(
        self,
        recording: Recorder,
        who: ParticipantId,
        tracks: dict[SourceKind, MediaStreamTrack],
    ) -> Sender:
        sender = self.sender(tracks)
        answer = await recording.offer(who, await sender.offer(), sender.sources)
        await sender.accept(answer)
        return sender

    def files(self) -> dict[str, int]:
        return {p.name: p.stat().st_size for p in self.data.rglob("*.webm")}

    async def end(self) -> None:
        for permit in self._permits:
            self._mint.revoke(permit)
        for sender in self._senders:
            await sender.pc.close()


def _wall() -> float:
    return datetime.now(UTC).timestamp()  # noqa: TID251 - this is the clock


@asynccontextmanager
async def meeting(
    data: Path,
    *,
    reserve: int = 0,
    caps: Caps = Caps(),  # noqa: B008 - frozen
) -> AsyncIterator[Meeting]:
    """A meeting that is over, its files closed and reported, on the way out."""
    async with asyncio.TaskGroup() as tasks:
        held = Meeting(data, tasks, reserve, caps)
        try:
            yield held
        finally:
            await held.end()
    held.context.close()


def both(colour: Colour, hertz: float) -> dict[SourceKind, MediaStreamTrack]:
    """A microphone and a camera."""
    return {
        SourceKind.MICROPHONE: Microphone(hertz),
        SourceKind.CAMERA: Camera(colour, [(120, 160)]),
    }


async def until(condition: Callable[[], bool]) -> None:
    """Return once `condition` holds; fail if it does not in half a minute."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - of files, which tell nobody
            await asyncio.sleep(0.01)


def pictures(file: Path) -> Iterator[tuple[float, av.VideoFrame]]:
    """The decoded frames of a file, with their time in seconds."""
    with av.open(str(file)) as container:
        for frame in container.decode(video=0):
            assert frame.time is not None
            yield frame.time, frame


def colours(file: Path) -> list[tuple[int, int, int]]:
    """The mean colour of each frame."""
    found = []
    for _, frame in pictures(file):
        mean = frame.to_ndarray(format="rgb24").mean(axis=(0, 1))
        found.append((int(mean[0]), int(mean[1]), int(mean[2])))
    return found


def is_colour(found: tuple[int, int, int], wanted: Colour) -> bool:
    return all(abs(a - b) < 25 for a, b in zip(found, wanted, strict=True))


def tones(file: Path) -> list[float]:
    """The strongest frequency in each 20 ms of sound, in hertz; 0 for silence."""
    found = []
    with av.open(str(file)) as container:
        for frame in container.decode(audio=0):
            sound = frame.to_ndarray().mean(axis=0)[:960]
            spectrum = np.abs(np.fft.rfft(sound, 4800))
            loud = float(np.abs(sound).max()) > 0.01
            found.append(float(spectrum.argmax()) * 10 if loud else 0.0)
    return found
