"""
Track: one file, and what there is in it when.

Rule 1: what a crash or a bad disk did to a file costs that part of it and no more.
Rule 2: times are milliseconds; what a track holds is placed by them alone, never by
counting.
Rule 3: what cannot be decoded is left out, whatever it is: no track can spoil a film.

`footage` and `audio` decode it.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from gatekeeper.consent.types import SourceKind

_MILLISECOND = Fraction(1, 1000)
_CODECS = {"vp8", "opus", "libopus"}
_PATIENCE = {
    SourceKind.MICROPHONE: 1000,  # Opus is silent for up to 400 ms (DTX)
    SourceKind.CAMERA: 2000,
    SourceKind.SCREEN: 5000,  # a screen on which nothing moves sends about 1 frame/s
    SourceKind.SCREEN_AUDIO: 1000,
}
"""Milliseconds without a frame after which a source counts as switched off."""
_AWAY = 300
"""The same, where a keyframe follows: that is how a tap begins, and whoever was out of
the room between two taps must not be seen standing still."""
_LAST = {"audio": 20, "video": 40}
"""How long a stretch's last frame lasts."""
LARGEST = 1 << 24
"""Pixels of a picture; a larger one is left out rather than fill the memory."""

FAULTS = (FFmpegError, ArithmeticError, LookupError, MemoryError, ValueError)
"""What a decoder, a scaler or a resampler raises when it is given nonsense."""


class Unreadable(Exception):
    """There is nothing in a track that can be shown or heard."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a track holds."""

    stretches: tuple[tuple[int, int], ...]
    """When it was switched on, from and to; never empty."""
    keys: tuple[int, ...]
    """When its keyframes are."""
    offset: int = 0
    """Milliseconds from the opening's start to the file's own zero."""
    zero: datetime | None = None
    """When the file's own zero was, as it says itself."""

    @property
    def first(self) -> int:
        """When there is something for the first time."""
        return self.stretches[0][0]

    @property
    def last(self) -> int:
        """When there is nothing any more."""
        return max(end for _, end in self.stretches)

    def moved(self, by: int) -> "Held":
        """The same, `by` milliseconds later."""
        return replace(
            self,
            stretches=tuple((a + by, b + by) for a, b in self.stretches),
            keys=tuple(key + by for key in self.keys),
            offset=self.offset + by,
        )

    def until(self, end: int) -> "Held | None":
        """What there is of it from 0 to `end`; None if that is nothing."""
        believed = [(a, b) for a, b in self.stretches if b > 0 and a < end]
        kept = [(max(0, a), min(b, end)) for a, b in believed]
        return replace(self, stretches=tuple(kept)) if kept else None

    def reaching(self, start: int, end: int, near: tuple[int, int]) -> "Held":
        """The same, from `start` and to `end` where it is so `near` to them."""
        first, last = self.stretches[0], self.stretches[-1]
        edges = list(self.stretches)
        if start < first[0] <= start + near[0]:
            edges[0] = start, first[1]
        if end - near[1] <= last[1] < end:
            edges[-1] = edges[-1][0], end
        return replace(self, stretches=tuple(edges))

    def at(self, time: int) -> bool:
        """Whether it was switched on."""
        index = bisect_right(self.stretches, (time, 1 << 62)) - 1
        return index >= 0 and time < self.stretches[index][1]


def examine(path: Path, source: SourceKind) -> Held:
    """
    Look through a track without decoding it; times are the file's own.

    Raises `Unreadable`.
    """
    times: list[list[int]] = []
    keys: list[int] = []
    container = open_track(path, source)
    with container:
        zero = _zero(container)
        for packet in packets(container):
            at = time_of(packet)
            begins = packet.is_keyframe and source.media == "video"
            patience = _AWAY if begins else _PATIENCE[source]
            if times and times[-1][0] <= at < times[-1][1] + patience:
                times[-1][1] = max(times[-1][1], at)
            else:
                times.append([at, at])
            if begins:
                keys.append(at)
    if not times:
        raise Unreadable("empty")
    last = _LAST[source.media]
    # In a damaged file time may run backwards; what is looked up in must not.
    spans = sorted((a, b + last) for a, b in times)
    return Held(tuple(spans), tuple(sorted(keys)), zero=zero)


def probe(path: Path, source: SourceKind) -> None:
    """Raise `Unreadable` unless something in a track can be decoded."""
    with open_track(path, source) as container:
        (stream,) = container.streams
        assert isinstance(stream, VideoStream | AudioStream)  # noqa: S101 - see `open_track`
        stream.codec_context.options = {"max_pixels": str(LARGEST)}
        for packet in packets(container):
            try:
                if stream.decode(packet) or stream.decode(None):
                    return
            except FAULTS:
                continue
    raise Unreadable("nothing in it can be decoded")


def open_track(path: Path, source: SourceKind) -> InputContainer:
    """Its one stream is of the `source`'s kind. Raises `Unreadable`."""
    try:
        # No other format: a playlist, say, would make FFmpeg open what it names.
        container = av.open(
            str(path.absolute()), "r", format="matroska", metadata_errors="replace"
        )
    except (*FAULTS, OSError) as exc:
        raise Unreadable(type(exc).__name__) from exc
    codecs = [
        # A codec that FFmpeg does not know has no context.
        (stream.type, getattr(stream.codec_context, "name", None) in _CODECS)
        for stream in container.streams
    ]
    if (
        codecs != [(source.media, True)]
        or container.streams[0].time_base != _MILLISECOND
    ):
        container.close()
        raise Unreadable("another kind of file")
    return container


def packets(container: InputContainer) -> "Iterator[av.Packet[Any]]":
    """The packets with a time, up to the end or to where the file is broken."""
    demuxed = container.demux()
    while True:
        try:
            packet = next(demuxed)
        except (StopIteration, *FAULTS):
            return
        if packet.size and packet.pts is not None:
            yield packet


def time_of(packet: "av.Packet[Any]") -> int:
    """Milliseconds from the file's own zero."""
    assert packet.pts is not None  # noqa: S101 - see `packets`
    return packet.pts  # Matroska's unit, as we write it, is a millisecond


def _zero(container: InputContainer) -> datetime | None:
    """When a file's zero was, as written in the file itself."""
    try:
        zero = datetime.fromisoformat(container.metadata["creation_time"])
    except (KeyError, ValueError):
        return None
    return zero if zero.tzinfo else None
