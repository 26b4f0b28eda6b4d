"""The worker: a real process, stopped, killed and starved; formats and timing."""

import signal
from pathlib import Path

import av
import numpy as np
import pytest

from gatekeeper.media.film.cells import WHOLE
from gatekeeper.media.film.files import Busy
from gatekeeper.media.film.sound import mix
from gatekeeper.media.film.timeline import plan
from tests.media.film.material import (
    BLACK,
    BLUE,
    GREEN,
    MARA,
    RED,
    TOM,
    YELLOW,
    Shelf,
)
from tests.media.film.watching import Watched, lines, made, worker

RATES = {MARA: 440, TOM: 700}


# ---- Together -----------------------------------------------------------------------


def test_flash_and_beep_of_everybody_are_together(tmp_path: Path) -> None:
    """Both flash and beep at 3 s; one of them came late and has a gap."""
    shelf = Shelf(tmp_path)
    for who, colour, start in ((MARA, RED, 0.0), (TOM, GREEN, 1.3)):

        def flash(
            t: float, colour: tuple[int, int, int] = colour
        ) -> tuple[int, int, int]:
            return colour if 2.95 < t < 3.45 else BLACK

        shelf.camera(who, flash, (start, 5))
        shelf.microphone(who, RATES[who], (start, 5), (3, 3.5))
    shelf.opening(0, 5)
    shelf.folder.begin(shelf.recipe())
    code, said = made(shelf.folder.path, shelf.data)
    assert code == 0, said
    film = Watched(shelf.film())

    seen = [
        next(n for n in range(125) if film.shows(n / 25, name) > 0.01) / 25
        for name in ("red", "green")
    ]
    heard = []
    for hertz in (RATES[MARA], RATES[TOM]):
        t = np.arange(len(film.sound)) / 48_000
        wave = film.sound * np.exp(-2j * np.pi * hertz * t)
        strength = np.abs(np.convolve(wave, np.ones(960) / 960, "same"))
        heard.append(float(np.argmax(strength > strength.max() / 2)) / 48_000)

    moments = [*seen, *heard]
    assert max(moments) - min(moments) <= 0.08
    assert moments == pytest.approx([3.0] * 4, abs=0.06)


