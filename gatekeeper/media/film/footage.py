"""
Footage: a camera or a screen, decoded in the order of time.

Rule: a picture or two are in memory, however long the track is.
"""

from bisect import bisect_right
from collections import deque
from pathlib import Path
from typing import Any, NamedTuple

import av
from av.codec.context import ThreadType

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.film.track import (
    FAULTS,
    LARGEST,
    Held,
    open_track,
    packets,
    time_of,
)


class Footage:
    """The pictures of a camera or a screen."""

    def __init__(self, path: Path, source: SourceKind, held: Held) -> None:
        self._held = held
        self._container = open_track(path, source)
        self._codec = self._container.streams.video[0].codec_context
        self._codec.options = {"max_pixels": str(LARGEST)}
        self._codec.thread_type = ThreadType.FRAME
        self._codec.thread_count = 2
        self._packets = packets(self._container)
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
            self._read = time_of(packet) + self._held.offset
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
                self._read = time_of(packet) + self._held.offset
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
