"""
What a recording costs: ours against aiortc's `MediaRecorder`, in one run.

One participant sends a 720p camera (30 frames/s, VP8, 1.5 Mbit/s) and a microphone
(Opus). The sender is a process of its own that replays frames encoded beforehand; each
receiver is a process too, and only its CPU time counts, all threads together, divided
by the seconds of pictures that came through. `MediaRecorder` needs more than a core
for one camera and loses packets when it falls behind; it gets the same frames at an
eighth of the pace, which changes little about the cost of a frame.

`python -m tests.bench.record` prints the results.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.filter
import numpy as np
import structlog
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.contrib.media import MediaRecorder
from aiortc.mediastreams import MediaStreamError

from gatekeeper.consent.types import (
    ContentKind,
    FeatureId,
    OpeningId,
    ParticipantId,
    RoomId,
    SourceKind,
)
from gatekeeper.errors import SinkUnavailable
from gatekeeper.evidence.history import Captured
from gatekeeper.gating.permit import Mint
from gatekeeper.gating.sink import Opened
from gatekeeper.media.recording.context import RecordingContext
from gatekeeper.media.recording.opener import RecordingOpener
from gatekeeper.meeting.roster import Roster

FPS = 30
WARM_UP = 2.0
MEASURED = 12.0
"""Seconds."""
SOURCES = {"0": SourceKind.MICROPHONE, "1": SourceKind.CAMERA}
HOW = (
    "CPU of the receiving process for one 1280x720@30 VP8 camera at 1.5 Mbit/s and one "
    "Opus microphone over loopback, per second of pictures"
)


def run() -> dict[str, dict[str, Any]]:
    """Measure both; results by name."""
    with tempfile.TemporaryDirectory() as folder:
        encode(Path(folder))
        ours = measure("send", "ours", Path(folder))
        theirs = measure("send slowly", "theirs", Path(folder))
    loop = ours["loop"]
    percent, baseline = 100 * ours["share"], 100 * theirs["share"]
    return {
        "record_cpu_ratio": {
            "value": round(baseline / percent, 1),
            "unit": "x",
            "baseline": f"aiortc MediaRecorder to WebM: {baseline:.1f} % of a core",
            "how": f"{HOW}: MediaRecorder / ours, both on {loop}",
        },
        "record_camera_percent": {
            "value": round(percent, 2),
            "unit": "% of a core",
            "baseline": f"{baseline:.1f} % (aiortc MediaRecorder to WebM)",
            "how": f"{HOW}, on {loop}",
        },
    }


def measure(sending: str, receiver: str, folder: Path) -> dict[str, Any]:
    """Run one sender and one receiver; what the receiver says of itself."""
    with _child(sending, folder) as sender, _child(receiver, folder) as receiving:
        try:
            _pass(_line(sender), receiving)
            _pass(_line(receiving), sender)
            result: dict[str, Any] = json.loads(_line(receiving))
        finally:
            sender.terminate()
    return result


def _child(role: str, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bench.record", role, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def _pass(line: str, child: "subprocess.Popen[str]") -> None:
    assert child.stdin is not None
    child.stdin.write(line + "\n")
    child.stdin.flush()


def _line(child: "subprocess.Popen[str]") -> str:
    assert child.stdout is not None
    line = child.stdout.readline().strip()
    if not line:
        raise RuntimeError("a process of the benchmark has died")
    return line


# ---- What is sent -----------------------------------------------------------------


def encode(folder: Path) -> None:
    """Write two seconds of camera and of microphone, to be sent again and again."""
    with av.open(str(folder / "camera.webm"), "w") as container:
        stream = container.add_stream("libvpx", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        stream.bit_rate = 700_000  # a short clip overshoots, to 1.5 Mbit/s
        for picture in pictures(2 * FPS):
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    chance = np.random.default_rng(1)
    with av.open(str(folder / "microphone.webm"), "w") as container:
        sound = container.add_stream("libopus", rate=48_000, layout="mono")
        sound.bit_rate = 32_000
        for number in range(2 * 50):
            samples = chance.integers(-8000, 8000, (1, 960), np.int16)
            noise = av.AudioFrame.from_ndarray(samples, "s16", "mono")
            noise.sample_rate, noise.pts = 48_000, number * 960
            container.mux(sound.encode(noise))
        container.mux(sound.encode())


def pictures(count: int) -> Iterator[av.VideoFrame]:
    """FFmpeg's moving test picture."""
    graph = av.filter.Graph()
    source = graph.add("testsrc2", f"size=1280x720:rate={FPS}")
    pixels = graph.add("format", "pix_fmts=yuv420p")
    sink = graph.add("buffersink")
    source.link_to(pixels)
    pixels.link_to(sink)
    graph.configure()
    for _ in range(count):
        picture = graph.pull()
        assert isinstance(picture, av.VideoFrame)
        yield picture


class Replay(MediaStreamTrack):
    """Encoded frames from a file, round and round, at their pace."""

    def __init__(
        self, kind: str, file: Path, pace: float, *, per_second: int, rate: int
    ) -> None:
        self.kind = kind
        super().__init__()
        with av.open(str(file)) as container:
            self._frames = [bytes(p) for p in container.demux() if p.size]
        self._per_second = per_second
        self._pace = pace
        self._rate = rate
        self._count = 0
        self._start = 0.0

    async def recv(self) -> Any:
        now = asyncio.get_running_loop().time()
        self._start = self._start or now
        due = self._start + self._count / self._per_second / self._pace
        await asyncio.sleep(due - now)
        packet = av.Packet(self._frames[self._count % len(self._frames)])
        packet.pts = self._count * self._rate // self._per_second
        packet.time_base = Fraction(1, self._rate)
        self._count += 1
        return packet


