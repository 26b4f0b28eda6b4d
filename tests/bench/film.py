"""
What the finished film costs: four cameras and microphones, one worker process.

Four participants send 720p cameras (30 frames/s, VP8, 1.5 Mbit/s) and microphones
(Opus, syllables of noise, taking turns). Their tracks are written as a recording writes
them; then the worker makes the film, and only it is measured. It is made of a minute
and of three minutes: memory must not grow with the length.
"""

import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import av
import numpy as np

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.film.files import Folder
from gatekeeper.media.film.recipe import Format, Opening, Recipe, Track
from gatekeeper.media.recording.webm import TimedFrame, WebmFile
from gatekeeper.media.tap.rtp import vp8_picture
from tests.bench.record import FPS, encode

SECONDS, LONGER = 60, 180
PEOPLE = ("mara", "tom", "ana", "jo")
BEGAN = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
TURN = 7
"""Seconds for which each speaks."""
MIB = 1024
HOW = (
    "four 1280x720@30 VP8 cameras at 1.5 Mbit/s and four Opus microphones, speakers "
    f"taking turns of {TURN} s, into 1280x720@25"
)


def run() -> dict[str, dict[str, Any]]:
    """Measure; results by name."""
    with tempfile.TemporaryDirectory() as folder:
        encode(Path(folder))
        seconds, busy, peak = made(Path(folder), SECONDS, "mp4")
        webm, working, _ = made(Path(folder), SECONDS, "webm")
        _, _, later = made(Path(folder), LONGER, "mp4")
    return {
        "film_speed": {
            "value": round(SECONDS / seconds, 2),
            "unit": "x real time",
            "baseline": f"as WebM (VP9, Opus): {SECONDS / webm:.2f} x, with "
            f"{working / SECONDS:.2f} CPU seconds per second",
            "how": f"{HOW} as MP4 (H.264, AAC): {SECONDS} s / wall-clock time of the "
            f"worker at nice 10, with {busy / SECONDS:.2f} CPU seconds per second",
        },
        "film_peak_mb": {
            "value": round(peak / MIB),
            "unit": "MiB",
            "baseline": f"of {LONGER} s instead of {SECONDS} s: {later / MIB:.0f} MiB",
            "how": f"{HOW}: peak resident memory of the worker",
        },
    }


def made(folder: Path, seconds: int, form: Format) -> tuple[float, float, int]:
    """Make a film: seconds taken, CPU seconds, and peak memory in KiB."""
    data = folder / f"{form}-{seconds}"
    place = Folder(data / "films/room/recording")
    place.begin(recipe(folder, data, seconds, form))
    began, before = time.monotonic(), _cpu()
    with subprocess.Popen(
        [sys.executable, "-m", "gatekeeper.media.film", str(place.path), str(data)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as worker:
        assert worker.stdout is not None
        peak, last = 0, ""
        for line in worker.stdout:
            peak, last = max(peak, _peak(worker.pid)), line
    taken = time.monotonic() - began
    if worker.returncode or place.films() is None:
        raise RuntimeError(f"no film: {last}")
    return taken, _cpu() - before, peak


def recipe(folder: Path, data: Path, seconds: int, form: Format) -> Recipe:
    """Write the tracks of `seconds`; the recipe for their film."""
    tracks = []
    for number, who in enumerate(PEOPLE):
        for source, frames in (
            (SourceKind.CAMERA, _camera(folder, seconds)),
            (SourceKind.MICROPHONE, _voice(number, seconds)),
        ):
            path = f"recordings/room/recording/opening/{who}-{source}.webm"
            _write(data / path, frames, video=source is SourceKind.CAMERA)
            digest = hashlib.sha256((data / path).read_bytes()).hexdigest()
            tracks.append(
                Track(participant=who, source=source, path=path, sha256=digest)
            )
    opening = Opening(
        opening="opening",
        people=PEOPLE,
        viewers=PEOPLE,
        began=BEGAN,
        ended=BEGAN + timedelta(seconds=seconds),
        tracks=tuple(tracks),
    )
    return Recipe(
        room="room",
        feature="recording",
        language="en",
        format=form,
        names={who: who.title() for who in PEOPLE},
        openings=(opening,),
    )


def _write(path: Path, frames: Iterator[TimedFrame], *, video: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    first = next(frames)
    file = WebmFile(path, BEGAN, first, video=video)
    file.write(first)
    for frame in frames:
        file.write(frame)
    file.close()


def _camera(folder: Path, seconds: int) -> Iterator[TimedFrame]:
    """The two seconds of `record`, again and again."""
    with av.open(str(folder / "camera.webm")) as container:
        packets = [bytes(packet) for packet in container.demux() if packet.size]
    for number, data in enumerate(islice(cycle(packets), seconds * FPS)):
        yield TimedFrame(data, number * 1000 // FPS, vp8_picture(data))


def _voice(number: int, seconds: int) -> Iterator[TimedFrame]:
    """Noise that comes and goes four times a second while it is this one's turn."""
    codec = av.CodecContext.create("libopus", "w")
    assert isinstance(codec, av.AudioCodecContext)
    codec.sample_rate, codec.bit_rate = 48_000, 32_000
    codec.layout, codec.format = av.AudioLayout("mono"), av.AudioFormat("s16")
    chance = np.random.default_rng(number)
    sent = 0
    for block in range(seconds * 50):
        at = block / 50
        speaks = int(at // TURN) % len(PEOPLE) == number
        loud = 6000 * abs(np.sin(4 * np.pi * at)) if speaks else 30
        samples = (chance.normal(0, 1, (1, 960)) * loud).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(samples, "s16", "mono")
        frame.sample_rate, frame.pts = 48_000, block * 960
        for packet in codec.encode(frame):
            yield TimedFrame(bytes(packet), sent * 20, None)
            sent += 1


def _cpu() -> float:
    """CPU seconds of the children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak(pid: int) -> int:
    """The most resident memory that a process has had, in KiB; 0 if it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except FileNotFoundError:
        return 0
    found = [line.split()[1] for line in status.splitlines() if "VmHWM" in line]
    return int(found[0]) if found else 0
