"""
Track: one file, read in the order of time.

Rule 1: a track holds a picture or two and a tenth of a second of sound in memory,
however long it is.
Rule 2: what a crash or a bad disk did to a file costs that part of it and no more.
Rule 3: times are milliseconds from the opening's start; pictures and sound are placed
by them alone, never by counting.
Rule 4: what cannot be decoded is left out, whatever it is: no track can spoil a film.
"""

import itertools
from array import array
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import av
from av.audio.stream import AudioStream
from av.codec.context import ThreadType
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from gatekeeper.consent.types import SourceKind

RATE = 48_000
BLOCK_MS = 100
BLOCK = RATE * BLOCK_MS // 1000
"""Samples in a block of sound."""

_MILLISECOND = Fraction(1, 1000)
_CODECS = {"vp8", "opus", "libopus"}
_PATIENCE = {
    SourceKind.MICROPHONE: 1000,  # Opus is silent for up to 400 ms (DTX)
    SourceKind.CAMERA: 2000,
    SourceKind.SCREEN: 5000,  # a screen on which nothing moves sends about 1 frame/s
}
"""Milliseconds without a frame after which a source counts as switched off."""
_AWAY = 300
"""The same, where a keyframe follows: that is how a tap begins, and whoever was out of
the room between two taps must not be seen standing still."""
_LAST = {SourceKind.MICROPHONE: 20, SourceKind.CAMERA: 40, SourceKind.SCREEN: 40}
"""How long a stretch's last frame lasts."""
_SLACK = 960
"""Samples by which sound may stray from its timestamps until it is set right: 20 ms."""
_LARGEST = 1 << 24
"""Pixels of a picture; a larger one is left out rather than fill the memory."""
_RAMP = 240
"""Samples over which two ends of sound are joined: 5 ms."""
_SILENCE = array("h", bytes(2 * BLOCK))


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
    container = _open(path, source)
    with container:
        zero = _zero(container)
        for packet in _packets(container):
            at = _at(packet)
            begins = packet.is_keyframe and source is not SourceKind.MICROPHONE
            patience = _AWAY if begins else _PATIENCE[source]
            if times and times[-1][0] <= at < times[-1][1] + patience:
                times[-1][1] = max(times[-1][1], at)
            else:
                times.append([at, at])
            if begins:
                keys.append(at)
    if not times:
        raise Unreadable("empty")
    last = _LAST[source]
    # In a damaged file time may run backwards; what is looked up in must not.
    spans = sorted((a, b + last) for a, b in times)
    return Held(tuple(spans), tuple(sorted(keys)), zero=zero)


def probe(path: Path, source: SourceKind) -> None:
    """Raise `Unreadable` unless something in a track can be decoded."""
    with _open(path, source) as container:
        (stream,) = container.streams
        assert isinstance(stream, VideoStream | AudioStream)  # noqa: S101 - see `_open`
        stream.codec_context.options = {"max_pixels": str(_LARGEST)}
        for packet in _packets(container):
            try:
                if stream.decode(packet) or stream.decode(None):
                    return
            except FAULTS:
                continue
    raise Unreadable("nothing in it can be decoded")


class Pictures:
    """The pictures of a camera or a screen."""

    def __init__(self, path: Path, source: SourceKind, held: Held) -> None:
        self._held = held
        self._container = _open(path, source)
        self._codec = self._container.streams.video[0].codec_context
        self._codec.options = {"max_pixels": str(_LARGEST)}
        self._codec.thread_type = ThreadType.FRAME
        self._codec.thread_count = 2
        self._packets = _packets(self._container)
        self._read = -1
        """The time of the last packet that was read."""
        self._ready: deque[Picture] = deque()
        self._shown: Picture | None = None

    def at(self, time: int) -> "Picture | None":
        """The picture to be seen at `time`, which never goes back."""
        self._skip(time)
        while self._ready or self._decode():
            if self._ready[0].at > time:
                break
            self._shown = self._ready.popleft()
        if self._shown is None and self._ready:
            return self._ready[0]  # asked for a moment before the first one
        return self._shown

    def close(self) -> None:
        self._container.close()

    def _skip(self, time: int) -> None:
        """Leave out what lies before the last keyframe that is due, if it is ahead."""
        index = bisect_right(self._held.keys, time) - 1
        if index < 0 or self._held.keys[index] <= self._read:
            return
        for packet in self._packets:
            self._read = _at(packet) + self._held.offset
            if self._read >= self._held.keys[index]:
                self._codec.flush_buffers()
                self._ready.clear()
                self._feed(packet)
                return

    def _decode(self) -> bool:
        """Read until there is a picture; False at the end."""
        while not self._ready:
            packet = next(self._packets, None)
            if packet is not None:
                self._read = _at(packet) + self._held.offset
            self._feed(packet)
            if packet is None:
                break
        return bool(self._ready)

    def _feed(self, packet: "av.Packet[Any] | None") -> None:
        try:
            frames = self._codec.decode(packet)
        except FAULTS:
            return  # damaged, or over: the next ones may be good
        for frame in frames:
            if frame.pts is not None:
                at = frame.pts + self._held.offset
                self._ready.append(Picture(at, frame))


