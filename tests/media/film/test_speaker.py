from array import array
from itertools import pairwise

import numpy as np

from gatekeeper.media.film.speaker import Turn, level, turns

QUIET, LOUD = 30, 75


def person(*parts: tuple[int, int]) -> bytes:
    """Levels of so many blocks each."""
    return b"".join(bytes([value]) * blocks for blocks, value in parts)


def test_level_is_decibels_above_minus_100() -> None:
    t = np.arange(4800) / 48_000
    for amplitude, expected in ((32767, 97), (3277, 77), (328, 57), (0, 0)):
        sine = (amplitude * np.sin(2 * np.pi * 440 * t)).astype(np.int16)

        assert abs(level(sine.tobytes()) - expected) <= 1


def test_digital_silence_and_an_empty_block_have_no_level() -> None:
    assert level(array("h", bytes(9600)).tobytes()) == 0
    assert level(b"") == 0


def test_nobody_speaks_in_silence() -> None:
    assert turns({"a": person((100, QUIET)), "b": person((100, 0))}) == []
    assert turns({}) == []


def test_whoever_is_the_loudest_has_the_turn_from_the_first_word() -> None:
    found = turns(
        {
            "a": person((10, QUIET), (40, LOUD), (50, QUIET)),
            "b": person((55, QUIET), (45, LOUD)),
        }
    )

    assert found == [Turn(10, "a"), Turn(55, "b")]


def test_a_turn_lasts_two_seconds_however_short_the_word() -> None:
    found = turns(
        {
            "a": person((10, QUIET), (5, LOUD), (85, QUIET)),
            "b": person((15, QUIET), (85, LOUD)),
        }
    )

    assert found == [Turn(10, "a"), Turn(30, "b")]


def test_a_cough_moves_nothing() -> None:
    a = person((50, LOUD), (50, LOUD))
    b = person((50, QUIET), (2, 90), (48, QUIET))

    assert turns({"a": a, "b": b}) == [Turn(0, "a")]


def test_who_spoke_last_stays_when_it_is_quiet() -> None:
    assert turns({"a": person((10, QUIET), (20, LOUD), (600, QUIET))}) == [
        Turn(10, "a")
    ]


def test_a_noisy_microphone_is_not_a_speaker() -> None:
    fan = person((200, 54))
    voice = person((50, QUIET), (50, 60), (100, QUIET))

    assert turns({"fan": fan, "voice": voice}) == [Turn(50, "voice")]


def test_who_speaks_without_a_pause_is_heard_too() -> None:
    assert turns({"a": person((100, LOUD))}) == [Turn(0, "a")]


def test_two_who_interrupt_each_other_do_not_make_the_picture_jump() -> None:
    one = b"".join(person((4, LOUD), (4, QUIET)) for _ in range(40))
    other = b"".join(person((4, QUIET), (4, LOUD)) for _ in range(40))

    found = turns({"a": one, "b": other})

    assert found
    assert all(b.at - a.at >= 20 for a, b in pairwise(found))
