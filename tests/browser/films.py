"""
The films of two meetings, compared picture by picture: equal up to time.

All that tells one moment of a test camera from another is its bar (`own_media.js`). So
what a pixel is most of the time is the picture without it, and each picture of either
film is that one, save in a band of each tile that is as wide as the bar, and wanders.

Rule 1: cameras and microphones begin by moments apart. Pictures are compared from the
first one on in which all are there, to the last one.
Rule 2: who is small stands in the order of ids, which every meeting makes up anew. So a
tile is compared with that of the same person, wherever among the small ones it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from gatekeeper.media.film.cells import Cell, cells
from gatekeeper.media.film.timeline import FPS
from tests.browser.media import PALETTE, RATE, decoded, owner_of_picture

BAR = 24 / 320
"""Its width, as a share of a picture's."""
EDGE = 1 / 25
"""By how much of that a picture's edges may be smeared, all in all."""
NOISE = 12
"""Of 255: a column whose pixels are no farther apart, on an average, is the same."""
RIM = 8
"""Pixels at each side of a tile, or of its bar, that codecs mix with those beside."""
SEEN = 100
"""Of 255: outside of the bars a single pixel that is farther apart is another."""
SAMPLES = 15
"""Pictures of a film that tell what a pixel is most of the time."""
SETTLED = 2
"""Seconds of a film, at least, in which all are there."""
APART = 2
"""Seconds by which cameras begin apart, at the most, or end."""
STILL = 1.5
"""Seconds for which a camera may stand still, on a machine that has much to do."""
HEARD = 0.02
"""Share of full scale that a tone has, at least, while it sounds."""

Planes = tuple[NDArray[Any], ...]
"""Of a picture: lightness, and two colours of half the resolution each way."""
Tiles = Mapping[str, Cell]
"""Where in a picture each person is."""


@dataclass(frozen=True)
class Film:
    """What a meeting has left to those who were there."""

    path: Path
    form: dict[str, Any]
    """All that is the same in each film of these people, whenever they met."""


def streams(path: Path) -> dict[str, Any]:
    """How a film is coded."""
    with av.open(str(path)) as film:
        (seen,), (heard,) = film.streams.video, film.streams.audio
        return {
            "format": film.format.name,
            "chapters": [chapter["start"] for chapter in film.chapters()],
            "codecs": [seen.codec_context.name, heard.codec_context.name],
            "size": (seen.width, seen.height, seen.pix_fmt),
            "rate": (seen.average_rate, seen.base_rate),
            "sound": (heard.rate, heard.layout.name),
        }


def assert_alike(one: Film, other: Film, names: Sequence[str]) -> None:
    """
    Both show and let hear the same. Blocks.

    `names`: who is in both; first whoever is the loudest, and large.
    """
    assert other.form == one.form, f"{one.form}, and {other.form}"
    loud, as_loud = tones(one.path), tones(other.path)
    assert loud.keys() == as_loud.keys() == set(names), f"{loud}, and {as_loud}"
    for name in names:
        assert abs(as_loud[name] / loud[name] - 1) < 0.1, f"{name} is as loud"
    standing, tiles = usual(one.path, names)
    _, there = usual(other.path, names)
    for film, where in ((one, tiles), (other, there)):
        wanted = rearranged(standing, tiles, where)
        assert_shows(film.path, wanted, where)


# ---- Pictures -----------------------------------------------------------------------


