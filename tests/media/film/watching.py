"""Watching a film: whose colour is where, whose tone is to be heard when."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from gatekeeper.media.film.cells import Cell
from gatekeeper.media.film.plates import GROUND, PANEL
from tests.media.film.material import BLUE, GREEN, RED, YELLOW, Colour

TOP = Path(__file__).parents[3]
COLOURS: dict[str, Colour] = {
    "red": RED,
    "green": GREEN,
    "blue": BLUE,
    "yellow": YELLOW,
    "panel": PANEL,
    "ground": GROUND,
    "black": (0, 0, 0),
}


class Watched:
    """A film, decoded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def pictures(self) -> list[NDArray[np.uint8]]:
        """A quarter of the size each way, so that all fit in memory."""
        scaler = (
            VideoReformatter()
        )  # one for all: to make it takes longer than to scale
        with av.open(str(self.path)) as container:
            small = (
                scaler.reformat(frame, 320, 180, "rgb24", interpolation="AREA")
                for frame in container.decode(video=0)
            )
            return [np.asarray(frame.to_ndarray(), np.uint8) for frame in small]

    @cached_property
    def sound(self) -> NDArray[np.float64]:
        """All samples, 48 kHz mono, from -1 to 1, from the film's zero on."""
        with av.open(str(self.path)) as container:
            frames = list(container.decode(audio=0))
        start = round((frames[0].time or 0) * 48_000)
        whole = np.concatenate([f.to_ndarray()[0] for f in frames])
        return np.concatenate([np.zeros(max(0, start)), whole[max(0, -start) :]])

    def at(self, seconds: float) -> NDArray[np.uint8]:
        return self.pictures[int(seconds * 25)]

    def colour(self, seconds: float, cell: Cell) -> str:
        """What fills the middle of a cell."""
        return colour(self.at(seconds), cell)

    def shows(self, seconds: float, name: str) -> float:
        """How much of the picture has this colour, from 0 to 1."""
        red, green, blue = (
            np.abs(self.at(seconds)[..., band].astype(np.int16) - wanted) < 40
            for band, wanted in enumerate(COLOURS[name])
        )
        return float((red & green & blue).mean())

    def tone(self, seconds: float) -> int:
        """The strongest frequency in the next 200 ms; 0 in silence."""
        part = self.sound[round(seconds * 48_000) :][:9600]
        if np.abs(part).max() < 0.005:
            return 0
        return int(np.abs(np.fft.rfft(part * np.hanning(len(part)))).argmax()) * 5


def colour(picture: NDArray[np.uint8], cell: Cell) -> str:
    x, y = (cell.x + cell.width // 2) // 4, (cell.y + cell.height // 2) // 4
    # Above the middle, where no name stands.
    y -= cell.height // 12
    mean = picture[y - 3 : y + 3, x - 3 : x + 3].mean(axis=(0, 1))
    return min(COLOURS, key=lambda name: float(np.abs(mean - COLOURS[name]).max()))


def worker(folder: Path, data: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "gatekeeper.media.film", str(folder), str(data)],
        cwd=TOP,
        stdout=subprocess.PIPE,
        text=True,
    )


def lines(process: "subprocess.Popen[str]") -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    for line in process.stdout:
        yield json.loads(line)


def made(folder: Path, data: Path) -> tuple[int, list[dict[str, Any]]]:
    """Run a worker to its end: exit code, and what it said."""
    with worker(folder, data) as process:
        said = list(lines(process))
    return process.returncode, said
