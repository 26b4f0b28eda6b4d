"""
Finish: pictures and sound into one file.

Rule 1: nothing is encoded here.
Rule 2: the file can be played while it still loads (MP4: the index comes first).
"""

import hashlib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import OutputContainer

from gatekeeper.media.film.progress import Failed, Steps
from gatekeeper.media.film.recipe import Format
from gatekeeper.media.film.timeline import FPS, FRAME_MS, Timeline

_OPTIONS: dict[Format, dict[str, str]] = {
    "mp4": {"movflags": "+faststart"},
    "webm": {"cues_to_front": "1"},
}


def join(
    timeline: Timeline,
    parts: tuple[list[Path], Path],
    path: Path,
    form: Format,
    steps: Steps,
) -> None:
    """Write the film to `path`, from the segments and the sound."""
    segments, sound = parts
    with (
        av.open(str(segments[0].absolute())) as first,
        av.open(str(sound.absolute())) as heard,
        av.open(str(path.absolute()), "w", format=form, options=_OPTIONS[form]) as film,
    ):
        pictures = film.add_stream_from_template(first.streams.video[0])
        voices = film.add_stream_from_template(heard.streams.audio[0])
        pictures.time_base = Fraction(1, FPS)
        film.metadata["creation_time"] = timeline.stretches[0].began.isoformat()
        _mark(film, timeline)
        header = first.streams.video[0].codec_context.extradata
        waiting = heard.demux(heard.streams.audio[0])
        sample = next(waiting, None)
        for picture in _pictures(timeline, segments, header):
            picture.stream = pictures
            # In the order of time, so that the muxer has nothing to hold back.
            while sample is not None and _before(sample, picture):
                if sample.size:
                    sample.stream = voices
                    film.mux_one(sample)
                sample = next(waiting, None)
            at = picture.pts or 0
            film.mux_one(picture)
            steps.made("finish", 0.8 * at * FRAME_MS / timeline.length)
        while sample is not None:
            if sample.size:
                sample.stream = voices
                film.mux_one(sample)
            sample = next(waiting, None)


def digest(path: Path, steps: Steps) -> str:
    """Hexadecimal SHA-256 of a file."""
    found = hashlib.sha256()
    size, read = max(1, path.stat().st_size), 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
            read += len(block)
            steps.made("finish", 0.8 + 0.2 * read / size)
    return found.hexdigest()


def _pictures(
    timeline: Timeline, segments: list[Path], header: bytes | None
) -> "Iterator[av.Packet[Any]]":
    start = 0
    for segment, path in zip(timeline.segments, segments, strict=True):
        with av.open(str(path.absolute())) as container:
            stream = container.streams.video[0]
            if stream.codec_context.extradata != header:
                raise Failed("segments", "The segments do not fit together.")
            for packet in container.demux(stream):
                if not packet.size or packet.pts is None or packet.time_base is None:
                    continue
                number = round(packet.pts * packet.time_base * FPS)
                packet.pts = packet.dts = start + number
                packet.duration = 1
                packet.time_base = Fraction(1, FPS)
                yield packet
        start += segment.frames


def _before(sample: "av.Packet[Any]", picture: "av.Packet[Any]") -> bool:
    if sample.pts is None or picture.pts is None:
        return True
    return sample.pts * sample.time_base <= Fraction(picture.pts, FPS)


def _mark(film: OutputContainer, timeline: Timeline) -> None:
    film.set_chapters(
        [
            {
                "id": number,
                "start": stretch.at,
                "end": stretch.at + stretch.length,
                "time_base": Fraction(1, 1000),
                "metadata": {"title": f"{stretch.chapter.from_:%Y-%m-%d %H:%M} UTC"},
            }
            for number, stretch in enumerate(timeline.stretches, 1)
        ]
    )
