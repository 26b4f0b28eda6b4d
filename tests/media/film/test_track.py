from array import array
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.film.audio import BLOCK, Audio, join
from gatekeeper.media.film.footage import Footage
from gatekeeper.media.film.track import Unreadable, examine
from gatekeeper.media.recording.webm import TimedFrame
from tests.media.film.material import BEGAN, BLUE, RED, pictures, tone, write

CAMERA, SCREEN = SourceKind.CAMERA, SourceKind.SCREEN
MICROPHONE = SourceKind.MICROPHONE


def heard(path: Path, seconds: float, start: int = 0) -> NDArray[np.int16]:
    sound = Audio(path, MICROPHONE, examine(path, MICROPHONE), start)
    blocks = [sound.block() for _ in range(round(seconds * 10))]
    sound.close()
    assert {len(block) for block in blocks} == {2 * BLOCK}
    return np.frombuffer(b"".join(blocks), np.int16)


def onset(samples: NDArray[np.int16]) -> float:
    """Seconds until it is loud."""
    return float(np.argmax(np.abs(samples) > 2000)) / 48_000


def refers_to_others(frame: TimedFrame) -> TimedFrame:
    """The frame with the mark of one that is no keyframe (RFC 6386, 9.1)."""
    return TimedFrame(bytes([frame.data[0] | 1]) + frame.data[1:], frame.at, None)


# ---- Looking through ----------------------------------------------------------------


def test_a_track_that_was_switched_off_has_two_stretches(tmp_path: Path) -> None:
    file = tmp_path / "a.webm"
    frames = [
        *pictures(lambda _: RED, (1, 2), (64, 48)),
        *pictures(lambda _: RED, (5, 6), (64, 48)),
    ]
    write(file, frames, video=True)

    held = examine(file, CAMERA)

    assert held.stretches == ((1000, 1940), (5000, 5940))
    assert held.at(1500)
    assert not held.at(3000)
    assert not held.at(999)


def test_a_screen_that_stands_still_stays_on_and_who_left_in_between_does_not(
    tmp_path: Path,
) -> None:
    still, left = tmp_path / "still.webm", tmp_path / "left.webm"
    whole = list(pictures(lambda _: RED, (1, 6), (64, 48)))
    seldom = [*whole[:10], *map(refers_to_others, whole[40:])]
    write(still, seldom, video=True)
    again = pictures(lambda _: RED, (2.5, 3.5), (64, 48))  # as a new tap begins
    write(left, [*pictures(lambda _: RED, (1, 2), (64, 48)), *again], video=True)

    assert examine(still, SCREEN).stretches == ((1000, 5940),)
    assert examine(still, CAMERA).stretches[0] == (1000, 1940)
    stretches = ((1000, 1940), (2500, 3440))
    assert examine(left, CAMERA).stretches == stretches


def test_a_file_says_when_its_zero_was(tmp_path: Path) -> None:
    file = tmp_path / "a.webm"
    began = BEGAN + timedelta(seconds=2)
    write(file, pictures(lambda _: RED, (1, 2), (64, 48)), began, video=True)

    held = examine(file, CAMERA)

    assert (held.zero, held.stretches, held.keys[0]) == (began, ((1000, 1940),), 1000)
    later = held.moved(2000)
    assert (later.stretches, later.keys[0]) == (((3000, 3940),), 3000)
    assert later.offset == 2000


def test_of_a_track_only_a_part_is_believed(tmp_path: Path) -> None:
    file = tmp_path / "a.webm"
    write(file, pictures(lambda _: RED, (1, 4), (64, 48)), video=True)
    held = examine(file, CAMERA)

    cut, late = held.until(2000), held.moved(-1500).until(60_000)
    assert cut is not None
    assert late is not None
    assert cut.stretches == ((1000, 2000),)
    assert late.stretches == ((0, 2440),)
    assert held.until(1000) is None


