"""
Audio: one microphone, or the sound of one screen, decoded in the order of time.

Rule: a tenth of a second is in memory, however long the track is.
"""

import itertools
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.film.track import FAULTS, Held, open_track, packets

RATE = 48_000
BLOCK_MS = 100
BLOCK = RATE * BLOCK_MS // 1000
"""Samples in a block of sound."""

_SLACK = 960
"""Samples by which sound may stray from its timestamps until it is set right: 20 ms."""
_RAMP = 240
"""Samples over which two ends of sound are joined: 5 ms."""
_SILENCE = array("h", bytes(2 * BLOCK))


class Audio:
    """What is heard of a track from `start` on, in blocks: 16 bit, mono, 48 kHz."""

    def __init__(self, path: Path, source: SourceKind, held: Held, start: int) -> None:
        self._offset = held.offset * RATE // 1000
        self._container = open_track(path, source)
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
        packet: av.Packet[Any] | None
        for packet in itertools.chain(packets(self._container), [None]):
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
