"""Rule 19 in films: one gets what one was there for, and no byte more."""

from pathlib import Path

import av
import pytest

from gatekeeper.consent.types import SourceKind
from tests.media.film.material import (
    ANA,
    BLUE,
    GREEN,
    MARA,
    RED,
    TOM,
    YELLOW,
    Shelf,
)
from tests.media.film.watching import Watched, made

EVA = "eva"
"""Came when it was over: may see nothing."""
RATES = {MARA: 440, TOM: 700, ANA: 1000}
COLOURS = {MARA: RED, TOM: GREEN, ANA: BLUE}
PARTS = ((MARA, TOM), (MARA, TOM, ANA), (MARA, ANA), (MARA, TOM, ANA))
"""Ana comes, Tom leaves, and is back; each part lasts two seconds."""
GETS = {MARA: (0, 1, 2, 3), TOM: (0, 1, 3), ANA: (1, 2, 3)}
SECONDS = 2.0


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """One opening of four parts; in each only one person speaks and has a camera."""
    shelf = Shelf(tmp_path_factory.mktemp("cuts"))
    shows = (TOM, MARA, ANA, MARA)
    for number, (people, who) in enumerate(zip(PARTS, shows, strict=True)):
        colour = YELLOW if number == 3 else COLOURS[who]
        shelf.camera(who, colour, (0, SECONDS), size=(160, 90))
        hertz = 1400 if number == 3 else RATES[who]
        shelf.microphone(who, hertz, (0, SECONDS), (0, SECONDS))
        shelf.opening(
            number * SECONDS, SECONDS, people=people, goes_on=number < len(PARTS) - 1
        )
    shelf.folder.begin(shelf.recipe({who: who.title() for who in RATES}))
    code, said = made(shelf.folder.path, shelf.data)
    assert code == 0, said
    return shelf


TONES = (700, 440, 1000, 1400)
SHOWN = ("green", "red", "blue", "yellow")


@pytest.mark.parametrize("viewer", GETS)
def test_R19_present_a_film_has_ones_own_parts_and_nothing_of_the_others(
    shelf: Shelf, viewer: str
) -> None:
    film = Watched(shelf.film(viewer))
    index = shelf.folder.films()
    assert index is not None
    own = index.of(viewer)
    assert own is not None
    chapters = [(c.at, c.part, c.people) for c in own.chapters]

    at, last = 0.0, None
    expected = []
    for part in GETS[viewer]:
        at += 2.0 if last is not None and part != last + 1 else 0.0
        expected.append((round(at, 2), part, PARTS[part]))
        at, last = at + SECONDS, part
    assert chapters == expected
    assert own.seconds == pytest.approx(at, abs=0.05)
    assert len(film.pictures) == round(25 * own.seconds)
    assert len(film.sound) / 48_000 == pytest.approx(own.seconds, abs=0.05)
    for begins, part, _ in expected:
        assert film.tone(begins + 0.9) == pytest.approx(TONES[part], abs=10)
        assert film.shows(begins + 1, SHOWN[part]) > 0.1
    heard = {film.tone(step / 10) for step in range(int(own.seconds * 10) - 2)}
    for part, (tone, colour) in enumerate(zip(TONES, SHOWN, strict=True)):
        if part not in GETS[viewer]:
            assert not any(abs(found - tone) < 20 for found in heard)
            assert all(
                film.shows(n / 25, colour) == 0 for n in range(len(film.pictures))
            )


def test_R19_present_nobody_else_gets_anything(shelf: Shelf) -> None:
    index = shelf.folder.films()
    assert index is not None

    assert {viewer for film in index.films for viewer in film.viewers} == set(GETS)
    assert index.of(EVA) is None
    assert len({film.name for film in index.films}) == 3


def test_parts_that_follow_on_each_other_play_on_in_sound_and_picture(
    shelf: Shelf,
) -> None:
    film = Watched(shelf.film(MARA))

    for seam in (2.0, 4.0, 6.0):
        assert film.shows(seam - 0.04, "ground") < 0.5
        assert film.shows(seam + 0.04, "ground") < 0.5
    # 11 ms, half a packet, is what sound may be off its picture, however many seams.
    for seam, before, after in ((2.0, 700, 440), (4.0, 440, 1000), (6.0, 1000, 1400)):
        assert film.tone(seam - 0.3) == pytest.approx(before, abs=10)
        assert film.tone(seam + 0.1) == pytest.approx(after, abs=10)


def test_what_was_left_out_of_one_film_is_a_card_in_it(shelf: Shelf) -> None:
    film = Watched(shelf.film(TOM))

    assert film.shows(5.0, "ground") > 0.9  # between the second part and the fourth
    assert film.tone(5.0) == 0


def test_whoever_is_there_without_a_camera_is_in_the_picture(shelf: Shelf) -> None:
    """In the second part Mara speaks and has a camera; Tom and Ana have nothing."""
    film = Watched(shelf.film(MARA))

    assert film.shows(3.0, "panel") > 0.05
    assert film.shows(3.0, "red") < 0.7


def test_a_poster_shows_somebody(shelf: Shelf) -> None:
    index = shelf.folder.films()
    assert index is not None
    for film, colour in zip(index.films, ("green", "green", "red"), strict=True):
        assert film.poster
        with av.open(str(shelf.folder.path / film.poster_name)) as picture:
            assert picture.streams.video[0].width == 1280
        assert Watched(shelf.folder.path / film.poster_name).shows(0, colour) > 0.1


def test_a_meeting_that_is_shared_with_all_has_one_film(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for number, colour in enumerate((RED, BLUE)):
        shelf.camera(MARA, colour, (0, 1), size=(160, 90))
        shelf.opening(
            number,
            1,
            people=PARTS[number],
            viewers=(MARA, TOM, ANA),
            goes_on=not number,
        )
    shelf.folder.begin(shelf.recipe())
    code, said = made(shelf.folder.path, shelf.data)
    assert code == 0, said

    assert shelf.film() == shelf.film(ANA) == shelf.film(TOM)
    assert Watched(shelf.film()).shows(0.5, "red") > 0.1
    assert Watched(shelf.film()).shows(1.5, "blue") > 0.1


def test_a_part_of_which_nothing_is_left_makes_no_film_of_its_own(
    tmp_path: Path,
) -> None:
    shelf = Shelf(tmp_path)
    shelf.microphone(MARA, 440, (0, 1), (0, 1))
    shelf.opening(0, 1, people=(MARA, TOM), goes_on=True)
    broken = shelf.microphone(ANA, 1000, (0, 1), (0, 1))
    shelf.opening(1, 1, people=(MARA, ANA))
    broken.write_bytes(b"no sound")
    shelf.folder.begin(shelf.recipe())
    code, said = made(shelf.folder.path, shelf.data)
    assert code == 0, said

    index = shelf.folder.films()
    assert index is not None
    assert [film.viewers for film in index.films] == [(MARA, TOM)]
    assert [(o.participant, o.source, o.part) for o in index.left_out] == [
        (ANA, SourceKind.MICROPHONE, 1)
    ]
    assert not index.films[0].poster
