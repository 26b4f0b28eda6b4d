"""The measure by which two films are the same finds what it should."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from gatekeeper.media.film.cells import HEIGHT, WIDTH, Cell, cells
from gatekeeper.media.film.plates import GROUND, PANEL
from tests.browser.films import Planes, Tiles, assert_shows, rearranged, usual
from tests.browser.media import PALETTE

NAMES = ("Mara", "Tomas", "Ines")
FRAMES = 60
HELD = 3
"""Pictures of a film in which a camera has the same one."""


@dataclass(frozen=True)
class Shown:
    """How one person's tile is drawn at one moment."""

    name: str
    cell: Cell
    step: int
    """Of their bar."""
    size: tuple[int, int] = (320, 180)
    """In which they are sent."""
    there: bool = True
    spot: bool = False
    """Something small is on it."""


Fault = Callable[[int, Shown], Shown]
"""What is wrong at a moment with a tile."""


def as_it_is(_: int, tile: Shown) -> Shown:
    return tile


def tiny_spot(number: int, tile: Shown) -> Shown:
    return replace(tile, spot=number == 40)


def missing(_: int, tile: Shown) -> Shown:
    return replace(tile, there=False)


def away_for_a_moment(number: int, tile: Shown) -> Shown:
    return replace(tile, there=not 40 <= number < 42)


def late(number: int, tile: Shown) -> Shown:
    return replace(tile, there=number >= 6)


def smaller(_: int, tile: Shown) -> Shown:
    cell = tile.cell
    return replace(tile, cell=Cell(cell.x, cell.y, cell.width - 16, cell.height - 8))


def elsewhere(_: int, tile: Shown) -> Shown:
    cell = tile.cell
    return replace(tile, cell=Cell(cell.x, cell.y - 4, cell.width, cell.height))


def still(_: int, tile: Shown) -> Shown:
    return replace(tile, step=3)


def half_as_sharp(_: int, tile: Shown) -> Shown:
    return replace(tile, size=(160, 90))


def somebody_else(_: int, tile: Shown) -> Shown:
    return replace(tile, name="Tomas")


WRONG = (
    *(tiny_spot, missing, away_for_a_moment, smaller, elsewhere, still),
    *(half_as_sharp, somebody_else),
)


@cache
def drawn(tile: Shown) -> Image.Image:
    """As `own_media.js` draws it, scaled twice: to be sent, and into the film."""
    hue = PALETTE[tile.name].hue
    picture = Image.new("RGB", (320, 180), f"hsl({hue}, 90%, 45%)")
    pen = ImageDraw.Draw(picture)
    left = tile.step * 8 % 320
    pen.rectangle((left, 0, left + 23, 179), fill=f"hsl({hue}, 90%, 25%)")
    for tooth in range(16):
        at = 160 + 2 * tooth - 15
        pen.rectangle((at, 70, at + 1, 109), fill="white" if tooth % 2 else "black")
    if tile.spot:
        pen.rectangle((20, 20, 25, 25), fill="white")
    sent = picture.resize(tile.size, Image.Resampling.BOX)
    return sent.resize((tile.cell.width, tile.cell.height), Image.Resampling.BILINEAR)


def picture(number: int, names: tuple[str, ...], fault: Fault) -> NDArray[np.uint8]:
    """One of a film; there is a `fault` with Ines, or none."""
    whole = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    for name, cell in zip(names, cells(large=True, beside=2), strict=True):
        tile = Shown(name, cell, number // HELD + PALETTE[name].hue)
        tile = fault(number, tile) if name == "Ines" else tile
        panel = Image.new("RGB", (tile.cell.width, tile.cell.height), PANEL)
        shown = drawn(tile) if tile.there else panel
        whole.paste(shown, (tile.cell.x, tile.cell.y))
    return np.asarray(whole)


def film(path: Path, names: tuple[str, ...] = NAMES, fault: Fault = as_it_is) -> Path:
    """A film in which `names` are in this order."""
    with av.open(str(path), "w") as output:
        options = {"preset": "ultrafast", "crf": "23", "threads": "2"}
        stream = output.add_stream("libx264", rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(FRAMES):
            pixels = picture(number, names, fault)
            output.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")))
        output.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Planes, Tiles]:
    return usual(film(tmp_path_factory.mktemp("films") / "good.mp4"), NAMES)


def compare(good: tuple[Planes, Tiles], other: Path) -> None:
    standing, tiles = good
    _, there = usual(other, NAMES)
    assert_shows(other, rearranged(standing, tiles, there), there)


def test_films_are_the_same_whoever_is_small_first_and_begins_late(
    good: tuple[Planes, Tiles], tmp_path: Path
) -> None:
    compare(good, film(tmp_path / "1.mp4"))
    compare(good, film(tmp_path / "2.mp4", ("Mara", "Ines", "Tomas"), late))


@pytest.mark.parametrize("fault", WRONG, ids=lambda fault: fault.__name__)
def test_a_film_with_anything_wrong_is_another(
    good: tuple[Planes, Tiles], tmp_path: Path, fault: Fault
) -> None:
    bad = film(tmp_path / "bad.mp4", fault=fault)

    with pytest.raises(AssertionError):
        compare(good, bad)
