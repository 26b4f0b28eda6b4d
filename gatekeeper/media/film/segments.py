"""
Segments: the pictures of a part, encoded half a minute at a time.

Rule 1: a segment's file is there only when it is whole; one that is there is not made
again.
Rule 2: every segment begins with a keyframe and has no picture that refers to another
segment, so that they are joined without encoding.
"""

import shutil
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import av
from av.video.stream import VideoStream

from gatekeeper.media.film import plates
from gatekeeper.media.film.cells import HEIGHT, WIDTH
from gatekeeper.media.film.files import replace
from gatekeeper.media.film.picture import Composer
from gatekeeper.media.film.progress import Failed
from gatekeeper.media.film.recipe import Format
from gatekeeper.media.film.shots import Shot
from gatekeeper.media.film.timeline import (
    FPS,
    FRAME_MS,
    PAUSE_MS,
    Gap,
    Segment,
    Stretch,
)

RESERVE = 512 * 1024 * 1024
"""Bytes of free disk space that a film leaves to the meetings that go on."""

_KEYFRAME = 125
"""Pictures between keyframes: 5 s, for whoever skips through the film."""
_CODECS: dict[Format, tuple[str, dict[str, str]]] = {
    "mp4": (
        "libx264",
        {
            # With these two a third less work than `veryfast`, for the same size.
            "preset": "superfast",
            "mbtree": "1",
            "rc-lookahead": "10",
            "crf": "23",
            # Without B-frames a picture's place is its time, and segments join simply.
            "bf": "0",
            "threads": "2",
        },
    ),
    "webm": (
        "libvpx-vp9",
        {
            "deadline": "realtime",
            "cpu-used": "8",
            "row-mt": "1",
            "tile-columns": "2",
            "lag-in-frames": "0",
            "crf": "33",
            "b": "2500000",
            "threads": "2",
        },
    ),
}
_AHEAD = 3
"""Pictures that wait for the encoder."""
_SMPTE170M = 6
_LIMITED = 1


Made = Callable[[int], None]
"""Told how many milliseconds are done."""


class Pictures:
    """The pictures of one part."""

    def __init__(self, stretch: Stretch, folder: Path, form: Format) -> None:
        self._stretch = stretch
        self._folder = folder
        self._form = form

    @property
    def segments(self) -> list[Path]:
        """The files, in order; not all need be there."""
        return [self._path(segment) for segment in self._stretch.segments()]

    def make(self, shots: list[Shot], names: Mapping[str, str], made: Made) -> None:
        """Encode what is not there yet."""
        with closing(Composer(self._stretch, shots, names)) as composer:
            done = 0
            for segment in self._stretch.segments():
                if not self._path(segment).exists():
                    enough_space(self._folder)
                    self._encode(segment, composer, done, made)
                done += segment.length
                made(done)

    def _path(self, segment: Segment) -> Path:
        return self._folder / f"{segment.number:04}.mkv"

    def _encode(
        self, segment: Segment, composer: Composer, done: int, made: Made
    ) -> None:
        part = self._path(segment).with_suffix(".part")
        with Encoder(part, self._form) as encoder:
            for number in range(segment.frames):
                time = number * FRAME_MS
                encoder.submit(composer.at(segment.start + time))
                made(done + time)
        replace(part, self._path(segment))


def encoder(form: Format) -> str:
    """What FFmpeg calls the encoder of a film's pictures."""
    return _CODECS[form][0]


def card(gap: Gap, language: str, path: Path, form: Format) -> None:
    """Write the pictures of the card between two parts."""
    part = path.with_suffix(".part")
    shown = plates.gap(gap, language, WIDTH, HEIGHT)
    with Encoder(part, form) as encoder:
        for _ in range(PAUSE_MS // FRAME_MS):
            encoder.submit(shown)
    replace(part, path)


class Encoder:
    """
    One segment's file.

    Encodes in a thread of its own, so that both cores are busy: the next picture is
    composed meanwhile.
    """

    def __init__(self, path: Path, form: Format) -> None:
        codec, options = _CODECS[form]
        self._output = av.open(str(path.absolute()), "w", format="matroska")
        stream = self._output.add_stream(codec, rate=FPS, options=options)
        assert isinstance(stream, VideoStream)  # noqa: S101 - so are both codecs
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        encoder = stream.codec_context
        encoder.gop_size = _KEYFRAME
        encoder.time_base = Fraction(1, FPS)
        # VP8 has the colours of standard television, whatever the size.
        encoder.colorspace = encoder.color_primaries = _SMPTE170M
        encoder.color_trc, encoder.color_range = _SMPTE170M, _LIMITED
        self._stream = stream
        self._count = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="encoder")
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> "Encoder":
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        try:
            if error is None:
                self._waiting.append(self._thread.submit(self._encode, None, 0))
                while self._waiting:
                    self._waiting.popleft().result()
        finally:
            self._thread.shutdown(cancel_futures=True)
            self._output.close()

    def submit(self, frame: av.VideoFrame) -> None:
        """Encode the next picture, soon. It may be the same object as before."""
        self._waiting.append(self._thread.submit(self._encode, frame, self._count))
        self._count += 1
        while len(self._waiting) > _AHEAD:
            self._waiting.popleft().result()

    def _encode(self, frame: av.VideoFrame | None, number: int) -> None:
        if frame is not None:
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            frame.pict_type = 0
        self._output.mux(self._stream.encode(frame))


def enough_space(folder: Path, needed: int = 0) -> None:
    """
    Raise `Failed` if the disk is nearly full: the ledger needs it more.

    `needed`: bytes that are about to be written.
    """
    if shutil.disk_usage(folder).free - needed < RESERVE:
        raise Failed("disk-full", "The disk is nearly full.")