def usual(path: Path, names: Sequence[str]) -> tuple[Planes, Tiles]:
    """What a film shows most of the time, and whose tile is where."""
    with av.open(str(path)) as film:
        count = film.streams.video[0].frames
        chosen = set(np.linspace(count // 3, count - 1, SAMPLES, dtype=int).tolist())
        pictures = [
            frame.to_ndarray()
            for number, frame in enumerate(film.decode(video=0))
            if number in chosen
        ]
    middle = len(pictures) // 2
    whole = np.partition(np.stack(pictures), middle, axis=0)[middle]
    picture = av.VideoFrame.from_ndarray(whole, format="yuv420p")
    colours = (picture.to_ndarray(format="rgb24"),)
    places = cells(large=True, beside=len(names) - 1)
    whose = [owner_of_picture(within(colours, cell)[0]) for cell in places]
    assert whose[0] == names[0], "who is the loudest is large"
    assert set(whose) == set(names), f"{whose} are in the film"
    return planes(picture), dict(zip(whose, places, strict=True))


def planes(picture: av.VideoFrame) -> Planes:
    whole = picture.to_ndarray()
    lines, columns = picture.height, picture.width
    one, other = whole[lines:].reshape(2, lines // 2, columns // 2)
    return whole[:lines], one, other


def within(picture: Planes, cell: Cell) -> Planes:
    """What a cell of the picture shows."""
    found = []
    for plane in picture:
        step = len(picture[0]) // len(plane)
        top, left = cell.y // step, cell.x // step
        height, width = cell.height // step, cell.width // step
        found.append(plane[top : top + height, left : left + width])
    return tuple(found)


def rearranged(picture: Planes, tiles: Tiles, there: Tiles) -> Planes:
    """The picture, were each person where they are `there`."""
    found = tuple(plane.copy() for plane in picture)
    for name, cell in tiles.items():
        for plane, part in zip(
            within(found, there[name]), within(picture, cell), strict=True
        ):
            plane[:] = part
    return found


def assert_shows(path: Path, wanted: Planes, tiles: Tiles) -> None:
    """Each picture of a film is the one that is wanted, but for what moves in it."""
    pictures = list(compared(path, wanted, tiles))
    same = [number for number, picture in enumerate(pictures) if picture.same]
    assert len(same) >= SETTLED * FPS, f"{len(same)} are: {pictures}"
    assert same[0] <= APART * FPS, f"not at first: {pictures[: same[0]]}"
    after = pictures[same[-1] + 1 :]
    assert len(after) <= APART * FPS, f"not any more: {after}"
    while_all = pictures[same[0] : same[-1] + 1]
    wrong = [picture for picture in while_all if not picture.same]
    assert not wrong, f"for a while: {wrong}"
    for name in tiles:
        stays = groupby(picture.bands[name] for picture in while_all)
        longest = max(len(list(each)) for _, each in stays)
        assert longest <= STILL * FPS, f"{name} stands still"


@dataclass(frozen=True)
class Compared:
    """One picture of a film beside the one that is wanted."""

    bands: dict[str, tuple[int, int]]
    """From where to where in each tile something is another."""
    widest: float
    """How wide a band is, as a share of its tile."""
    farthest: int
    """By how much, of 255, a pixel anywhere else is another at the most."""

    @property
    def same(self) -> bool:
        return self.widest <= BAR + EDGE and self.farthest <= SEEN


def compared(path: Path, wanted: Planes, tiles: Tiles) -> Iterator[Compared]:
    """Each picture of a film, one after the other."""
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            apart = tuple(
                np.maximum(seen, known) - np.minimum(seen, known)
                for seen, known in zip(planes(frame), wanted, strict=True)
            )
            bands, widest = {}, 0.0
            for name, cell in tiles.items():
                start, end = bands[name] = band(within(apart, cell))
                widest = max(widest, (end - start) / cell.width)
                clear(within(apart, cell), start, end)
            farthest = max(int(plane.max()) for plane in apart)
            yield Compared(bands, round(widest, 3), farthest)


def band(apart: Planes) -> tuple[int, int]:
    """From where to where a tile is another, by how far its pixels are `apart`."""
    width = apart[0].shape[1]
    means = [np.repeat(p.mean(axis=0), width // p.shape[1]) for p in apart]
    others = np.flatnonzero(np.max(means, axis=0)[RIM:-RIM] > NOISE) + RIM
    return (int(others[0]), int(others[-1]) + 1) if len(others) else (0, 0)


def clear(apart: Planes, start: int, end: int) -> None:
    """Leave a tile's rim and its band out of what is apart."""
    for plane in apart:
        step = len(apart[0]) // len(plane)
        rim = RIM // step
        for edge in (plane[:rim], plane[-rim:], plane[:, :rim], plane[:, -rim:]):
            edge[:] = 0
        plane[:, max(0, start - RIM) // step : (end + RIM) // step] = 0


# ---- Sound --------------------------------------------------------------------------


def tones(path: Path) -> dict[str, float]:
    """Whose tone sounds most of the time, and how loud it is then, of full scale."""
    samples = decoded(path)
    window = RATE // 10  # each tone goes into it a whole number of times
    windows = samples[: len(samples) // window * window].reshape(-1, window)
    levels = np.abs(np.fft.rfft(windows, axis=1)) * 2 / window
    found = {}
    for name, own in PALETTE.items():
        loud = levels[:, own.tone * window // RATE]
        if np.mean(loud > HEARD) > 0.5:
            found[name] = float(np.median(loud[loud > HEARD]))
    return found
