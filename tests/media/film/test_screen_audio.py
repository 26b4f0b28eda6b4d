"""What was played on a shared screen is heard in the film, as loud as people are."""

import numpy as np
import pytest

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.film.sound import mix
from gatekeeper.media.film.timeline import plan
from tests.media.film.material import GREEN, MARA, RED, TOM, YELLOW, Shelf
from tests.media.film.watching import Watched, made

VOICE, MUSIC = 440, 1400


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Tom plays something while Mara speaks, and goes on when she is silent."""
    shelf = Shelf(tmp_path_factory.mktemp("played"))
    shelf.camera(MARA, RED, (0, 6))
    shelf.microphone(MARA, VOICE, (0, 6), (0, 3))
    shelf.camera(TOM, GREEN, (0, 6))
    shelf.microphone(TOM, 700, (0, 6))
    shelf.screen(TOM, YELLOW, (1, 4))
    shelf.played(TOM, MUSIC, (1, 4), (1, 4))
    shelf.opening(0, 6)
    return shelf


@pytest.fixture(scope="module")
def film(shelf: Shelf) -> Watched:
    shelf.folder.begin(shelf.recipe())
    code, said = made(shelf.folder.path, shelf.data)
    assert code == 0, said
    return Watched(shelf.film())


def level(film: Watched, seconds: float, hertz: int) -> float:
    """How loud a tone is for half a second, in dB."""
    part = film.sound[round(seconds * 48_000) :][:24_000]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part))))
    near = spectrum[hertz // 2 - 10 : hertz // 2 + 10]
    return float(20 * np.log10(near.max()))


def test_it_is_heard_while_it_is_played_and_not_a_moment_longer(film: Watched) -> None:
    assert film.tone(0.5) == pytest.approx(VOICE, abs=10)
    assert film.tone(3.4) == pytest.approx(MUSIC, abs=10)
    assert film.tone(4.3) == 0


def test_it_is_as_loud_as_whoever_speaks(film: Watched) -> None:
    together = level(film, 2, VOICE), level(film, 2, MUSIC)

    assert together[0] == pytest.approx(together[1], abs=1.5)
    assert together[0] == pytest.approx(level(film, 0.3, VOICE), abs=1.5)
    assert level(film, 0.3, MUSIC) < together[1] - 30


def test_the_film_says_which_track_it_is(shelf: Shelf, film: Watched) -> None:
    index = shelf.folder.films()
    assert index is not None
    (whole,) = index.films
    (edit,) = [e for e in whole.edits if e.source is SourceKind.SCREEN_AUDIO]

    assert (edit.participant, edit.at, edit.start) == (TOM, 1000, 0)
    assert edit.length == pytest.approx(3000, abs=40)


def test_who_plays_something_does_not_speak_by_it(shelf: Shelf) -> None:
    (stretch,) = plan(shelf.recipe(), shelf.data, lambda *_: None)
    assert stretch is not None
    path = shelf.data / "sound.mka"
    levels = mix(stretch, path, "webm", lambda _: None)

    assert levels.keys() == {MARA, TOM}
    assert max(levels[TOM]) == 0 < max(levels[MARA])