@pytest.mark.parametrize("content", [b"", b"no film", b"\x1a\x45\xdf\xa3", bytes(4000)])
def test_what_is_no_track_is_unreadable(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.webm"
    file.write_bytes(content)

    with pytest.raises(Unreadable):
        examine(file, CAMERA)


def test_a_missing_file_and_another_kind_are_unreadable(tmp_path: Path) -> None:
    file = tmp_path / "a.webm"
    write(file, tone(440, (0, 1), [(0, 1)]), video=False)

    with pytest.raises(Unreadable):
        examine(tmp_path / "none.webm", CAMERA)
    with pytest.raises(Unreadable):
        examine(file, CAMERA)


def test_a_playlist_opens_nothing(tmp_path: Path) -> None:
    write(tmp_path / "b.webm", pictures(lambda _: RED, (0, 1), (64, 48)), video=True)
    file = tmp_path / "a.webm"
    file.write_text("ffconcat version 1.0\nfile b.webm\n")

    with pytest.raises(Unreadable):
        examine(file, CAMERA)


# ---- Pictures -----------------------------------------------------------------------


def sizes(path: Path, *times: int) -> list[tuple[int, int] | None]:
    shown = Footage(path, CAMERA, examine(path, CAMERA))
    found = [shown.at(time) for time in times]
    shown.close()
    return [
        None if picture is None else (picture.at, picture.frame.width)
        for picture in found
    ]


def test_the_picture_is_the_last_one_that_had_come(tmp_path: Path) -> None:
    file = tmp_path / "a.webm"
    write(file, pictures(lambda _: RED, (1, 3), (64, 48)), video=True)

    # Who asks before the first one, gets that: whether to ask is for `Held` to say.
    assert sizes(file, 900, 1000, 1099, 1100, 2550, 9000) == [
        (1000, 64),
        (1000, 64),
        (1000, 64),
        (1100, 64),
        (2500, 64),
        (2900, 64),
    ]


def test_a_new_size_in_mid_stream_is_followed(tmp_path: Path) -> None:
    file = tmp_path / "a.webm"
    frames = [
        *pictures(lambda _: RED, (0, 1), (64, 48)),
        *pictures(lambda _: BLUE, (1, 2), (128, 96)),
    ]
    write(file, frames, video=True)

    assert sizes(file, 950, 1000, 1950) == [(900, 64), (1000, 128), (1900, 128)]


def test_a_cut_off_track_is_shown_as_far_as_it_goes(tmp_path: Path) -> None:
    file = tmp_path / "a.webm"
    write(
        file,
        pictures(lambda t: RED if t < 9 else BLUE, (0, 10), (320, 180)),
        video=True,
    )
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    held = examine(file, CAMERA)

    assert 3000 < held.stretches[0][1] < 7000
    last = held.stretches[-1][1] - 40
    assert sizes(file, 60_000) == [(last, 320)]


def test_damage_in_the_middle_costs_no_more_than_itself(tmp_path: Path) -> None:
    file = tmp_path / "a.webm"
    frames = [
        frame._replace(data=b"\xff" * 40) if 10 <= number < 13 else frame
        for number, frame in enumerate(pictures(lambda _: RED, (0, 3), (64, 48)))
    ]
    write(file, frames, video=True)

    assert sizes(file, 900, 1200, 1300, 2900)[2:] == [(1300, 64), (2900, 64)]


def test_a_picture_too_large_for_memory_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "a.webm"
    frames = [
        *pictures(lambda _: RED, (0, 1), (64, 48)),
        *pictures(lambda _: RED, (1, 1.1), (4112, 4096)),
        *pictures(lambda _: RED, (1.1, 2), (64, 48)),
    ]
    write(file, frames, video=True)

    assert sizes(file, 900, 1000, 1500) == [(900, 64), (900, 64), (1500, 64)]


# ---- Sound --------------------------------------------------------------------------


def test_sound_is_where_its_timestamps_say(tmp_path: Path) -> None:
    file = tmp_path / "a.webm"
    write(file, tone(1000, (1.5, 4), [(2, 3)]), video=False)

    assert onset(heard(file, 5)) == pytest.approx(2.0, abs=0.02)
    assert onset(heard(file, 4, start=1000)) == pytest.approx(1.0, abs=0.02)


def test_a_gap_is_silence_and_what_follows_is_on_time(tmp_path: Path) -> None:
    file = tmp_path / "a.webm"
    frames = [*tone(1000, (0, 1), [(0, 1)]), *tone(1000, (21, 23), [(21, 23)])]
    write(file, frames, video=False)

    samples = heard(file, 24)

    assert not samples[int(1.1 * 48_000) : int(20.9 * 48_000)].any()
    assert onset(samples[10 * 48_000 :]) == pytest.approx(11.0, abs=0.02)


@pytest.mark.parametrize("pace", [0.995, 1.005])
def test_a_clock_that_runs_wrong_does_not_add_up(tmp_path: Path, pace: float) -> None:
    """Half a percent is fifty times what a sound card does: 150 ms in half a minute."""
    file = tmp_path / "a.webm"
    frames = [
        TimedFrame(frame.data, round(frame.at * pace), None)
        for frame in tone(1000, (0, 31), [(30, 31)])
    ]
    write(file, frames, video=False)

    assert onset(heard(file, 32)) == pytest.approx(30 * pace, abs=0.04)


def test_nothing_clicks_where_sound_is_mended(tmp_path: Path) -> None:
    file = tmp_path / "a.webm"
    frames = list(tone(200, (0, 4), [(0, 4)]))
    gone = [*frames[:60], *frames[75:120], *frames[123:]]
    write(file, gone, video=False)

    samples = heard(file, 5).astype(int)

    # A sine of 200 Hz climbs by at most 210 from one sample to the next.
    assert np.abs(np.diff(samples)).max() < 600


def test_no_sound_is_silence(tmp_path: Path) -> None:
    file = tmp_path / "a.webm"
    write(file, tone(1000, (0, 1), []), video=False)

    assert not heard(file, 3).any()


def test_joining_bends_the_beginning_alone() -> None:
    run = array("h", [30_000] * 1000)

    bent = join(-30_000, run)

    assert bent[0] == -30_000
    assert max(b - a for a, b in pairwise(bent)) < 300
    assert list(bent[240:]) == [30_000] * 760
    assert join(5, array("h")) == array("h")
