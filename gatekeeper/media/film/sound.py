"""
Sound: everybody's, mixed in one go, and how loud each was.

Rule 1: each part is encoded once, with more silence behind it than a join needs.
Rule 2: parts are joined in the silence that each begins and ends with: nothing is
encoded again, and nothing is to be heard where they join.
Rule 3: each track is decoded once, for the mix and for the loudness together.
Rule 4: who speaks is told by microphones alone; what is played on a shared screen is
as loud as it was sent, and makes nobody large.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import av.filter
from av.audio.stream import AudioStream
from av.error import BlockingIOError as NothingYet
from av.error import EOFError as Over
from av.filter.context import FilterContext

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.film.audio import BLOCK, RATE, Audio
from gatekeeper.media.film.recipe import Format
from gatekeeper.media.film.speaker import level
from gatekeeper.media.film.timeline import PAUSE_MS, Stretch

_FADE = 0.02
"""Seconds over which a part's sound comes and goes."""
_STILL = 0.045
"""Seconds of silence at its end: two packets, in which the next part's may begin."""
_SPARE = 4 * 1024
"""Samples of silence behind it."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How sound is encoded, in packets of equal length."""

    name: str
    samples: str
    """Sample format."""
    rate: int
    """Bits per second."""
    packet: int
    """Samples in a packet."""
    priming: int
    """Samples that come before the first one."""


CODECS: dict[Format, Codec] = {
    "mp4": Codec("aac", "fltp", 96_000, 1024, 1024),
    "webm": Codec("libopus", "flt", 48_000, 960, 312),
}

Levels = dict[str, bytes]
"""`speaker.level` of each block of each person, from the beginning of a part."""
Made = Callable[[int], None]
"""Told how many milliseconds are done."""


def mix(stretch: Stretch, path: Path, form: Format, made: Made) -> Levels:
    """Write a part's sound to `path`; return how loud everybody was."""
    levels: dict[str, bytearray] = {}
    frames = _mixed(stretch, CODECS[form].samples, levels)
    _encode(frames, stretch.length, path, form, made)
    return {who: bytes(blocks) for who, blocks in levels.items()}


def silence(path: Path, form: Format) -> None:
    """Write what is heard under a card to `path`."""
    _encode(iter(()), PAUSE_MS, path, form, lambda _: None)


def _encode(
    frames: Iterator[av.AudioFrame], length: int, path: Path, form: Format, made: Made
) -> None:
    codec = CODECS[form]
    with av.open(str(path.absolute()), "w", format="matroska") as output:
        stream = output.add_stream(codec.name, rate=RATE, layout="mono")
        assert isinstance(stream, AudioStream)  # noqa: S101 - so are both codecs
        stream.codec_context.format = av.AudioFormat(codec.samples)
        stream.codec_context.bit_rate = codec.rate
        count = 0
        for frame in _filled(frames, length * RATE // 1000, codec.samples):
            frame.pts, frame.time_base = count, Fraction(1, RATE)
            count += frame.samples
            output.mux(stream.encode(frame))
            made(count * 1000 // RATE)
        output.mux(stream.encode(None))


def _filled(
    frames: Iterator[av.AudioFrame], length: int, samples: str
) -> Iterator[av.AudioFrame]:
    left = length
    for frame in frames:
        left -= frame.samples
        yield frame
    if left < 0:
        raise AssertionError("more sound than there is time")
    yield from _silence(left + _SPARE, samples)


def _mixed(
    stretch: Stretch, samples: str, heard: dict[str, bytearray]
) -> Iterator[av.AudioFrame]:
    """The sound of one part; puts the levels into `heard` as it goes."""
    tracks = stretch.sounds
    if not tracks:
        return
    length = stretch.length * RATE // 1000
    with ExitStack() as stack:
        sounds = [
            stack.enter_context(closing(Audio(t.path, t.source, t.held, stretch.start)))
            for t in tracks
        ]
        graph, inputs, sink = _graph(len(tracks), stretch.length, samples)
        for at in range(0, length, BLOCK):
            for track, sound, entry in zip(tracks, sounds, inputs, strict=True):
                block = sound.block()[: 2 * (length - at)]
                if track.source is SourceKind.MICROPHONE:
                    heard.setdefault(track.who, bytearray()).append(level(block))
                entry.push(_frame(block, at))
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
    fade = max(0.0, length / 1000 - _STILL - _FADE)
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
