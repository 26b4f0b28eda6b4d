"""
WebM: one file of encoded frames as they came, nothing transcoded.

Rule 1: everything here runs in the writer's thread, never on the event loop.
Rule 2: clusters are short and flushed, so that a file is readable up to half a second
before a `kill -9`.
Rule 3: a file's own date is the opening's start, and its timestamps count from there:
files of one opening line up without anything beside them.
"""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
from av.error import FFmpegError

from gatekeeper.media.tap.rtp import Picture

_MILLISECOND = Fraction(1, 1000)
_CLUSTER_MS = 500


class TimedFrame(NamedTuple):
    """One frame on its way into a file."""

    data: bytes
    at: int
    """Milliseconds since the opening's start."""
    picture: Picture | None
    """Set in a video keyframe."""


class WebmFile:
    """A WebM file with one track. Made with its first frame."""

    def __init__(
        self, path: Path, began: datetime, first: TimedFrame, *, video: bool
    ) -> None:
        self.first = began + timedelta(milliseconds=first.at)
        self._began = began
        self._video = video
        self._at = -1
        with _os_errors:
            self._container = av.open(
                str(path),
                "w",
                format="webm",
                options={"cluster_time_limit": str(_CLUSTER_MS), "flush_packets": "1"},
            )
        self._container.metadata["creation_time"] = began.astimezone(UTC).isoformat()
        if video:
            width, height = first.picture or Picture(0, 0)
            # No codec context: nothing here encodes.
            self._stream = self._container.add_mux_stream(
                "vp8", width=width, height=height, time_base=_MILLISECOND
            )
        else:
            self._stream = self._container.add_stream("libopus", rate=48_000)

    def write(self, frame: TimedFrame) -> None:
        """Append one frame. Raises `OSError`."""
        # Matroska wants timestamps that grow; a correction of the clock may step back.
        at = max(frame.at, self._at + 1)
        packet = av.Packet(frame.data)
        packet.stream = self._stream
        packet.time_base = _MILLISECOND
        packet.pts = packet.dts = self._at = at
        packet.is_keyframe = not self._video or frame.picture is not None
        with _os_errors:
            self._container.mux_one(packet)

    def close(self) -> None:
        """Write the index and the duration, and close. Raises `OSError`."""
        with _os_errors:
            self._container.close()

    @property
    def last(self) -> datetime:
        """When its latest frame was taken."""
        return max(self.first, self._began + timedelta(milliseconds=self._at))


class _OsErrors:
    """Lets no exception of PyAV's out of this file."""

    def __enter__(self) -> None:
        """Nothing to prepare: entered for every frame."""

    def __exit__(self, _: object, exc: BaseException | None, __: object) -> None:
        if isinstance(exc, FFmpegError):
            raise OSError(exc.errno, exc.strerror) from exc


_os_errors = _OsErrors()


def span(path: Path) -> tuple[datetime, datetime] | None:
    """The first and last moment in a file that a crash may have left; None if none."""
    try:
        with av.open(str(path)) as container:
            began = datetime.fromisoformat(str(container.metadata["creation_time"]))
            times = [
                float(packet.pts * packet.time_base)
                for packet in container.demux()
                if packet.pts is not None and packet.size
            ]
    except (FFmpegError, KeyError, ValueError):
        return None
    if not times:
        return None
    return began + timedelta(seconds=min(times)), began + timedelta(seconds=max(times))
