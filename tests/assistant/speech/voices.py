"""
Spoken test texts: synthesised by flite or espeak-ng (Debian packages), recorded by
people (the two WAVs in moonshine-voice's wheel), and as Opus packets.
"""

import array
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import av
import jiwer
from av.audio.codeccontext import AudioCodecContext

RATE = 16_000
PACKET = 0.02
"""Seconds in an Opus packet."""
HERE = Path(__file__).parent

_VOICES = {"Anna": "slt", "Ben": "rms", "Carla": "awb"}
"""flite's, by speaker: made from recordings of people."""


def meeting() -> list[tuple[str, str]]:
    """Speaker and words of each line of a product launch sync."""
    text = (HERE.parent / "meetings/A_launch.txt").read_text("utf-8")
    found = re.findall(r"^\[[0-9:]+\] (\w+): (.+)$", text, re.MULTILINE)
    return [(who, said) for who, said in found]


@cache
def spoken(text: str, who: str = "Anna") -> bytes:
    """A line in somebody's voice, 16 kHz mono, 16 bits."""
    return resampled(
        subprocess.run(
            ["flite", "-voice", _VOICES[who], "-t", text, "-o", "/dev/stdout"],  # noqa: S607
            check=True,
            capture_output=True,
        ).stdout
    )


@cache
def formants(text: str) -> bytes:
    """A line as espeak-ng says it, 16 kHz mono, 16 bits."""
    return resampled(
        subprocess.run(
            ["espeak-ng", "-v", "en", "--stdout", text],  # noqa: S607
            check=True,
            capture_output=True,
        ).stdout
    )


def human(name: str) -> bytes:
    """A recording in the wheel, `two_cities` or `beckett`; 16 kHz mono, 16 bits."""
    spec = find_spec("moonshine_voice")
    assert spec is not None
    assert spec.origin is not None
    return resampled((Path(spec.origin).parent / f"assets/{name}.wav").read_bytes())


def silence(seconds: float) -> bytes:
    return bytes(2 * round(seconds * RATE))


def flowing(texts: Iterable[str], who: str = "Anna") -> bytes:
    """Texts that somebody says without a pause between them."""
    return b"".join(_trimmed(spoken(text, who)) for text in texts)


def _trimmed(pcm: bytes) -> bytes:
    """Without the silence at both ends; whole samples stay whole."""
    loud = [at for at, sample in enumerate(array.array("h", pcm)) if sample]
    return pcm[2 * loud[0] : 2 * loud[-1] + 2]


def seconds(pcm: bytes | bytearray) -> float:
    return len(pcm) / (2 * RATE)


def resampled(wav: bytes, rate: int = RATE) -> bytes:
    """The samples of a WAV file, mono, 16 bits."""
    resampler = av.AudioResampler("s16", "mono", rate)
    parts: list[bytes] = []
    # A header written to a pipe lies about the length; ffmpeg does not mind.
    with av.open(BytesIO(wav), "r", format="wav") as source:
        for frame in [*source.decode(audio=0), None]:
            parts += [
                bytes(part.planes[0])[: 2 * part.samples]
                for part in resampler.resample(frame)
            ]
    return b"".join(parts)


def packets(pcm: bytes, bit_rate: int = 32_000) -> list[bytes]:
    """Opus packets of 20 ms, as a browser's microphone sends them."""
    encoder = av.CodecContext.create("libopus", "w")
    assert isinstance(encoder, AudioCodecContext)
    encoder.sample_rate, encoder.layout = 48_000, "mono"
    encoder.format = av.AudioFormat("s16")
    encoder.bit_rate = bit_rate
    encoder.options = {"application": "voip", "frame_duration": "20"}
    resampler = av.AudioResampler("s16", "mono", 48_000, frame_size=960)
    found: list[bytes] = []
    for frame in [_frame(pcm), None]:
        for part in resampler.resample(frame):
            found += [bytes(packet) for packet in encoder.encode(part)]
    return found + [bytes(packet) for packet in encoder.encode(None)]


def timed(sent: Sequence[bytes], start: float) -> list[tuple[bytes, float]]:
    """The packets with their times, the first at `start`."""
    return [(packet, start + index * PACKET) for index, packet in enumerate(sent)]


def batches(
    sent: Sequence[tuple[bytes, float]], size: int = 5
) -> Iterator[list[tuple[bytes, float]]]:
    """As a track gets them: a few at a time."""
    for index in range(0, len(sent), size):
        yield list(sent[index : index + size])


def wrong(reference: str, heard: str) -> float:
    """The share of words that are wrong, whatever their case and punctuation."""
    return float(jiwer.wer(plain(reference), plain(heard)))


def plain(text: str) -> str:
    """Words alone."""
    kept = (c if c.isalnum() or c == "'" else " " for c in text.casefold())
    return " ".join("".join(kept).split())


def loud(pcm: bytes | bytearray) -> float:
    """The mean absolute sample, from 0 to 32767."""
    samples = array.array("h", pcm)
    return sum(map(abs, samples)) / max(len(samples), 1)


def _frame(pcm: bytes) -> av.AudioFrame:
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
    frame.planes[0].update(pcm)
    frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
    return frame
