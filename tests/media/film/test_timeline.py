"""How long a part lasts is told by its files, whatever the ledger's clock did."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.film.poster import moment
from gatekeeper.media.film.timeline import FRAME_MS, Stretch, arranged, plan
from gatekeeper.media.recording.webm import TimedFrame
from tests.media.film.material import (
    BEGAN,
    MARA,
    RED,
    TOM,
    Shelf,
    pictures,
    tone,
    write,
)

SMALL = (64, 48)


def planned(shelf: Shelf) -> tuple[Stretch, list[str]]:
    left_out: list[str] = []
    (found,) = plan(shelf.recipe(), shelf.data, lambda _, why: left_out.append(why))
    assert found is not None
    return found, left_out


@pytest.mark.parametrize("says", [20, 10.2, 5, 0, -580, -3600, 3600])
def test_a_clock_that_jumps_while_a_gate_is_open_cuts_nothing(
    tmp_path: Path, says: float
) -> None:
    shelf = Shelf(tmp_path)
    shelf.camera(MARA, RED, (0.5, 20), size=SMALL)
    shelf.microphone(TOM, 440, (15, 20))
    shelf.opening(0, says)

    found, left_out = planned(shelf)

    assert (found.start, found.end) == (480, 20_000)
    assert {source.who for source in found.sources} == {MARA, TOM}
    assert left_out == []


@pytest.mark.parametrize("jump", [-600, -6, 12, 3600])
@pytest.mark.parametrize("says", [8, -592, 3608])
def test_a_clock_that_jumps_before_the_files_begin_loses_nothing(
    tmp_path: Path, jump: float, says: float
) -> None:
    """The ledger notes the opening; then the clock jumps; then the files begin."""
    shelf = Shelf(tmp_path)
    for who, frames in ((MARA, (0.5, 8)), (TOM, (3, 8))):
        file = shelf.camera(who, RED, frames, size=SMALL)
        began = BEGAN + timedelta(seconds=jump)
        again = pictures(lambda _: RED, frames, SMALL)
        write(file, again, began, video=True)
        shelf.noted(file)
    shelf.opening(0, says)

    found, left_out = planned(shelf)

    first = {source.who: source.held.first for source in found.sources}
    assert found.length == pytest.approx(7500, abs=2 * FRAME_MS)
    assert first[TOM] - first[MARA] == pytest.approx(2500, abs=200)
    assert found.chapter(0).from_ >= BEGAN
    assert left_out == []


def test_of_a_damaged_file_no_more_is_believed_than_others_bear_out(
    tmp_path: Path,
) -> None:
    shelf = Shelf(tmp_path)
    shelf.microphone(MARA, 440, (0, 4))
    frames = [*pictures(lambda _: RED, (0, 4), SMALL), *_at(90_000_000)]
    file = shelf.camera(TOM, RED, (0, 4), size=SMALL)
    write(file, frames, video=True)  # not as it was written down
    late = shelf.camera("late", RED, (0, 4), size=SMALL)
    write(late, _at(3_600_000), video=True)
    shelf.opening(0, 4)

    found, left_out = planned(shelf)

    assert (found.start, found.end) == (0, 4000)
    assert left_out == ["outside of its opening"]


def _at(milliseconds: int) -> Sequence[TimedFrame]:
    return [
        frame._replace(at=milliseconds)
        for frame in pictures(lambda _: RED, (0, 0.1), SMALL)
    ]


@pytest.mark.parametrize("closed", [4.0, 3.99, 3.97, 3.91, 3.85, 4.3])
def test_a_chapter_does_not_end_after_its_gate(tmp_path: Path, closed: float) -> None:
    shelf = Shelf(tmp_path)
    shelf.microphone(MARA, 440, (0, 4))
    shelf.opening(0, closed)

    found, _ = planned(shelf)

    assert found.chapter(0).to <= BEGAN + timedelta(seconds=closed)
    assert found.length >= min(4000, closed * 1000) - FRAME_MS


def test_a_poster_waits_for_as_many_as_come_in_the_first_seconds(
    tmp_path: Path,
) -> None:
    shelf = Shelf(tmp_path)
    shelf.microphone(MARA, 440, (0, 30))
    shelf.camera(MARA, RED, (3, 30), size=SMALL)
    shelf.camera(TOM, RED, (5, 9), size=SMALL)
    shelf.camera("late", RED, (20, 30), size=SMALL)
    shelf.opening(0, 30, people=(MARA, TOM))
    found, _ = planned(shelf)

    at = moment(found)

    assert at is not None
    assert 5000 <= at < 9000

    heard = replace(found, sources=tuple(found.sounds))
    assert moment(heard) is None


def test_parts_that_follow_on_each_other_have_no_card_between_them(
    tmp_path: Path,
) -> None:
    shelf = Shelf(tmp_path)
    for part in range(3):
        shelf.put(MARA, SourceKind.MICROPHONE, tone(440, (0, 1), [(0, 1)]))
        shelf.opening(part, 1, people=(MARA,), goes_on=part < 2)
    shelf.microphone(MARA, 440, (0, 1))
    shelf.opening(60, 1)
    first, second, third, fourth = plan(shelf.recipe(), shelf.data, lambda *_: None)
    assert first
    assert second
    assert third
    assert fourth

    def gaps(*stretches: Stretch) -> list[str]:
        return [
            "part" if isinstance(piece.what, Stretch) else piece.what
            for piece in arranged(stretches)
        ]

    assert gaps(first, second, third) == ["part"] * 3
    assert gaps(first, third) == ["part", "later", "part"]
    assert gaps(third, fourth) == gaps(first, fourth) == ["part", "paused", "part"]
    assert [piece.at for piece in arranged((first, third, fourth))][::2] == [
        0,
        first.length + 2000,
        first.length + third.length + 4000,
    ]
