"""
Whose a picture or a sound is, by its colour or its tone.

Everybody in these tests has one colour and one tone of their own (`PALETTE`).
"""

import colorsys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

RATE = 48_000
WINDOW = RATE // 50
"""Samples in 20 ms, one Opus frame; its spectrum has bins of 50 Hz."""
QUIET = 0.01
"""Below this share of full scale nobody is heard."""


@dataclass(frozen=True, slots=True)
class Own:
    """What tells one person from the others. Hues in degrees, tones in Hz."""

    hue: int
    tone: int
    screen_hue: int
    screen_tone: int
    loudness: float
    """Of either tone, as a share of full scale: no two speak equally loud."""


PALETTE = {
    "Mara": Own(0, 400, screen_hue=180, screen_tone=2000, loudness=0.3),
    "Tomas": Own(120, 700, screen_hue=300, screen_tone=2400, loudness=0.2),
    "Ines": Own(240, 1100, screen_hue=30, screen_tone=2800, loudness=0.14),
    "Noor": Own(60, 1600, screen_hue=210, screen_tone=3200, loudness=0.1),
}

Owners = Counter[str]
"""How many frames are whose; "?" is nobody of ours."""


def owner_of_hue(hue: float) -> str:
    """Whose camera, or whose screen, has this hue in degrees."""
    known = {own.hue: name for name, own in PALETTE.items()}
    known |= {own.screen_hue: f"{name}'s screen" for name, own in PALETTE.items()}

    def distance(other: int) -> float:
        return abs((hue - other + 180) % 360 - 180)

    nearest = min(known, key=distance)
    return known[nearest] if distance(nearest) < 12 else "?"


def owner_of_tone(tone: float) -> str:
    """Whose microphone, or whose screen, sounds at this frequency in Hz."""
    known = {own.tone: name for name, own in PALETTE.items()}
    known |= {own.screen_tone: f"{name}'s screen" for name, own in PALETTE.items()}
    nearest = min(known, key=lambda other: abs(other - tone))
    return known[nearest] if abs(nearest - tone) <= 50 else "?"


def pictures(path: Path) -> Owners:
    """Whose every decoded frame of a film is."""
    owners: Owners = Counter()
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            owners[owner_of_picture(frame.to_ndarray(format="rgb24"))] += 1
    return owners


def owner_of_picture(picture: NDArray[Any]) -> str:
    """Whose a picture is, or a part of one: red, green and blue."""
    red, green, blue = picture.mean(axis=(0, 1)) / 255
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    return owner_of_hue(hue * 360) if saturation > 0.3 else "?"


def decoded(path: Path) -> NDArray[np.float32]:
    """All that is heard in a file: mono, from -1 to 1."""
    with av.open(str(path)) as file:
        mono = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        blocks = [
            block.to_ndarray()[0]
            for frame in file.decode(audio=0)
            for block in mono.resample(frame)
        ]
    return np.concatenate(blocks) if blocks else np.zeros(0, np.float32)


def sounds(path: Path) -> Owners:
    """Whose every 20 ms of a sound file are, by the strongest frequency; no silence."""
    samples = decoded(path)
    if len(samples) == 0:
        return Counter()
    windows = samples[: len(samples) // WINDOW * WINDOW].reshape(-1, WINDOW)
    heard = windows[np.abs(windows).max(axis=1) > QUIET]
    strongest = np.abs(np.fft.rfft(heard * np.hanning(WINDOW), axis=1)).argmax(axis=1)
    return Counter(owner_of_tone(k * RATE / WINDOW) for k in strongest)


def owners(path: Path) -> Owners:
    """Whose picture or sound a recorded file holds."""
    heard = path.stem.endswith(("-microphone", "-screen-audio"))
    return sounds(path) if heard else pictures(path)


def streams(path: Path) -> list[tuple[str, str]]:
    """Kind and codec of what is in a file that can be read to its end."""
    with av.open(str(path)) as file:
        found: list[tuple[str, str]] = [
            (s.type, s.codec_context.name) for s in file.streams
        ]
        times = [packet.pts for packet in file.demux() if packet.pts is not None]
    assert times, f"{path.name} is empty"
    assert times == sorted(times), f"{path.name} runs backwards"
    return found