async def send(folder: Path, pace: float = 1.0) -> None:
    pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    sound, picture = folder / "microphone.webm", folder / "camera.webm"
    for track in (
        Replay("audio", sound, pace, per_second=50, rate=48_000),
        Replay("video", picture, pace, per_second=FPS, rate=90_000),
    ):
        pc.addTransceiver(track, direction="sendonly")
    await pc.setLocalDescription(await pc.createOffer())
    _say(pc.localDescription.sdp)
    await pc.setRemoteDescription(RTCSessionDescription(await _hear(), "answer"))
    await asyncio.sleep(WARM_UP + MEASURED + 1)
    await pc.close()


async def send_slowly(folder: Path) -> None:
    await send(folder, pace=1 / 8)


# ---- The two receivers ------------------------------------------------------------


async def ours(folder: Path) -> None:
    class Nobody:
        async def finished(self, room: RoomId, captured: Captured) -> None:
            """Hear of a file, and do nothing."""

    (folder / "ours").mkdir()
    context = RecordingContext(
        folder / "ours", clock=_clock, captures=Nobody(), reserve=0
    )
    opener = RecordingOpener(context, {FeatureId("recording"): list(ContentKind)})
    mint = Mint()
    permit = mint.issue(FeatureId("recording"), RoomId("room"), OpeningId("opening"))
    running = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        recording = opener(Opened(permit, tasks, running.set, _failed), Roster())
        recording.cut(0, [ParticipantId("someone")])
        _say(await recording.offer(ParticipantId("someone"), await _hear(), SOURCES))
        await running.wait()
        cpu, start, end = await _window()
        mint.revoke(permit)
        await recording.stopped()
    context.close()
    (file,) = (folder / "ours").rglob("*-camera.webm")
    _tell(cpu, _frames_between(file, start, end))


async def theirs(folder: Path) -> None:
    pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    recorder = MediaRecorder(str(folder / "theirs.webm"))
    camera: list[Counted] = []

    @pc.on("track")
    def on_track(track: MediaStreamTrack) -> None:
        counted = Counted(track)
        recorder.addTrack(counted)
        if track.kind == "video":
            camera.append(counted)

    await pc.setRemoteDescription(RTCSessionDescription(await _hear(), "offer"))
    await pc.setLocalDescription(await pc.createAnswer())
    await recorder.start()
    _say(pc.localDescription.sdp)
    await camera[0].first.wait()
    cpu = time.process_time()
    # It may fall behind even so: let it finish what it was sent.
    await camera[0].over.wait()
    _tell(time.process_time() - cpu, camera[0].count)
    await recorder.stop()
    await pc.close()


class Counted(MediaStreamTrack):
    """A track that counts its frames."""

    def __init__(self, track: MediaStreamTrack) -> None:
        self.kind = track.kind
        super().__init__()
        self._track = track
        self.count = 0
        self.first = asyncio.Event()
        self.over = asyncio.Event()

    async def recv(self) -> Any:
        try:
            frame = await self._track.recv()
        except MediaStreamError:
            self.over.set()
            raise
        self.count += 1
        self.first.set()
        return frame


async def _window(
    note: Callable[[], None] = lambda: None,
) -> tuple[float, float, float]:
    """CPU seconds of this process between two wall-clock times."""
    await asyncio.sleep(WARM_UP)
    cpu, start = time.process_time(), time.time()
    await asyncio.sleep(MEASURED)
    return time.process_time() - cpu, start, time.time()


def _frames_between(file: Path, start: float, end: float) -> int:
    with av.open(str(file)) as container:
        began = datetime.fromisoformat(container.metadata["creation_time"])
        times = [
            (began + timedelta(seconds=float(p.pts * p.time_base))).timestamp()
            for p in container.demux()
            if p.pts is not None and p.size
        ]
    return sum(start <= at < end for at in times)


def _tell(cpu: float, frames: int) -> None:
    if not frames:
        raise RuntimeError("nothing was recorded")
    loop = type(asyncio.get_running_loop()).__module__.partition(".")[0]
    _say({"share": cpu / (frames / FPS), "loop": loop})


def _clock() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def _failed(why: SinkUnavailable) -> None:
    raise RuntimeError(f"the recording has failed: {why.code}")


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


async def _hear() -> Any:
    return json.loads(await asyncio.to_thread(sys.stdin.readline))


_ROLES: dict[str, Callable[[Path], Coroutine[Any, Any, None]]] = {
    "send": send,
    "send slowly": send_slowly,
    "ours": ours,
    "theirs": theirs,
}


def main() -> None:
    """Play the role named on the command line; without one, run and print."""
    if len(sys.argv) < 3:
        sys.stdout.write(json.dumps(run(), indent=2) + "\n")
        return
    # Standard output is for the other processes.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    role = _ROLES[sys.argv[1]](Path(sys.argv[2]))
    try:
        import uvloop
    except ImportError:
        asyncio.run(role)
    else:
        uvloop.run(role)


if __name__ == "__main__":
    main()