class Picture(NamedTuple):
    """One decoded picture."""

    at: int
    frame: av.VideoFrame


class Sound:
    """The sound of a microphone from `start` on, in blocks: 16 bit, mono, 48 kHz."""

    def __init__(self, path: Path, held: Held, start: int) -> None:
        self._offset = held.offset * RATE // 1000
        self._container = _open(path, SourceKind.MICROPHONE)
        self._codec = self._container.streams.audio[0].codec_context
        self._resampler = av.AudioResampler("s16", "mono", RATE)
        self._samples = array("h")
        self._runs = self._placed(start * RATE // 1000)

    def block(self) -> bytes:
        """The next block; silence where there is nothing."""
        while len(self._samples) < BLOCK:
            self._samples.extend(next(self._runs, _SILENCE))
        block = self._samples[:BLOCK].tobytes()
        del self._samples[:BLOCK]
        return block

    def close(self) -> None:
        self._container.close()

    def _placed(self, end: int) -> "Iterator[array[int]]":
        """Runs of samples that follow on each other, without a click in between."""
        last = 0
        joined = False
        for at, run in self._decoded():
            stray = at - end
            if not joined or abs(stray) > _SLACK:
                if stray > 0:
                    yield from _gap(last, stray)
                    last, end = 0, at
                    run = join(0, run)
                else:
                    run = join(last, run[-stray:])
            if not run:
                continue
            yield run
            joined, last, end = True, run[-1], end + len(run)
        yield from _gap(last, _RAMP)

    def _decoded(self) -> "Iterator[tuple[int, array[int]]]":
        packets = _packets(self._container)
        packet: av.Packet[Any] | None
        for packet in itertools.chain(packets, [None]):
            try:
                frames = self._codec.decode(packet)
            except FAULTS:
                continue  # damaged, or over
            for frame in frames:
                if frame.pts is not None:
                    at = frame.pts * RATE // 1000 + self._offset
                    yield at, self._mono(frame)

    def _mono(self, frame: av.AudioFrame) -> "array[int]":
        frame.pts = None  # the resampler would mend gaps in its own way
        run = array("h")
        try:
            found = self._resampler.resample(frame)
        except FAULTS:  # another layout than before
            self._resampler = av.AudioResampler("s16", "mono", RATE)
            try:
                found = self._resampler.resample(frame)
            except FAULTS:
                return run
        for mono in found:
            run.frombytes(bytes(mono.planes[0])[: mono.samples * run.itemsize])
        return run


def join(last: int, run: "array[int]") -> "array[int]":
    """Bend the beginning of `run` so that it goes on from the sample `last`."""
    if not run:
        return run
    step = last - run[0]
    for index in range(min(_RAMP, len(run))):
        value = run[index] + step * (_RAMP - index) // _RAMP
        run[index] = max(-32768, min(32767, value))
    return run


def _gap(last: int, length: int) -> "Iterator[array[int]]":
    """Silence, into which the sample `last` fades."""
    first = array("h", bytes(2 * min(length, BLOCK)))
    yield join(last, first)
    for done in range(len(first), length, BLOCK):
        yield _SILENCE[: min(BLOCK, length - done)]


def _open(path: Path, source: SourceKind) -> InputContainer:
    try:
        # No other format: a playlist, say, would make FFmpeg open what it names.
        container = av.open(
            str(path.absolute()), "r", format="matroska", metadata_errors="replace"
        )
    except (*FAULTS, OSError) as exc:
        raise Unreadable(type(exc).__name__) from exc
    kind = "audio" if source is SourceKind.MICROPHONE else "video"
    codecs = [
        # A codec that FFmpeg does not know has no context.
        (stream.type, getattr(stream.codec_context, "name", None) in _CODECS)
        for stream in container.streams
    ]
    if codecs != [(kind, True)] or container.streams[0].time_base != _MILLISECOND:
        container.close()
        raise Unreadable("another kind of file")
    return container


def _packets(container: InputContainer) -> "Iterator[av.Packet[Any]]":
    """The packets with a time, up to the end or to where the file is broken."""
    packets = container.demux()
    while True:
        try:
            packet = next(packets)
        except (StopIteration, *FAULTS):
            return
        if packet.size and packet.pts is not None:
            yield packet


def _at(packet: "av.Packet[Any]") -> int:
    assert packet.pts is not None  # noqa: S101 - see `_packets`
    return packet.pts  # Matroska's unit, as we write it, is a millisecond


def _zero(container: InputContainer) -> datetime | None:
    """When a file's zero was, as written in the file itself."""
    try:
        zero = datetime.fromisoformat(container.metadata["creation_time"])
    except (KeyError, ValueError):
        return None
    return zero if zero.tzinfo else None
