"""
What a recording costs with many cameras: 1 to 24 in one room, in one process of ours.

Each participant sends a 720p camera (30 frames/s, VP8, 1.5 Mbit/s) and a microphone
(Opus). One process sends for all of them: packets made beforehand, numbered anew for
each participant and encrypted with the keys of their own connection, each participant
a little later than the one before. Only the receiving process is measured, all threads
together. What arrives is compared with what was due; when the sender cannot keep its
pace, the series ends with the largest number that it could feed.

Rewrites `cameras.json` and the plot of it, `docs/cameras.svg`.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from heapq import heapify, heapreplace
from pathlib import Path
from secrets import randbits
from struct import pack
from typing import Any

import av
import structlog
from aiortc import (
    RTCCertificate,
    RTCDtlsTransport,
    RTCIceGatherer,
    RTCIceTransport,
)
from aiortc.codecs.vpx import Vp8Encoder
from aiortc.sdp import SessionDescription, candidate_to_sdp

from gatekeeper.consent.types import (
    ContentKind,
    FeatureId,
    OpeningId,
    ParticipantId,
    RoomId,
)
from gatekeeper.errors import SinkUnavailable
from gatekeeper.evidence.history import Captured
from gatekeeper.gating.permit import Mint
from gatekeeper.gating.sink import Opened
from gatekeeper.media.recording.context import RecordingContext
from gatekeeper.media.recording.opener import RecordingOpener
from gatekeeper.meeting.roster import Roster
from tests.bench import child, plot, process
from tests.bench.record import FPS, SOURCES, encode

CAMERAS = (1, 2, 4, 8, 12, 16, 24)
WARM_UP = 2.0
MEASURED = 12.0
"""Seconds."""
ENOUGH = 0.98
"""Of the frames that are due, so many must arrive."""
TRIES = 3
"""A busy machine may stop either process for so long that packets are lost."""
SERIES = Path(__file__).with_suffix(".json")
PLOT = Path(__file__).parents[2] / "docs" / "cameras.svg"


def run() -> dict[str, dict[str, Any]]:
    """Measure the series, write it and its plot; results by name."""
    series: list[dict[str, Any]] = []
    found: dict[str, Any] = {}
    whole, limit = False, ""
    for cameras in CAMERAS:
        for _ in range(TRIES):
            found = measure(cameras)
            whole = found["frames_received"] >= ENOUGH * found["frames_expected"]
            if whole:
                break
        sender = found.pop("sender")
        if not whole:
            limit = (
                f"; with {cameras} the sender, at {sender} % of a core, could not "
                f"keep its pace ({found['frames_received']} of "
                f"{found['frames_expected']} frames)"
            )
            break
        series.append(found)
    if not series:
        raise RuntimeError("the sender could not feed one camera" + limit)
    SERIES.write_text(json.dumps(series, indent=2) + "\n", "utf-8")
    PLOT.write_text(plot.cameras(series), "utf-8")
    first, last = series[0], series[-1]
    loop = child.loop_name()
    return {
        "record_cameras": {
            "value": round(last["cpu_percent"] / last["cameras"], 2),
            "unit": "% of a core per camera",
            "baseline": f"with {first['cameras']}: {first['cpu_percent']:.2f} %, "
            f"{first['rss_mb']:.0f} MB",
            "how": f"CPU of one recording process with {last['cameras']} 1280x720@30 "
            "VP8 cameras at 1.5 Mbit/s and as many Opus microphones over loopback, per "
            f"camera, on {loop}: {last['cpu_percent']:.1f} % of a core and "
            f"{last['rss_mb']:.0f} MB (RSS) in all; over {MEASURED:g} s{limit}",
        }
    }


def measure(cameras: int) -> dict[str, Any]:
    """One row of the series, and what the sender took of a core."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _role("send", folder, cameras) as sender,
        _role("receive", folder, cameras) as receiver,
    ):
        receiver.tell(sender.hear())
        sender.tell(receiver.hear())
        receiver.tell(sender.hear())  # that all are connected
        receiver.hear()  # that it begins to measure
        before = process.cpu(sender.pid)
        costs = receiver.hear()
        taken = process.cpu(sender.pid) - before
        frames = receiver.hear()
    share = round(100 * taken / MEASURED)
    return {"cameras": cameras, **costs, **frames, "sender": share}


def _role(
    role: str, folder: str, cameras: int
) -> AbstractContextManager[process.Process]:
    return process.python("tests.bench.cameras", role, folder, str(cameras))


# ---- Those who send ---------------------------------------------------------------


