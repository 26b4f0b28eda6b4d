"""Tracks as the recorder writes them, with what real encoders make."""

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from gatekeeper.media.recording.webm import TimedFrame, WebmFile
from gatekeeper.media.tap.rtp import vp8_picture

BEGAN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FPS = 10
KEYFRAME = 10
"""Pictures between keyframes: each second begins with one."""


def pictures(seconds: int, mark: int = 0, at: int = 0) -> Iterator[TimedFrame]:
    """A camera in which something moves; `mark` makes it another one's."""
    codec = av.CodecContext.create("libvpx", "w")
    assert isinstance(codec, av.VideoCodecContext)
    codec.width, codec.height, codec.pix_fmt = 64, 48, "yuv420p"
    codec.time_base, codec.gop_size = Fraction(1, FPS), KEYFRAME
    codec.options = {"deadline": "realtime", "cpu-used": "8"}
    for number in range(seconds * FPS):
        shade = np.full((48, 64, 3), (mark * 37 % 200, 30, 30), np.uint8)
        shade[:, number % 64] = 255
        frame = av.VideoFrame.from_ndarray(shade, format="rgb24")
        frame.pts = number
        for packet in codec.encode(frame):
            data = bytes(packet)
            when = at + number * 1000 // FPS
            yield TimedFrame(data, when, vp8_picture(data))


def sound(seconds: int, mark: int = 0, at: int = 0) -> Iterator[TimedFrame]:
    """A microphone with a tone, which `mark` makes another one's."""
    codec = av.CodecContext.create("libopus", "w")
    assert isinstance(codec, av.AudioCodecContext)
    codec.rate, codec.layout, codec.format = 48_000, "mono", "s16"
    codec.time_base = Fraction(1, 48_000)
    step = np.arange(960)
    for number in range(seconds * 50):
        turn = 2 * np.pi * (300 + 70 * mark) / 48_000
        wave = 8000 * np.sin(turn * (step + number * 960))
        frame = av.AudioFrame.from_ndarray(
            wave.astype(np.int16).reshape(1, -1), "s16", "mono"
        )
        frame.rate, frame.pts = 48_000, number * 960
        for packet in codec.encode(frame):
            yield TimedFrame(bytes(packet), at + number * 20, None)


def write(
    path: Path,
    frames: Iterator[TimedFrame],
    *,
    video: bool,
    began: datetime = BEGAN,
) -> Path:
    """A finished file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    first = next(frames)
    file = WebmFile(path, began, first, video=video)
    file.write(first)
    for frame in frames:
        file.write(frame)
    file.close()
    return path
