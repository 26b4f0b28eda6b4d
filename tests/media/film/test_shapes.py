"""Pictures of every size and shape, and files of nonsense: a film all the same."""

import os
import random
from itertools import chain
from pathlib import Path

import av
import pytest

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.film.cells import WHOLE, Cell, cells
from gatekeeper.media.film.picture import Scaler, fitted
from gatekeeper.media.film.plates import plate
from gatekeeper.media.recording.webm import TimedFrame
from tests.media.film.material import (
    ANA,
    BLUE,
    GREEN,
    MARA,
    RED,
    TOM,
    YELLOW,
    Shelf,
    pictures,
    tone,
)
from tests.media.film.watching import Watched, made

EDGES = (1, 2, 3, 8, 17, 180, 1279, 1280, 2600, 4096)
SIZES = [
    *((width, height) for width in EDGES for height in EDGES if width * height < 2**21),
    (4096, 4096),
    (2000, 2),
    (16_383, 1),
    (1, 16_383),
]
SMALL = cells(large=True, beside=12)[-1]


@pytest.mark.parametrize("cell", [WHOLE, SMALL], ids=["whole", "small"])
def test_a_picture_of_any_size_is_drawn_in_its_cell(cell: Cell) -> None:
    for width, height in SIZES:
        frame = av.VideoFrame(width, height, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([128]) * plane.buffer_size)
        name = plate("Mara", cell.width, cell.height)

        drawn = Scaler((width, height, "yuv420p"), cell, name).scale(frame)

        assert (drawn.width, drawn.height) == (cell.width, cell.height), (width, height)
        inner = fitted(width, height, cell)
        assert 2 <= inner[0] <= cell.width
        assert 2 <= inner[1] <= cell.height


def changing(sizes: list[tuple[int, int]]) -> list[TimedFrame]:
    """A camera whose size is another one in every picture."""
    each = (pictures(lambda _: GREEN, (0, 0.1), size) for size in sizes)
    return [
        frame._replace(at=40 * number)
        for number, frame in enumerate(chain.from_iterable(each))
    ]


def test_no_picture_and_no_file_spoils_the_film(tmp_path: Path) -> None:
    """A thin screen beside a thinner one, sizes that change, and seven bad files."""
    chance = random.Random(8)  # noqa: S311 - the same nonsense each time
    shelf = Shelf(tmp_path)
    shelf.camera(MARA, RED, (0, 3))
    shelf.microphone(MARA, 440, (0, 3), (0, 3))
    shelf.put(MARA, SourceKind.SCREEN, pictures(lambda _: YELLOW, (0, 3), (2600, 8)))
    shelf.put(TOM, SourceKind.SCREEN, pictures(lambda _: BLUE, (0.5, 3), (2000, 2)))
    odd = [size for size in SIZES if size[0] * size[1] < 2**17]
    shelf.put(TOM, SourceKind.CAMERA, changing(odd))
    noise = [
        frame._replace(data=chance.randbytes(40))
        for frame in pictures(lambda _: RED, (0, 3), (64, 48))
    ]
    shelf.put(ANA, SourceKind.CAMERA, noise)
    deaf = [frame._replace(data=b"\xff\xff") for frame in tone(700, (0, 3), [(0, 3)])]
    shelf.put(ANA, SourceKind.MICROPHONE, deaf)
    huge = pictures(lambda _: RED, (0, 0.1), (4200, 4096))
    shelf.put("eva", SourceKind.CAMERA, huge)
    for number, spoil in enumerate((cut_at_random, scramble, empty, scramble)):
        spoil(shelf.camera(f"bad{number}", BLUE, (0, 3)), chance)
    shelf.opening(0, 3, people=(MARA, TOM, ANA))
    shelf.folder.begin(shelf.recipe({MARA: "Mara"}))

    code, said = made(shelf.folder.path, shelf.data)

    assert code == 0, said
    film = Watched(shelf.film(MARA))
    assert len(film.pictures) == 75
    assert film.tone(1) == 440
    assert film.shows(1, "red") > 0.01
    index = shelf.folder.films()
    assert index is not None
    left_out = {(out.participant, out.source) for out in index.left_out}
    assert left_out >= {
        (ANA, SourceKind.CAMERA),
        ("eva", SourceKind.CAMERA),
        ("bad2", SourceKind.CAMERA),
    }
    assert not any(who in (MARA, TOM) for who, _ in left_out)


def cut_at_random(file: Path, chance: random.Random) -> None:
    os.truncate(file, chance.randrange(file.stat().st_size))


def scramble(file: Path, chance: random.Random) -> None:
    content = bytearray(file.read_bytes())
    for _ in range(200):
        content[chance.randrange(len(content))] = chance.randrange(256)
    file.write_bytes(content)


def empty(file: Path, _: random.Random) -> None:
    file.write_bytes(b"")
