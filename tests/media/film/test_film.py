"""Films made by a real worker, and watched."""

import json
import os
from datetime import timedelta
from hashlib import sha256

import av
import numpy as np
import pytest

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.film.cells import Cell, cells
from gatekeeper.media.recording.packets import packets
from tests.media.film.material import (
    ANA,
    BEGAN,
    BLUE,
    GREEN,
    MARA,
    RED,
    TOM,
    YELLOW,
    Shelf,
    pictures,
)
from tests.media.film.watching import Watched, made

NAMES = {
    MARA: "O'Neill: 50 % \\ [x];%{pts},drawtext=text='",
    TOM: "שלום עולם \N{GRINNING FACE}",
}
RATES = {MARA: 440, TOM: 700, ANA: 1000}


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Two openings: people talk in turns; then a screen, and a camera that grows."""
    shelf = Shelf(tmp_path_factory.mktemp("film"))
    shelf.camera(MARA, RED, (0.5, 8))
    shelf.microphone(MARA, RATES[MARA], (0.5, 8), (1, 4))
    shelf.camera(TOM, GREEN, (0.5, 8), size=(180, 320))
    shelf.microphone(TOM, RATES[TOM], (0.5, 8), (4, 7))
    shelf.camera(ANA, BLUE, (3.2, 5))
    broken = shelf.microphone(ANA, RATES[ANA], (3.2, 8))
    shelf.opening(0, 8)
    broken.write_bytes(b"\x1a\x45\xdf\xa3 and no more")
    shelf.screen(MARA, YELLOW, (1, 3))
    shelf.microphone(MARA, RATES[MARA], (0, 4), (0, 4))
    shelf.put(
        TOM,
        SourceKind.CAMERA,
        [
            *pictures(lambda _: GREEN, (0, 2), (160, 90)),
            *pictures(lambda _: BLUE, (2, 4), (320, 240)),
        ],
    )
    cut = shelf.camera(ANA, RED, (0, 60))
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 30])
    shelf.opening(60, 4)
    return shelf


@pytest.fixture(scope="session")
def film(shelf: Shelf) -> Watched:
    recipe = shelf.recipe(NAMES)
    shelf.folder.begin(recipe)
    code, said = made(shelf.folder.path, shelf.data)
    assert code == 0, said
    assert [line["track"] for line in said if "warning" in line] == [
        f"recordings/room/recording/opening0/{ANA}-microphone.webm"
    ]
    index = shelf.folder.films()
    assert index is not None
    assert index.recipe == recipe.digest
    assert [(t.participant, t.source) for t in index.left_out] == [
        (ANA, SourceKind.MICROPHONE)
    ]
    (whole,) = index.films
    path = shelf.folder.path / whole.name
    assert whole.bytes == path.stat().st_size
    assert whole.sha256 == sha256(path.read_bytes()).hexdigest()
    assert sorted(os.listdir(shelf.folder.path)) == sorted(
        ["film.json", whole.name, whole.poster_name]
    )
    return Watched(path)


FIRST = 7.52
"""Seconds of the first opening, from 0.48 s on."""
LENGTH = FIRST + 2 + 4
"""Seconds: an opening from its first frame to its last, a pause, another opening."""


def test_it_has_every_picture_and_every_sample(film: Watched) -> None:
    assert len(film.pictures) == pytest.approx(25 * LENGTH)
    assert len(film.sound) / 48_000 == pytest.approx(LENGTH, abs=0.05)
    with av.open(str(film.path)) as container:
        (picture,), (sound,) = container.streams.video, container.streams.audio
        assert (picture.width, picture.height) == (1280, 720)
        assert picture.average_rate == 25
        codecs = picture.codec_context.name, sound.codec_context.name
    assert codecs == (
        ("h264", "aac") if film.path.suffix == ".mp4" else ("vp9", "opus")
    )


def test_it_says_what_of_each_track_stands_where(shelf: Shelf, film: Watched) -> None:
    index = shelf.folder.films()
    assert index is not None
    (whole,) = index.films
    recipe = shelf.recipe(NAMES)
    tracks = {t.sha256: t for opening in recipe.openings for t in opening.tracks}
    told = [
        (o.opening, t.participant, t.source)
        for o in recipe.openings
        for t in o.tracks
        if (t.participant, t.source) != (ANA, SourceKind.MICROPHONE)
    ]

    edits = whole.edits
    assert {(e.opening, e.participant, e.source) for e in edits} == set(told)
    for edit in edits:
        assert tracks[edit.track].participant == edit.participant
        times = [p.at for p in packets(shelf.data / tracks[edit.track].path)]
        # A last picture fills up to 200 ms to the end of its part.
        assert 0 <= edit.start < edit.start + edit.length <= times[-1] + 240
        assert 0 <= edit.at < edit.at + edit.length <= round(whole.seconds * 1000)
    mara = next(e for e in edits if (e.participant, e.source) == (MARA, "camera"))
    # The film begins 0.48 s after the opening, her camera at 0.5 s.
    assert (mara.at, mara.start, mara.opening) == (20, 0, "opening0")
    screen = next(e for e in edits if e.source is SourceKind.SCREEN)
    assert screen.at == FIRST * 1000 + 2000 + 1000


def test_whoever_speaks_is_large_and_the_others_beside(film: Watched) -> None:
    large, first, second = cells(large=True, beside=2)

    # The film begins 0.48 s after the opening.
    assert [film.colour(2.0, cell) for cell in cells(large=True, beside=1)] == [
        "red",
        "green",
    ]
    assert [film.colour(3.2, c) for c in (large, first, second)] == [
        "red",
        "green",
        "blue",
    ]
    assert [film.colour(4.4, c) for c in (large, first, second)] == [
        "green",
        "red",
        "blue",
    ]


def test_a_camera_that_is_off_is_a_plain_panel(film: Watched) -> None:
    whose = {film.colour(5.2, cell) for cell in cells(large=True, beside=1)}

    assert whose == {"green", "red"}


def test_a_tall_picture_is_not_stretched(film: Watched) -> None:
    large = cells(large=True, beside=2)[0]
    left = Cell(large.x, large.y, large.width // 4, large.height)

    assert film.colour(4.4, large) == "green"
    assert film.colour(4.4, left) == "panel"


def test_a_screen_is_large_while_it_is_shared(film: Watched) -> None:
    begin = FIRST + 2
    large, *others = cells(large=True, beside=3)

    assert film.colour(begin + 1.5, large) == "yellow"
    assert {film.colour(begin + 1.5, cell) for cell in others} >= {"panel", "green"}
    assert film.shows(begin + 0.5, "yellow") == 0
    assert film.shows(begin + 3.5, "yellow") == 0


def test_a_new_size_goes_on_in_its_cell(film: Watched) -> None:
    begin = FIRST + 2

    assert film.shows(begin + 1.5, "green") > 0.01
    assert film.shows(begin + 2.5, "green") == 0
    assert film.shows(begin + 2.5, "blue") > 0.01


def test_a_cut_off_track_is_shown_as_far_as_it_goes(film: Watched) -> None:
    assert film.shows(FIRST + 2 + 0.5, "red") > 0.01


def test_everybody_is_heard_when_they_speak(film: Watched) -> None:
    for at, expected in ((0.3, 0), (2, 440), (5, 700), (7, 0), (10, 440), (13, 440)):
        assert film.tone(at) == pytest.approx(expected, abs=10), at


def test_between_openings_there_is_a_card_and_silence(film: Watched) -> None:
    for at in (FIRST + 0.04, 8.5, FIRST + 1.96):
        assert film.shows(at, "ground") > 0.95
        assert film.shows(at, "ground") < 1
    pause = film.sound[int((FIRST + 0.03) * 48_000) : int((FIRST + 1.97) * 48_000)]
    assert np.abs(pause).max() < 0.003


def test_chapters_say_when_it_was(film: Watched) -> None:
    (said,) = json.loads(film.path.with_name("film.json").read_bytes())["films"]
    with av.open(str(film.path)) as container:
        marks = [
            float(c["start"] * (c["time_base"] or 0)) for c in container.chapters()
        ]

    assert [chapter["at"] for chapter in said["chapters"]] == [0, 9.52]
    assert marks == pytest.approx([0, 9.52], abs=0.01)
    first, second = said["chapters"]
    assert first["from"].startswith((BEGAN + timedelta(seconds=0.48)).isoformat()[:22])
    assert second["to"].startswith((BEGAN + timedelta(seconds=64)).isoformat()[:19])


def test_names_are_on_the_pictures(film: Watched) -> None:
    with av.open(str(film.path)) as container:
        frame = next(f for f in container.decode(video=0) if f.time >= 2)
        picture = frame.to_ndarray(format="rgb24")
    large = cells(large=True, beside=1)[0]
    corner = picture[large.y + large.height - 60 :, large.x : large.x + 500]

    assert (corner[:50].min(axis=2) > 180).mean() > 0.01
