"""Every frame that anybody sends tells whose it is, and which one."""

from collections.abc import Iterator

import av
import numpy as np
import pytest

from tests.proof.content import (
    MARK,
    NAMES,
    NUMBERS,
    PACKET,
    PICTURE,
    RATE,
    STEPS,
    Seen,
    is_played,
    pictures,
    read_picture,
    read_sound,
    rgb,
    sounds,
    taken_at,
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("screen", [False, True])
@pytest.mark.parametrize("first", [0, NUMBERS - 20])
def test_a_picture_tells_its_owner_and_its_number(
    name: str, first: int, screen: bool
) -> None:
    codec = av.CodecContext.create("vp8", "r")
    found = [
        read_picture(rgb(frame))
        for packet in pictures(name, screen=screen)[first : first + 20]
        for frame in codec.decode(av.Packet(packet))
    ]

    assert found == [Seen(name, number, screen) for number in range(first, first + 20)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("screen", [False, True])
def test_a_sound_tells_its_owner_its_step_and_whether_it_is_of_a_screen(
    name: str, screen: bool
) -> None:
    heard = [*decoded(sounds(name, screen=screen) * 2)]
    found = [read_sound(samples) for samples in heard]

    assert found[2:] == [(name, number % STEPS) for number in range(2, 2 * STEPS)]
    assert [is_played(samples) for samples in heard[2:]] == [screen] * (2 * STEPS - 2)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("screen", [False, True])
@pytest.mark.parametrize("gap", [1, 5, 30])
def test_a_sound_tells_its_owner_behind_a_gap(
    name: str, gap: int, screen: bool
) -> None:
    """As a machine hears it that is too busy to take each packet; or one later."""
    packets = sounds(name, screen=screen) * 2
    for first in range(0, STEPS, 3):
        begins, goes_on = first + 10, first + 10 + gap
        heard = decoded((*packets[first:begins], *packets[goes_on : goes_on + 6]))

        whose = [found and found[0] for found in map(read_sound, heard)]

        assert whose[2:10] + whose[11:] == [name] * 13
        assert whose[10] in (name, None)


def decoded(packets: tuple[bytes, ...]) -> Iterator[np.ndarray]:
    codec = av.CodecContext.create("opus", "r")
    codec.sample_rate, codec.layout = RATE, "mono"
    for packet in packets:
        for frame in codec.decode(av.Packet(packet)):
            yield frame.to_ndarray()[0]


def test_neither_grey_nor_silence_is_anybodys() -> None:
    assert read_picture(np.full((80, 128, 3), 128, np.uint8)) is None
    assert read_sound(np.zeros(960, np.float32)) is None
    mark = np.sin(2 * np.pi * MARK / RATE * np.arange(960)) * 0.2
    assert read_sound(mark.astype(np.float32)) is None


@pytest.mark.parametrize("error", [-0.45, -0.01, 0.0, 0.2, 0.45])
def test_a_step_tells_the_time_when_it_is_known_roughly(error: float) -> None:
    for number in (0, 47, 48, 1000):
        at = 50.0 + number * PACKET
        assert taken_at(number % STEPS, STEPS, PACKET, 50.0, at + error) == (
            pytest.approx(at)
        )


def test_a_number_tells_the_time_of_a_whole_meeting() -> None:
    at = 50.0 + 700 * PICTURE

    found = taken_at(700 % NUMBERS, NUMBERS, PICTURE, 50.0, at - 20)
    assert found == pytest.approx(at)
