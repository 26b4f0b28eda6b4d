"""
Sound: everybody's, mixed in one go, and how loud each was.

Rule 1: the mix has exactly as many samples as the timeline says.
Rule 2: one encoder for the whole film: nothing to hear where its parts join.
Rule 3: each microphone is decoded once, for the mix and for the loudness together.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from fractions import Fraction
from pathlib import Path

import av
import av.filter
from av.audio.stream import AudioStream
from av.error import BlockingIOError as NothingYet
from av.error import EOFError as Over
from av.filter.context import FilterContext

from gatekeeper.consent.words import SourceKind
from gatekeeper.media.film.progress import Steps
from gatekeeper.media.film.recipe import Format
from gatekeeper.media.film.speaker import level
from gatekeeper.media.film.timeline import PAUSE_MS, Stretch, Timeline
from gatekeeper.media.film.track import BLOCK, BLOCK_MS, RATE, Sound

_FADE = 0.02
"""Seconds over which an opening's sound comes and goes."""
_CODECS: dict[Format, tuple[str, str, str, int]] = {
    "mp4": ("mp4", "aac", "fltp", 96_000),
    "webm": ("webm", "libopus", "flt", 48_000),
}
"""Container, codec, sample format, bits per second."""

Levels = dict[str, bytes]
"""`speaker.level` of each block of each person, from the beginning of a stretch."""


def mix(timeline: Timeline, path: Path, form: Format, steps: Steps) -> list[Levels]:
    """Write the film's sound to `path`; return the levels of each stretch."""
    container, codec, samples, rate = _CODECS[form]
    levels: list[Levels] = []
    with av.open(str(path.absolute()), "w", format=container) as output:
        stream = output.add_stream(codec, rate=RATE, layout="mono")
        assert isinstance(stream, AudioStream)  # noqa: S101 - so are both codecs
        stream.codec_context.format = av.AudioFormat(samples)
        stream.codec_context.bit_rate = rate
        count = 0
        for frame in _frames(timeline, samples, levels):
            frame.pts, frame.time_base = count, Fraction(1, RATE)
            count += frame.samples
            output.mux(stream.encode(frame))
            steps.made("sound", count / RATE * 1000 / timeline.length)
        output.mux(stream.encode(None))
    return levels


def _frames(
    timeline: Timeline, samples: str, levels: list[Levels]
) -> Iterator[av.AudioFrame]:
    for number, stretch in enumerate(timeline.stretches):
        if number:
            yield from _silence(PAUSE_MS * RATE // 1000, samples)
        heard: dict[str, bytearray] = {}
        left = stretch.length * RATE // 1000
        for frame in _mixed(stretch, samples, heard):
            yield frame
            left -= frame.samples
        if left < 0:
            raise AssertionError("more sound than there is time")
        yield from _silence(left, samples)
        levels.append({who: bytes(blocks) for who, blocks in heard.items()})


def _mixed(
    stretch: Stretch, samples: str, heard: dict[str, bytearray]
) -> Iterator[av.AudioFrame]:
    """The sound of one stretch; puts the levels into `heard` as it goes."""
    tracks = stretch.of(SourceKind.MICROPHONE)
    if not tracks:
        return
    with ExitStack() as stack:
        sounds = [
            stack.enter_context(closing(Sound(t.path, t.held, stretch.start)))
            for t in tracks
        ]
        graph, inputs, sink = _graph(len(tracks), stretch.length, samples)
        for number in range(stretch.length // BLOCK_MS):
            for track, sound, entry in zip(tracks, sounds, inputs, strict=True):
                block = sound.block()
                heard.setdefault(track.who, bytearray()).append(level(block))
                entry.push(_frame(block, number * BLOCK))
            yield from _pulled(sink)
        for entry in inputs:
            entry.push(None)
        yield from _pulled(sink)
        del graph


def _graph(
    count: int, length: int, samples: str
) -> tuple[av.filter.Graph, list[FilterContext], FilterContext]:
    graph = av.filter.Graph()
    inputs = [
        graph.add_abuffer(
            sample_rate=RATE, format="s16", layout="mono", time_base=Fraction(1, RATE)
        )
        for _ in range(count)
    ]
    mixer = graph.add("amix", f"inputs={count}:normalize=0")
    for index, entry in enumerate(inputs):
        entry.link_to(mixer, 0, index)
    fade = length / 1000 - _FADE
    chain = [
        mixer,
        # Several people at once are louder than a file can hold.
        graph.add("alimiter", "limit=0.9:level=0:latency=1"),
        graph.add("afade", f"t=in:d={_FADE}"),
        graph.add("afade", f"t=out:st={fade:.3f}:d={_FADE}"),
        graph.add(
            "aformat",
            f"sample_fmts={samples}:sample_rates={RATE}:channel_layouts=mono",
        ),
        graph.add("abuffersink"),
    ]
    graph.link_nodes(*chain).configure()
    return graph, inputs, chain[-1]


def _pulled(sink: FilterContext) -> Iterator[av.AudioFrame]:
    while True:
        try:
            frame = sink.pull()
        except (NothingYet, Over):
            return
        assert isinstance(frame, av.AudioFrame)  # noqa: S101 - it is an audio sink
        yield frame


def _frame(block: bytes, at: int) -> av.AudioFrame:
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(block) // 2)
    frame.planes[0].update(block)
    frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
    return frame


def _silence(count: int, samples: str) -> Iterator[av.AudioFrame]:
    while count > 0:
        size = min(count, BLOCK)
        frame = av.AudioFrame(format=samples, layout="mono", samples=size)
        plane = frame.planes[0]
        plane.update(bytes(plane.buffer_size))
        frame.sample_rate = RATE
        yield frame
        count -= size
