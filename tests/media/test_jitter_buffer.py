import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.media.tap.jitter_buffer import CAPACITY, RESTART, JitterBuffer
from gatekeeper.media.tap.rtp import Packet


def packet(number: int) -> Packet:
    return Packet(96, True, number & 0xFFFF, 0, 7, number.to_bytes(4, "big"))


def numbers(items: object) -> list[int | None]:
    assert isinstance(items, list | tuple)
    return [None if p is None else int.from_bytes(p.payload, "big") for p in items]


@given(
    start=st.integers(0, 65535),
    seed=st.integers(0, 2**32),
    count=st.integers(1, 300),
    spread=st.integers(1, 40),
)
def test_reordered_and_repeated_packets_come_out_once_and_in_order(
    start: int, seed: int, count: int, spread: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    sent = sorted(
        range(start, start + count), key=lambda n: n + chance.random() * spread
    )
    sent = [start, *sent]  # the first tells where the stream begins
    sent += chance.sample(sent, len(sent) // 5)
    order = JitterBuffer(patience=1.0)

    got = [n for number in sent for n in numbers(order.add(packet(number), 0.0))]

    assert got == list(range(start, start + count))


@given(st.lists(st.integers(0, 65535), max_size=200), st.integers(0, 3))
def test_whatever_the_numbers_are_little_is_held(given: list[int], step: int) -> None:
    order = JitterBuffer(patience=1.0)
    for now, number in enumerate(given):
        order.add(packet(number), now * step / 2)

        assert len(order._held) <= CAPACITY


def test_a_gap_is_told_once_patience_is_over() -> None:
    order = JitterBuffer(patience=1.0)
    order.add(packet(1), 0.0)

    assert numbers(order.add(packet(3), 0.1)) == []
    assert order.gap
    assert order.missing() == [2]
    assert numbers(order.overdue(1.0)) == []
    assert numbers(order.overdue(1.2)) == [None, 3]
    assert numbers(order.add(packet(2), 1.3)) == []
    assert numbers(order.add(packet(4), 1.4)) == [4]


def test_a_retransmission_fills_the_gap() -> None:
    order = JitterBuffer(patience=1.0)
    order.add(packet(1), 0.0)
    order.add(packet(3), 0.0)
    order.add(packet(5), 0.0)

    assert order.missing() == [2, 4]
    assert numbers(order.add(packet(2), 0.1)) == [2, 3]
    assert numbers(order.add(packet(4), 0.2)) == [4, 5]
    assert order.missing() == []


def test_numbers_wrap() -> None:
    order = JitterBuffer(patience=1.0)

    got = [n for k in range(65_530, 65_550) for n in numbers(order.add(packet(k), 0.0))]

    assert got == list(range(65_530, 65_550))
    assert order.expected == 20


def test_a_jump_too_wide_to_fill_is_a_gap() -> None:
    order = JitterBuffer(patience=1.0)
    order.add(packet(1), 0.0)
    order.add(packet(3), 0.0)

    assert numbers(order.add(packet(3 + CAPACITY + 5), 0.0)) == [None, 3, None, 1032]
    assert numbers(order.add(packet(1033), 0.0)) == [1033]


def test_a_stream_that_begins_anew_in_the_past_is_followed() -> None:
    order = JitterBuffer(patience=1.0)
    order.add(packet(40_000), 0.0)

    got = [numbers(order.add(packet(n), 0.0)) for n in range(30_000, 30_000 + RESTART)]

    assert got[-1] == [None, 30_000 + RESTART - 1]
    assert not any(got[:-1])


@pytest.mark.parametrize("ahead", [1, 2, 100])
def test_what_is_expected_counts_what_is_missing(ahead: int) -> None:
    order = JitterBuffer(patience=1.0)
    assert order.expected == 0
    order.add(packet(10), 0.0)
    order.add(packet(10 + ahead), 0.0)

    assert order.expected == ahead + 1
    assert order.highest == 10 + ahead
