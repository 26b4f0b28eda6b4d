"""
A camera's picture that is as hard to encode as a face before a bookshelf, from a file.

Chromium's own fake camera is a flat green with a clock: a tenth of what a camera costs.
This one moves all the time, has grain, and is the same for everybody. It is small and
slow, so that two cores are enough for six browsers.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 640, 360
FRAMES, RATE = 20, 5
"""Four seconds, over and over; frames per second."""
_GRAIN = 1
"""Of 255, as a sensor has by lamp light."""
_SWAY = 12
"""Pixels that it moves to and fro."""


def write(file: Path) -> None:
    """As YUV4MPEG2, which `--use-file-for-fake-video-capture` reads."""
    random = np.random.default_rng(14)
    shelf = _clouds(random)
    colours = np.full((2, HEIGHT // 2, WIDTH // 2), [[[110]], [[140]]], np.uint8)
    with file.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420\n".encode())
        for number in range(FRAMES):
            turn = 2 * np.pi * number / FRAMES
            by = round(_SWAY * np.sin(turn)), round(2 * _SWAY * np.cos(turn))
            grain = random.normal(0, _GRAIN, shelf.shape)
            picture = np.clip(np.roll(shelf, by, (0, 1)) + grain, 16, 235)
            film.write(b"FRAME\n" + picture.astype(np.uint8).tobytes())
            film.write(colours.tobytes())


def _clouds(random: np.random.Generator) -> NDArray[np.float64]:
    """Shapes of every size, the large ones strongest, without an edge."""
    down = np.fft.fftfreq(HEIGHT)[:, None]
    along = np.fft.fftfreq(WIDTH)[None, :]
    strength = 1 / np.maximum(np.hypot(down, along), 1 / WIDTH) ** 1.9
    noise = np.fft.fft2(random.normal(size=(HEIGHT, WIDTH)))
    clouds: NDArray[np.float64] = np.fft.ifft2(noise * strength).real
    return 126.0 + 45.0 * clouds / float(clouds.std())
