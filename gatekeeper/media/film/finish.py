"""
Finish: pictures and sound of the parts into one film.

Rule 1: nothing is encoded here; what was encoded once is copied into each film that
shows it.
Rule 2: the file can be played while it still loads (MP4: the index comes first).
Rule 3: sound lies on a grid of packets, counted from the film's beginning, so that what
a part's sound is off its pictures (half a packet, 11 ms, at most) never adds up.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import av
from av.container import OutputContainer

from gatekeeper.media.film.audio import RATE
from gatekeeper.media.film.progress import Failed
from gatekeeper.media.film.recipe import Format
from gatekeeper.media.film.sound import CODECS
from gatekeeper.media.film.timeline import FPS, FRAME_MS, Piece, Stretch

_OPTIONS: dict[Format, dict[str, str]] = {
    "mp4": {"movflags": "+faststart"},
    "webm": {"cues_to_front": "1"},
}

Made = Callable[[float], None]
"""Told how much is done, from 0 to 1."""


class Encoded(NamedTuple):
    """A piece of a film, and its files."""

    piece: Piece
    segments: list[Path]
    sound: Path


def join(pieces: Sequence[Encoded], path: Path, form: Format, made: Made) -> None:
    """Write a film to `path`."""
    first = pieces[0]
    length = pieces[-1].piece.end
    with (
        av.open(str(first.segments[0].absolute())) as seen,
        av.open(str(first.sound.absolute())) as heard,
        av.open(str(path.absolute()), "w", format=form, options=_OPTIONS[form]) as film,
    ):
        pictures = film.add_stream_from_template(seen.streams.video[0])
        voices = film.add_stream_from_template(heard.streams.audio[0])
        pictures.time_base, voices.time_base = Fraction(1, FPS), Fraction(1, RATE)
        _mark(film, [each.piece for each in pieces])
        header = seen.streams.video[0].codec_context.extradata
        waiting = _sound(pieces, form)
        sample = next(waiting, None)
        for picture in _pictures(pieces, header):
            picture.stream = pictures
            # In the order of time, so that the muxer has nothing to hold back.
            while sample is not None and _before(sample, picture):
                sample.stream = voices
                film.mux_one(sample)
                sample = next(waiting, None)
            at = picture.pts or 0
            film.mux_one(picture)
            made(at * FRAME_MS / length)
        while sample is not None:
            sample.stream = voices
            film.mux_one(sample)
            sample = next(waiting, None)


def digest(path: Path, made: Made) -> str:
    """Hexadecimal SHA-256 of a file."""
    found = hashlib.sha256()
    size, read = max(1, path.stat().st_size), 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
            read += len(block)
            made(read / size)
    return found.hexdigest()


def _pictures(
    pieces: Sequence[Encoded], header: bytes | None
) -> "Iterator[av.Packet[Any]]":
    for piece, segments, _ in pieces:
        start = piece.at // FRAME_MS
        for path in segments:
            with av.open(str(path.absolute())) as container:
                stream = container.streams.video[0]
                if stream.codec_context.extradata != header:
                    raise Failed("segments", "The segments do not fit together.")
                count = 0
                for packet in container.demux(stream):
                    if not packet.size or packet.time_base is None:
                        continue
                    number = round((packet.pts or 0) * packet.time_base * FPS)
                    packet.pts = packet.dts = start + number
                    packet.duration = 1
                    packet.time_base = Fraction(1, FPS)
                    count = max(count, number + 1)
                    yield packet
            start += count


def _sound(pieces: Sequence[Encoded], form: Format) -> "Iterator[av.Packet[Any]]":
    """The packets of all pieces; the first is what comes before the first sample."""
    codec = CODECS[form]
    number = 0
    for piece, _, path in pieces:
        until = round(Fraction(piece.end * RATE, 1000 * codec.packet))
        # The last one decodes to what a packet holds back.
        last = int(piece is pieces[-1].piece)
        with av.open(str(path.absolute())) as container:
            packets = (p for p in container.demux(container.streams.audio[0]) if p.size)
            for packet in islice(packets, until - number + last):
                packet.pts = packet.dts = number * codec.packet - codec.priming
                packet.duration = codec.packet
                packet.time_base = Fraction(1, RATE)
                number += 1
                yield packet


def _before(sample: "av.Packet[Any]", picture: "av.Packet[Any]") -> bool:
    return Fraction(sample.pts or 0, RATE) <= Fraction(picture.pts or 0, FPS)


def _mark(film: OutputContainer, pieces: Sequence[Piece]) -> None:
    chapters = [
        (piece, piece.what.chapter(piece.at))
        for piece in pieces
        if isinstance(piece.what, Stretch)
    ]
    film.metadata["creation_time"] = chapters[0][1].from_.isoformat()
    film.set_chapters(
        [
            {
                "id": number,
                "start": piece.at,
                "end": piece.end,
                "time_base": Fraction(1, 1000),
                "metadata": {"title": f"{chapter.from_:%Y-%m-%d %H:%M} UTC"},
            }
            for number, (piece, chapter) in enumerate(chapters, 1)
        ]
    )
