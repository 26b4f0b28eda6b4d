"""
Packets: what a file carries, without decoding any of it.

Rule: of a damaged file there is what comes before the damage; of what is no file of
sound or pictures there is nothing.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import av
from av.error import FFmpegError

from gatekeeper.evidence.leaves import Packet

FORMATS = (
    (0, b"\x1a\x45\xdf\xa3", "matroska"),
    (4, b"ftyp", "mp4"),
    (0, b"OggS", "ogg"),
)
"""Where a file of each format says so. No other: a playlist, say, would name others."""


def form(path: Path) -> str | None:
    """Which format a file is of; None if it is of none of those. Raises `OSError`."""
    with path.open("rb") as file:
        begins = file.read(8)
    return next(
        (name for at, mark, name in FORMATS if begins[at:].startswith(mark)), None
    )


def packets(path: Path, stream: int = 0) -> Iterator[Packet]:
    """
    What one stream of a file carries, in order. Blocks. Raises `OSError`.

    Reads all of the file; one packet is in memory.
    """
    known = form(path)
    if known is None:
        return
    try:
        with av.open(str(path.absolute()), format=known) as container:
            if stream >= len(container.streams):
                return
            began: int | None = None
            at = 0
            for packet in container.demux(container.streams[stream]):
                if packet.pts is None or not packet.size:
                    continue
                began = packet.pts if began is None else began
                # Damaged, it may step back.
                at = max(at, round((packet.pts - began) * packet.time_base * 1000))
                yield Packet(at, hashlib.sha256(packet).digest())
    except FFmpegError:
        return


def streams(path: Path) -> int:
    """How many streams a file has. Blocks. Raises `OSError`."""
    known = form(path)
    if known is None:
        return 0
    try:
        with av.open(str(path.absolute()), format=known) as container:
            return len(container.streams)
    except FFmpegError:
        return 0
