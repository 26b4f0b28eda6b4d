"""
Segments: the pictures, encoded half a minute at a time.

Rule 1: a segment's file is there only when it is whole; one that is there is not made
again.
Rule 2: every segment begins with a keyframe and has no picture that refers to another
segment, so that they are joined without encoding.
"""

import shutil
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from fractions import Fraction
from pathlib import Path

import av
from av.video.stream import VideoStream

from gatekeeper.media.film import plates
from gatekeeper.media.film.cells import HEIGHT, WIDTH
from gatekeeper.media.film.files import replace
from gatekeeper.media.film.picture import Composer
from gatekeeper.media.film.progress import Failed, Steps
from gatekeeper.media.film.recipe import Format, Recipe
from gatekeeper.media.film.shots import Shot
from gatekeeper.media.film.timeline import FPS, FRAME_MS, Segment, Stretch, Timeline

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


class Pictures:
    """All pictures of a film."""

    def __init__(self, recipe: Recipe, timeline: Timeline, folder: Path) -> None:
        self._recipe = recipe
        self._timeline = timeline
        self._folder = folder

    def make(self, shots: list[list[Shot]], steps: Steps) -> list[Path]:
        """Encode what is not there yet; the files in order."""
        found = dict(zip(self._timeline.stretches, shots, strict=True))
        made = 0
        with ExitStack() as stack:
            stretch, composer = None, None
            for segment in self._timeline.segments:
                path = self.path(segment)
                if not path.exists():
                    enough_space(self._folder)
                    if segment.stretch is not stretch:
                        stack.close()
                        stretch, composer = segment.stretch, None
                    if stretch is not None and composer is None:
                        composer = self._composer(stretch, found[stretch])
                        stack.enter_context(closing(composer))
                    self._encode(segment, composer, path, (steps, made))
                made += segment.length
                steps.made("pictures", made / self._timeline.length, now=True)
        return [self.path(segment) for segment in self._timeline.segments]

    def path(self, segment: Segment) -> Path:
        return self._folder / f"{segment.number:04}.mkv"

    def _composer(self, stretch: Stretch, shots: list[Shot]) -> Composer:
        return Composer(stretch, shots, self._recipe.names)

    def _encode(
        self,
        segment: Segment,
        composer: Composer | None,
        path: Path,
        progress: tuple[Steps, int],
    ) -> None:
        part = path.with_suffix(".part")
        steps, made = progress
        card = plates.paused(self._recipe.language, WIDTH, HEIGHT)
        with Encoder(part, self._recipe.format) as encoder:
            for number in range(segment.frames):
                time = number * FRAME_MS
                encoder.take(
                    card if composer is None else composer.at(segment.start + time)
                )
                steps.made("pictures", (made + time) / self._timeline.length)
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

    def take(self, frame: av.VideoFrame) -> None:
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


def enough_space(folder: Path) -> None:
    """Raise `Failed` if the disk is nearly full: the ledger needs it more."""
    if shutil.disk_usage(folder).free < RESERVE:
        raise Failed("disk-full", "The disk is nearly full.")