def test_webm_is_the_same_film(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for number, colour in enumerate((RED, BLUE)):
        shelf.camera(MARA, colour, (0, 1))
        shelf.microphone(MARA, RATES[MARA], (0, 1), (0, 1))
        shelf.opening(60 * number, 1)
    shelf.folder.begin(shelf.recipe(form="webm"))
    code, said = made(shelf.folder.path, shelf.data)
    assert code == 0, said
    film = Watched(shelf.film())

    assert len(film.pictures) == 25 * 4
    assert [film.colour(at, WHOLE) for at in (0.5, 3.5)] == ["red", "blue"]
    assert [film.tone(at) for at in (0.5, 1.5, 3.5)] == [440, 0, 440]
    with av.open(str(film.path)) as container:
        assert [s.codec_context.name for s in container.streams] == ["vp9", "opus"]
        marks = [
            float(c["start"] * (c["time_base"] or 0)) for c in container.chapters()
        ]
    assert marks == [0, 3]


def test_nothing_clicks_in_half_a_minute(tmp_path: Path) -> None:
    """Longer than a segment of pictures: sound knows of no segments."""
    shelf = Shelf(tmp_path)
    shelf.microphone(MARA, 200, (0, 33), (0.5, 32))
    shelf.opening(0, 33)
    (stretch,) = plan(shelf.recipe(), shelf.data, lambda *_: None)
    assert stretch is not None

    mix(stretch, tmp_path / "sound.mka", "mp4", lambda _: None)

    assert [segment.length for segment in stretch.segments()] == [30_000, 3000]
    sound = Watched(tmp_path / "sound.mka").sound
    assert len(sound) == pytest.approx(33 * 48_000, abs=8 * 1024)
    assert np.abs(sound[29 * 48_000 : 31 * 48_000]).max() == pytest.approx(
        0.25, abs=0.03
    )
    # A sine of 200 Hz at a quarter of full scale climbs by 0.0065 per sample.
    assert np.abs(np.diff(sound)).max() < 0.012


# ---- Stopped and taken up -----------------------------------------------------------


def test_a_stopped_worker_is_taken_up_where_it_was(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    colours = (RED, GREEN, BLUE, YELLOW)
    for number, colour in enumerate(colours):
        shelf.camera(MARA, colour, (0, 2), size=(160, 90))
        shelf.opening(60 * number, 2)
    shelf.folder.begin(shelf.recipe())
    parts = shelf.folder.work / "parts"

    killed = stopped_at(shelf, 2, signal.SIGKILL)
    assert killed == -9
    first = {path: path.stat().st_mtime_ns for path in parts.glob("*/0*.mkv")}
    assert shelf.folder.progress().state == "making"

    assert stopped_at(shelf, 4, signal.SIGTERM) == 3
    then = {path: path.stat().st_mtime_ns for path in parts.glob("*/0*.mkv")}
    assert len(then) > len(first)
    assert first.items() <= then.items()
    assert shelf.folder.films() is None
    assert not list(shelf.folder.path.glob("film.*"))

    code, said = made(shelf.folder.path, shelf.data)
    assert code == 0, said
    film = Watched(shelf.film())
    assert len(film.pictures) == 4 * 49 + 3 * 50
    shown = [film.colour(at, WHOLE) for at in (1, 3, 5, 7, 9, 11, 13)]
    assert shown[::2] == ["red", "green", "blue", "yellow"]
    # The very first line of the pictures is about what had been there.
    assert next(line for line in said if line["stage"] == "pictures")["done"] > 0.1


def stopped_at(shelf: Shelf, segments: int, number: signal.Signals) -> int:
    """Let a worker finish so many segments, and stop it; its exit code."""
    with worker(shelf.folder.path, shelf.data) as process:
        for _ in lines(process):
            if len(list(shelf.folder.work.glob("parts/*/0*.mkv"))) >= segments:
                process.send_signal(number)
                break
        else:
            raise AssertionError("it was over before")
        list(lines(process))
    return process.returncode


def test_a_worker_whose_server_is_gone_stops(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.camera(MARA, RED, (0, 5))
    shelf.opening(0, 5)
    shelf.folder.begin(shelf.recipe())

    with worker(shelf.folder.path, shelf.data) as process:
        next(lines(process))
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(20) == 3
    assert shelf.folder.films() is None


def test_two_workers_do_not_share_a_folder(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.camera(MARA, RED, (0, 1))
    shelf.opening(0, 1)
    shelf.folder.begin(shelf.recipe())

    with shelf.folder.alone(), pytest.raises(Busy), shelf.folder.alone(patience=0.1):
        pass
    with shelf.folder.alone():
        code, said = made(shelf.folder.path, shelf.data)

    assert (code, said[-1]["error"]) == (1, "busy")


def test_a_film_of_nothing_is_refused(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    broken = shelf.camera(MARA, RED, (0, 1))
    shelf.opening(0, 1)
    broken.unlink()
    shelf.folder.begin(shelf.recipe())

    code, said = made(shelf.folder.path, shelf.data)

    assert code == 1
    assert said[-1]["error"] == "empty"
    assert shelf.folder.progress().state == "failed"
    assert shelf.folder.films() is None


@pytest.mark.parametrize("content", [b"", b"{}", b"not json"])
def test_a_bad_recipe_is_refused(tmp_path: Path, content: bytes) -> None:
    work = tmp_path / "films/room/recording/work"
    work.mkdir(parents=True)
    (work / "recipe.json").write_bytes(content)

    code, said = made(work.parent, tmp_path)

    assert code == 1
    assert said[-1]["error"] == "recipe"