class Source:
    """A clip, round and round, as RTP packets of one connection."""

    def __init__(
        self,
        frames: list[list[bytes]],
        *,
        number: int,
        payload_type: int,
        per_second: int,
        rate: int,
    ) -> None:
        self._frames = frames
        self._type = payload_type
        self._step = rate // per_second
        self.per_second = per_second
        self.number = number
        self.ssrc = randbits(32)
        self._sequence = randbits(15)
        self._start = randbits(31)
        self._count = 0
        self._packets = self._bytes = 0

    def next(self) -> Iterator[bytes]:
        """The packets of one frame; once a second a sender report before it."""
        timestamp = self._start + self._count * self._step & 0xFFFFFFFF
        if self._count % self.per_second == 0:
            yield self._report(timestamp)
        parts = self._frames[self._count % len(self._frames)]
        self._count += 1
        last = len(parts) - 1
        for place, part in enumerate(parts):
            # The marker ends a picture; sound has none in the middle of a stream.
            marked = 0x80 if place == last and self._type == VIDEO_TYPE else 0
            header = (0x80, marked | self._type, self._sequence, timestamp, self.ssrc)
            self._sequence = self._sequence + 1 & 0xFFFF
            self._packets += 1
            self._bytes += len(part)
            yield pack("!BBHII", *header) + part

    def _report(self, timestamp: int) -> bytes:
        since_1900 = int((time.time() + 2_208_988_800) * (1 << 32))
        told = (timestamp, self._packets, self._bytes & 0xFFFFFFFF)
        return pack("!BBHIQIII", 0x80, 200, 6, self.ssrc, since_1900, *told)


AUDIO_TYPE, VIDEO_TYPE = 111, 96


class Participant:
    """One connection with a microphone and a camera: aiortc's, without its senders."""

    def __init__(self, sound: list[list[bytes]], pictures: list[list[bytes]]) -> None:
        self._gatherer = RTCIceGatherer(iceServers=[])
        self._ice = RTCIceTransport(self._gatherer)
        self._ice._connection.ice_controlling = True
        self._dtls = RTCDtlsTransport(self._ice, [RTCCertificate.generateCertificate()])
        self.sources = (
            Source(
                sound, number=0, payload_type=AUDIO_TYPE, per_second=50, rate=48_000
            ),
            Source(
                pictures, number=1, payload_type=VIDEO_TYPE, per_second=FPS, rate=90_000
            ),
        )

    async def offer(self) -> str:
        await self._gatherer.gather()
        ice, dtls = self._gatherer.getLocalParameters(), self._dtls.getLocalParameters()
        lines = ["v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0", "a=group:BUNDLE 0 1"]
        for source, codec in zip(
            self.sources, ("opus/48000/2", "VP8/90000"), strict=True
        ):
            kind = "video" if source.number else "audio"
            number = VIDEO_TYPE if source.number else AUDIO_TYPE
            lines += [
                f"m={kind} 9 UDP/TLS/RTP/SAVPF {number}",
                "c=IN IP4 0.0.0.0",
                "a=sendonly",
                f"a=mid:{source.number}",
                "a=rtcp-mux",
                f"a=rtpmap:{number} {codec}",
                f"a=ssrc:{source.ssrc} cname:bench",
                *(
                    "a=candidate:" + candidate_to_sdp(candidate)
                    for candidate in self._gatherer.getLocalCandidates()
                ),
                f"a=ice-ufrag:{ice.usernameFragment}",
                f"a=ice-pwd:{ice.password}",
                *(f"a=fingerprint:{f.algorithm} {f.value}" for f in dtls.fingerprints),
                "a=setup:actpass",
            ]
        return "\r\n".join(lines) + "\r\n"

    async def connect(self, answer: str) -> None:
        media = SessionDescription.parse(answer).media[0]
        assert media.ice is not None
        assert media.dtls is not None
        for candidate in media.ice_candidates:
            await self._ice.addRemoteCandidate(candidate)
        await self._ice.addRemoteCandidate(None)
        await self._ice.start(media.ice)
        await self._dtls.start(media.dtls)
        if self._dtls.state != "connected":
            raise ConnectionError(f"ICE {self._ice.state}, DTLS {self._dtls.state}")

    def sender(self) -> Callable[[Source], None]:
        """What encrypts one frame of a source and sends it."""
        srtp = self._dtls._tx_srtp
        pair = self._ice._connection._nominated[1]
        sendto, address = pair.protocol.transport.sendto, pair.remote_addr

        def send(source: Source) -> None:
            for packet in source.next():
                if packet[1] == 200:
                    sendto(srtp.protect_rtcp(packet), address)
                else:
                    sendto(srtp.protect(packet), address)

        return send


