"""Made-up tracks: a flat colour and a tone per person, written as a recording does."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import numpy as np

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.film.files import Folder
from gatekeeper.media.film.recipe import Format, Opening, Recipe, Track
from gatekeeper.media.recording.webm import TimedFrame, WebmFile
from gatekeeper.media.tap.rtp import vp8_picture

BEGAN = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
ROOM, FEATURE = "room", "recording"
MARA, TOM, ANA = "mara", "tom", "ana"

Colour = tuple[int, int, int]
RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 170, 40), (40, 40, 200), (210, 200, 30)
BLACK = (0, 0, 0)
FPS = 10
Span = tuple[float, float]


class Shelf:
    """A data directory, and what is recorded in it so far."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.folder = Folder.of(data, ROOM, FEATURE)
        self._openings: list[Opening] = []
        self._tracks: list[Track] = []
        self._number, self._part = 0, 0
        self._zero = BEGAN

    def camera(
        self,
        who: str,
        colour: "Colour | Callable[[float], Colour]",
        span: Span,
        size: tuple[int, int] = (320, 180),
    ) -> Path:
        shown = colour if callable(colour) else lambda _: colour
        return self._add(who, SourceKind.CAMERA, pictures(shown, span, size))

    def screen(self, who: str, colour: Colour, span: Span) -> Path:
        frames = pictures(lambda _: colour, span, (320, 180))
        return self._add(who, SourceKind.SCREEN, frames)

    def microphone(self, who: str, hertz: int, span: Span, *speaks: Span) -> Path:
        return self._add(who, SourceKind.MICROPHONE, tone(hertz, span, speaks))

    def played(self, who: str, hertz: int, span: Span, *plays: Span) -> Path:
        return self._add(who, SourceKind.SCREEN_AUDIO, tone(hertz, span, plays))

    def put(self, who: str, source: SourceKind, frames: Iterable[TimedFrame]) -> Path:
        return self._add(who, source, frames)

    def noted(self, file: Path) -> None:
        """Write a file down as it is now."""
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        path = file.relative_to(self.data).as_posix()
        self._tracks = [
            track.model_copy(update={"sha256": digest}) if track.path == path else track
            for track in self._tracks
        ]

    def opening(
        self,
        after: float,
        seconds: float,
        *,
        goes_on: bool = False,
        people: Sequence[str] = (),
        viewers: Sequence[str] | None = None,
    ) -> None:
        """
        What was added since the last one is of this opening, or part of one.

        Its people are its viewers; without people, all whose tracks are in it. If it
        `goes_on`, what is added next is of the next part, which begins where this ends.
        """
        began = BEGAN + timedelta(seconds=after)
        seen = dict.fromkeys(track.participant for track in self._tracks)
        self._openings.append(
            Opening(
                opening=self._opening,
                part=self._part,
                people=tuple(people),
                viewers=tuple(people or seen if viewers is None else viewers),
                began=began,
                ended=began + timedelta(seconds=seconds),
                tracks=tuple(self._tracks),
            )
        )
        self._tracks = []
        if goes_on:
            self._part += 1
            self._zero = began + timedelta(seconds=seconds)
        else:
            self._number, self._part = self._number + 1, 0
            self._zero = BEGAN + timedelta(minutes=self._number)  # a minute later

    def recipe(
        self, names: Mapping[str, str] | None = None, form: Format = "mp4"
    ) -> Recipe:
        return Recipe(
            room=ROOM,
            feature=FEATURE,
            language="de",
            format=form,
            names=names or {},
            openings=tuple(self._openings),
        )

    def film(self, viewer: str | None = None) -> Path:
        """The film of somebody; without a name, the only one."""
        index = self.folder.films()
        assert index is not None
        if viewer is None:
            (film,) = index.films
            return self.folder.path / film.name
        found = index.of(viewer)
        assert found is not None, viewer
        return self.folder.path / found.name

    @property
    def _opening(self) -> str:
        return f"opening{self._number}"

    def _add(self, who: str, source: SourceKind, frames: Iterable[TimedFrame]) -> Path:
        later = f".{self._part}" if self._part else ""
        path = f"recordings/{ROOM}/{FEATURE}/{self._opening}/{who}-{source}{later}.webm"
        file = self.data / path
        file.parent.mkdir(parents=True, exist_ok=True)
        write(file, frames, self._zero, video=source.media == "video")
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        self._tracks.append(
            Track(participant=who, source=source, path=path, sha256=digest)
        )
        return file


def write(
    path: Path, frames: Iterable[TimedFrame], began: datetime = BEGAN, *, video: bool
) -> None:
    first, *others = frames
    file = WebmFile(path, began, first, video=video)
    for frame in [first, *others]:
        file.write(frame)
    file.close()


def pictures(
    colour: Callable[[float], Colour], span: Span, size: tuple[int, int]
) -> Iterator[TimedFrame]:
    """Frames of one colour at a time. Each is a keyframe where the colour changes."""
    start, end = span
    for number in range(round((end - start) * FPS)):
        at = start + number / FPS
        data = _still(colour(at), *size)
        yield TimedFrame(data, round(at * 1000), vp8_picture(data))


@cache
def _still(colour: Colour, width: int, height: int) -> bytes:
    """One keyframe; sent again and again."""
    codec = av.CodecContext.create("libvpx", "w")
    assert isinstance(codec, av.VideoCodecContext)
    codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
    codec.time_base = Fraction(1, FPS)
    codec.options = {"deadline": "realtime", "cpu-used": "8"}
    picture = np.full((height, width, 3), colour, np.uint8)
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    frame.pts = 0
    (packet,) = [*codec.encode(frame), *codec.encode(None)]
    return bytes(packet)


def tone(hertz: int, span: Span, speaks: Iterable[Span]) -> Iterator[TimedFrame]:
    """A sine while somebody speaks, silence otherwise, in packets of 20 ms."""
    start, end = span
    spoken = tuple(speaks)
    codec = av.CodecContext.create("libopus", "w")
    assert isinstance(codec, av.AudioCodecContext)
    codec.sample_rate, codec.bit_rate = 48_000, 64_000
    codec.layout, codec.format = av.AudioLayout("mono"), av.AudioFormat("s16")
    # The encoder is 312 samples behind, which the file makes up for (RFC 7845); what
    # comes from a browser has no such thing in it, but is late by as much.
    sent = 0
    for block in range(round((end - start) * 50)):
        t = start + (np.arange(960) + block * 960) / 48_000
        loud = np.zeros(960)
        for a, b in spoken:
            loud[(t >= a) & (t < b)] = 8000
        samples = (loud * np.sin(2 * np.pi * hertz * t)).astype(np.int16)[None]
        frame = av.AudioFrame.from_ndarray(samples, "s16", "mono")
        frame.sample_rate, frame.pts = 48_000, block * 960
        for packet in codec.encode(frame):
            yield TimedFrame(bytes(packet), round(start * 1000) + sent * 20, None)
            sent += 1
