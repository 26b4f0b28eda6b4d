"""Kept files, decoded: whose each picture and each 20 ms of sound is, and when."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.container import InputContainer
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

from gatekeeper.consent.types import (
    FeatureId,
    OpeningId,
    ParticipantId,
    RoomId,
    SourceKind,
)
from gatekeeper.storage.paths import Place
from tests.proof import content
from tests.proof.content import NUMBERS, PACKET, PICTURE, STEPS
from tests.proof.script import NOTES
from tests.proof.taker import Track

_SETTLED = 2
"""Packets after a gap until a decoder sounds as the encoder meant."""
_GAP_MS = 25


class Piece(NamedTuple):
    """One picture, or 20 ms of sound."""

    owner: str | None
    """None if nobody's."""
    filed: float
    """When it is by the file, by the clock that it was read with."""
    code: int | None
    """Its own number or step; None where it cannot be read."""
    screen: bool | None = None
    """Whether it is of a screen, or its sound; None where it does not say."""


class Kept(NamedTuple):
    """One file."""

    path: Path
    place: Place
    pieces: tuple[Piece, ...]

    @property
    def sound(self) -> bool:
        return self.place.source.media == "audio"

    def taken(self, piece: Piece, began: Mapping[str, float]) -> float | None:
        """
        When a piece was taken by its sender's clock, if it tells.

        `began`: when each person's clock began to run, by the same clock.
        """
        if piece.owner is None or piece.owner not in began or piece.code is None:
            return None
        codes, period = (STEPS, PACKET) if self.sound else (NUMBERS, PICTURE)
        return content.taken_at(
            piece.code, codes, period, began[piece.owner], piece.filed
        )


def read(data: Path, file: Path, when: Callable[[float], float] = float) -> Kept:
    """
    Decode one file. Raises `ValueError` if it is not where a recording lies.

    `when`: when by the clock of all other times what is said in seconds since 1970
    was; that is theirs if it is left out.
    """
    place = Place.of(data, file)
    if place is None:
        raise ValueError(f"{file} is no recording's place")
    with av.open(str(file)) as container:
        began = datetime.fromisoformat(str(container.metadata["creation_time"]))
        listen = _sounds if container.streams.audio else _pictures
        pieces = tuple(
            found._replace(filed=when(began.timestamp() + found.filed))
            for found in listen(container)
        )
    return Kept(file, place, pieces)


def fed(room: RoomId, track: Track, when: Callable[[float], float], at: Path) -> Kept:
    """The same of what a machine was fed; `at`: what it is called in a report."""
    source = SourceKind(track.source)
    place = Place(
        room,
        FeatureId(NOTES),
        OpeningId(track.permit),
        ParticipantId(track.participant),
        source,
        track.part,
    )
    tell = _fed_sounds if source.media == "audio" else _fed_pictures
    pieces = (piece._replace(filed=when(piece.filed)) for piece in tell(track.packets))
    return Kept(at, place, tuple(pieces))


def _fed_pictures(packets: list[tuple[float, bytes]]) -> Iterator[Piece]:
    codec = av.CodecContext.create("vp8", "r")
    assert isinstance(codec, VideoCodecContext)
    for at, packet in packets:
        try:
            frames = codec.decode(av.Packet(packet))
        except FFmpegError:
            yield Piece(None, at, None)
        else:
            yield from (_picture(frame, at) for frame in frames)


def _fed_sounds(packets: list[tuple[float, bytes]]) -> Iterator[Piece]:
    codec = av.CodecContext.create("libopus", "r")
    assert isinstance(codec, AudioCodecContext)
    codec.sample_rate, codec.layout = content.RATE, "mono"
    before, settled = float("-inf"), 0
    for at, packet in packets:
        settled = 0 if at - before > _GAP_MS / 1000 else settled + 1
        before = at
        frames = codec.decode(av.Packet(packet))
        blocks = [frame.to_ndarray()[0] / 32_768 for frame in frames]
        samples = np.concatenate(blocks) if blocks else np.zeros(0)
        yield _sound(samples, at, settled)


def _pictures(container: InputContainer) -> Iterator[Piece]:
    """The pictures; `filed` is in seconds since the file's beginning."""
    for frame in container.decode(video=0):
        assert frame.time is not None
        yield _picture(frame, round(frame.time, 3))


def _picture(frame: av.VideoFrame, at: float) -> Piece:
    image = content.rgb(frame)
    found = content.read_picture(image)
    owner = content.owner_of_colour(image[4:44].mean(axis=(0, 1)) / 255)
    return Piece(owner, at, *(found[1:] if found else (None, None)))


def _sounds(container: InputContainer) -> Iterator[Piece]:
    """The sound; `filed` is in seconds since the file's beginning."""
    before, settled = -1000, 0
    for packet in container.demux(audio=0):
        if packet.pts is None or not packet.size:
            continue
        settled = 0 if packet.pts - before > _GAP_MS else settled + 1
        before = packet.pts
        blocks = [frame.to_ndarray().mean(axis=0) for frame in packet.decode()]
        samples = np.concatenate(blocks) if blocks else np.zeros(0)
        if len(samples) < content.WINDOW and settled == 0:
            continue  # the decoder leaves out what precedes the first sound
        yield _sound(samples, packet.pts / 1000, settled)


def _sound(samples: NDArray[np.float64], at: float, settled: int) -> Piece:
    """`settled`: packets since the last gap."""
    heard = samples.astype(np.float32)
    owner, step = content.read_sound(heard) or (None, None)
    if owner is None or settled < _SETTLED:
        return Piece(owner, at, None)
    return Piece(owner, at, step, content.is_played(heard))