def _clips(folder: Path) -> tuple[list[list[bytes]], list[list[bytes]]]:
    """The payloads of each frame: sound, pictures."""
    encode(folder)
    packer = Vp8Encoder()
    pictures = []
    with av.open(str(folder / "camera.webm")) as container:
        for packet in container.demux():
            if packet.size:
                packet.time_base = packet.time_base or Fraction(1, 1000)
                pictures.append(packer.pack(packet)[0])
    with av.open(str(folder / "microphone.webm")) as container:
        sound = [[bytes(packet)] for packet in container.demux() if packet.size]
    return sound, pictures


async def send(folder: Path, cameras: int) -> None:
    clips = _clips(folder)
    people = [Participant(*clips) for _ in range(cameras)]
    _say([await person.offer() for person in people])
    answers = await _hear()
    async with asyncio.TaskGroup() as tasks:
        for person, answer in zip(people, answers, strict=True):
            tasks.create_task(person.connect(answer))
    _say("connected")
    loop = asyncio.get_running_loop()
    start = loop.time()
    # Nobody's camera is in step with another's.
    due = [
        (start + place / cameras / source.per_second, place, source.number)
        for place, person in enumerate(people)
        for source in person.sources
    ]
    heapify(due)
    senders = [person.sender() for person in people]
    while True:
        at, place, number = due[0]
        await asyncio.sleep(at - loop.time())
        source = people[place].sources[number]
        senders[place](source)
        heapreplace(due, (at + 1 / source.per_second, place, number))


# ---- Our recording ----------------------------------------------------------------


async def receive(folder: Path, cameras: int) -> None:
    data = folder / "data"
    data.mkdir()
    context = RecordingContext(data, clock=_clock, captures=_Nobody(), reserve=0)
    opener = RecordingOpener(context, {FeatureId("recording"): list(ContentKind)})
    mint = Mint()
    permit = mint.issue(FeatureId("recording"), RoomId("room"), OpeningId("opening"))
    async with asyncio.TaskGroup() as tasks:
        recording = opener(Opened(permit, tasks, _go_on, _failed), Roster())
        recording.cut(0, [ParticipantId(f"someone{n}") for n in range(cameras)])
        _say(
            [
                await recording.offer(ParticipantId(f"someone{n}"), offer, SOURCES)
                for n, offer in enumerate(await _hear())
            ]
        )
        await _hear()
        await asyncio.sleep(WARM_UP)
        _say("measuring")
        cpu, start = time.process_time(), time.time()
        await asyncio.sleep(MEASURED)
        cpu, end = time.process_time() - cpu, time.time()
        _say(
            {
                "cpu_percent": round(100 * cpu / (end - start), 2),
                "rss_mb": round(process.resident(os.getpid()), 1),
            }
        )
        mint.revoke(permit)
        await recording.stopped()
    context.close()
    files = sorted(data.rglob("*-camera.webm"))
    _say(
        {
            "frames_received": sum(_frames_between(file, start, end) for file in files),
            "frames_expected": round(FPS * (end - start)) * cameras,
        }
    )


class _Nobody:
    async def finished(self, room: RoomId, captured: Captured) -> None:
        """Hear of a file, and do nothing."""


def _frames_between(file: Path, start: float, end: float) -> int:
    with av.open(str(file)) as container:
        began = datetime.fromisoformat(container.metadata["creation_time"])
        times = [
            (began + timedelta(seconds=float(p.pts * p.time_base))).timestamp()
            for p in container.demux()
            if p.pts is not None and p.size
        ]
    return sum(start <= at < end for at in times)


def _go_on() -> None:
    """The first one has connected."""


def _failed(why: SinkUnavailable) -> None:
    raise RuntimeError(f"the recording has failed: {why.code}")


def _clock() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


async def _hear() -> Any:
    return json.loads(await asyncio.to_thread(sys.stdin.readline))


_ROLES: dict[str, Callable[[Path, int], Coroutine[Any, Any, None]]] = {
    "send": send,
    "receive": receive,
}


def main() -> None:
    """Play the role named on the command line; without one, run and print."""
    if len(sys.argv) < 4:
        sys.stdout.write(json.dumps(run(), indent=2) + "\n")
        return
    # Standard output is for the other processes.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    with asyncio.Runner(loop_factory=child.loop_factory()) as runner:
        runner.run(_ROLES[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3])))


if __name__ == "__main__":
    main()
