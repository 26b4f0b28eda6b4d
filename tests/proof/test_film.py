"""The proof of films, on films made here of known people at known times."""

from collections.abc import Collection, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.proof.allowed import Interval
from tests.proof.content import PALETTE, RATE, STEP, STEPS, picture
from tests.proof.film import Chapter, moment, people_in_sound, prove_film
from tests.proof.violation import Violation

FPS = 25
MEETING = 1_800_000_000.0
"""When the meeting was, in seconds since 1970."""
CHAPTERS = (Chapter(0, MEETING, MEETING + 2), Chapter(3, MEETING + 60, MEETING + 61))


People = Sequence[Collection[str]]
"""Who is there in each tenth of a second."""


def film(path: Path, seen: People, heard: People) -> Path:
    """A film whose tenths of a second show and sound these people."""
    with av.open(str(path), "w", format="webm") as container:
        pictures = container.add_stream("libvpx", rate=FPS)
        pictures.width, pictures.height, pictures.pix_fmt = 640, 160, "yuv420p"
        pictures.bit_rate = 2_000_000
        pictures.options = {"deadline": "realtime", "cpu-used": "8"}
        pictures.codec_context.thread_count = 1
        sound = container.add_stream("libopus", rate=RATE, layout="mono")
        sound.bit_rate = 96_000
        for number in range(len(seen) * FPS // 10):
            frame = av.VideoFrame.from_ndarray(
                image(seen[number * 10 // FPS]), format="rgb24"
            )
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            container.mux(pictures.encode(frame))
        container.mux(pictures.encode())
        for start in range(0, len(heard) * RATE // 10, 960):
            samples = wave(heard[start * 10 // RATE], start)
            block = av.AudioFrame.from_ndarray(samples[None, :], "s16", "mono")
            block.sample_rate, block.pts = RATE, start
            container.mux(sound.encode(block))
        container.mux(sound.encode())
    return path


def image(people: Collection[str]) -> NDArray[Any]:
    whole = np.full((160, 640, 3), 30, np.uint8)
    for name in people:
        left = list(PALETTE).index(name) * 160
        whole[40:120, left : left + 128] = picture(name, 7)
    return whole


def wave(people: Collection[str], start: int) -> NDArray[Any]:
    at = np.arange(start, start + 960)
    whole = np.zeros(960)
    for name in people:
        hertz = PALETTE[name].tone + start // 960 % STEPS * STEP
        whole += np.sin(2 * np.pi * hertz * at / RATE) * 7000
    return whole.astype(np.int16)


def within(begins: float, ends: float) -> list[Interval]:
    return [Interval(MEETING + begins, MEETING + ends, 0.0, "asked", "refused")]


BOTH: People = [["Mara", "Tomas"]] * 10 + [["Mara"]] * 10 + [[]] * 10 + [["Ines"]] * 10
NOBODY: People = [[]] * len(BOTH)
ALLOWED = {
    "Mara": within(0, 2),
    "Tomas": within(0, 1),
    "Ines": within(60, 61),
    "Noor": within(0, 90),
}


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same people seen and heard, only seen, only heard."""
    folder = tmp_path_factory.mktemp("films")
    return {
        "both": film(folder / "both.webm", BOTH, BOTH),
        "seen": film(folder / "seen.webm", BOTH, NOBODY),
        "heard": film(folder / "heard.webm", NOBODY, BOTH),
    }


def test_a_film_of_what_was_allowed_passes(films: dict[str, Path]) -> None:
    found = prove_film(films["both"], CHAPTERS, ALLOWED)

    assert found.seen == found.heard == {"Mara", "Tomas", "Ines"}
    assert (found.pictures, found.sounds > 190) == (100, True)
    assert found.overhang <= 0.2


@pytest.mark.parametrize(
    ("who", "begins", "ends"),
    [("Tomas", 0, 0.5), ("Mara", 0.5, 2), ("Ines", 0, 59)],
)
@pytest.mark.parametrize("sense", ["seen", "heard"])
def test_who_had_not_allowed_it_is_found(
    films: dict[str, Path], who: str, begins: float, ends: float, sense: str
) -> None:
    with pytest.raises(Violation, match=f"{who} is {sense} in"):
        prove_film(films[sense], CHAPTERS, ALLOWED | {who: within(begins, ends)})


def test_R19_present_a_moment_of_which_a_viewer_was_out_is_found(
    films: dict[str, Path],
) -> None:
    there = [*within(0, 2), *within(60, 61)]
    prove_film(films["both"], CHAPTERS, ALLOWED, present=there)

    for sense in ("seen", "heard"):
        with pytest.raises(Violation, match=f"Ines is {sense} in .* was out"):
            prove_film(films[sense], CHAPTERS, ALLOWED, present=within(0, 2))


def test_nobody_may_be_there_between_chapters(tmp_path: Path) -> None:
    shown = [["Noor"]] * 40
    made = film(tmp_path / "film.webm", shown, NOBODY)

    with pytest.raises(
        Violation, match=r"Noor is seen in film.webm from 2\.2.* between two"
    ):
        prove_film(made, CHAPTERS, ALLOWED)


def test_a_crack_is_nobodys_voice() -> None:
    crack = np.zeros(1920, np.float32)
    crack[950] = 1.0
    assert people_in_sound(crack * 10) == set()

    tone = (wave(["Mara", "Noor"], 0) / 32_768).astype(np.float32)
    assert people_in_sound(np.tile(tone, 2)) == {"Mara", "Noor"}


@pytest.mark.parametrize(
    ("at", "then"),
    [(0.0, 0.0), (1.5, 1.5), (2.05, 2.05), (2.5, None), (3.25, 60.25), (4.5, None)],
)
def test_chapters_tell_when_a_moment_was(at: float, then: float | None) -> None:
    assert moment(CHAPTERS, at, 0.1) == (None if then is None else MEETING + then)
