from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.media.tap.rtp import (
    OpusFrames,
    Packet,
    Vp8Frames,
    opus_seconds,
    parse,
    vp8_picture,
    vp8_start,
)

KEYFRAME = b"\x10\x00\x00\x9d\x01\x2a" + pack("<HH", 640, 0x4000 | 360) + b"key"
DELTA = b"\x11\x00\x00delta"


def packet(number: int, payload: bytes, *, marker: bool = True, at: int = 0) -> Packet:
    return Packet(96, marker, number, at, 7, payload)


@given(st.binary(max_size=1600))
def test_whatever_the_bytes_are_parsing_returns(data: bytes) -> None:
    found = parse(data)

    assert found is None or len(found.payload) <= len(data) - 12


@given(st.binary(min_size=1, max_size=64))
def test_a_descriptor_is_shorter_than_its_payload_or_refused(data: bytes) -> None:
    assert 0 <= vp8_start(data) < len(data)


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.builds(
                Packet,
                st.just(96),
                st.booleans(),
                st.integers(0, 65535),
                st.integers(0, 3),
                st.just(7),
                st.binary(max_size=40),
            ),
        )
    )
)
def test_whatever_the_packets_are_frames_start_with_a_keyframe(
    packets: list[Packet | None],
) -> None:
    frames = Vp8Frames()
    passed = [frame for p in packets if (frame := frames.add(p)) is not None]

    assert not passed or vp8_picture(passed[0]) is not None


def test_extensions_sources_and_padding_are_taken_off() -> None:
    header = pack("!BBHII", 0xB2, 0x80 | 96, 5, 6, 7)
    data = header + bytes(8) + pack("!HH", 0xBEDE, 1) + bytes(4) + b"abc" + b"\0\2"

    assert parse(data) == Packet(96, True, 5, 6, 7, b"abc")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(12),
        b"\x80" * 11,
        b"\x8f" + bytes(12),
        b"\x90" + bytes(14),
        b"\x90" + bytes(13) + b"\xff\xff",
        b"\xa0" + bytes(11) + b"\xff",
    ],
)
def test_what_is_cut_short_is_not_a_packet(data: bytes) -> None:
    assert parse(data) is None


@pytest.mark.parametrize(
    ("descriptor", "length"),
    [
        (b"\x10", 1),
        (b"\x90\x00", 2),
        (b"\x90\x80\x05", 3),
        (b"\x90\x80\x85\x05", 4),
        (b"\x90\xf0\x85\x05\x01\x02", 6),
        (b"\x90\xe0\x05\x01\x02", 5),
        (b"\x90\x20\x02", 3),
    ],
)
def test_every_form_of_descriptor_is_measured(descriptor: bytes, length: int) -> None:
    assert vp8_start(descriptor + b"x") == length
    assert vp8_start(descriptor) == 0


def test_a_frame_of_several_packets_comes_out_whole() -> None:
    frames = Vp8Frames()

    assert frames.add(packet(1, b"\x10" + KEYFRAME[:6], marker=False)) is None
    assert frames.add(packet(2, b"\x00" + KEYFRAME[6:])) == KEYFRAME
    assert frames.add(packet(3, b"\x10" + DELTA)) == DELTA


def test_nothing_passes_before_the_first_keyframe() -> None:
    frames = Vp8Frames()

    assert frames.stale
    assert frames.add(packet(1, b"\x10" + DELTA)) is None
    assert frames.add(packet(2, b"\x10" + KEYFRAME)) == KEYFRAME
    assert not frames.stale


def test_after_a_gap_nothing_passes_until_a_keyframe() -> None:
    frames = Vp8Frames()
    frames.add(packet(1, b"\x10" + KEYFRAME))

    assert frames.add(None) is None
    assert frames.stale
    assert frames.add(packet(3, b"\x10" + DELTA)) is None
    assert frames.add(packet(4, b"\x10" + KEYFRAME)) == KEYFRAME


def test_a_frame_without_its_end_is_dropped_and_so_is_what_refers_to_it() -> None:
    frames = Vp8Frames()
    frames.add(packet(1, b"\x10" + KEYFRAME))
    frames.add(packet(2, b"\x10" + DELTA, marker=False, at=1))

    assert frames.add(packet(3, b"\x10" + DELTA, at=2)) is None
    assert frames.stale


def test_packets_that_only_probe_change_nothing() -> None:
    frames = Vp8Frames()
    frames.add(packet(1, b"\x10" + KEYFRAME))

    assert frames.add(packet(2, b"")) is None
    assert frames.add(packet(3, b"\x10" + DELTA)) == DELTA


def test_a_keyframe_states_its_size() -> None:
    assert vp8_picture(KEYFRAME) == (640, 360)
    assert vp8_picture(DELTA) is None
    assert vp8_picture(KEYFRAME[:6] + bytes(4)) is None


def test_every_opus_packet_is_a_frame() -> None:
    frames = OpusFrames()

    assert frames.add(packet(1, b"opus")) == b"opus"
    assert frames.add(None) is None
    assert frames.add(packet(2, b"")) is None
    assert not frames.stale


@pytest.mark.parametrize(
    ("packet", "milliseconds"),
    [
        (b"\x00a", 10),
        (b"\x18a", 60),
        (b"\x19a", 120),
        (b"\x60a", 10),
        (b"\x68a", 20),
        (b"\x80a", 2.5),
        (b"\xf8a", 20),
        (b"\xfb\x06a", 120),
        (b"\xfb\x3fa", 1260),
        (b"\x83\x00", 2.5),
        (b"\x83", 2.5),
    ],
)
def test_an_opus_packet_says_how_long_it_is(packet: bytes, milliseconds: float) -> None:
    assert opus_seconds(packet) == pytest.approx(milliseconds / 1000)


@given(st.binary(min_size=1, max_size=4))
def test_every_opus_packet_takes_time(packet: bytes) -> None:
    assert 0.0025 <= opus_seconds(packet) <= 3.78


@pytest.mark.parametrize("size", [1, 1300])
def test_a_frame_that_never_ends_is_given_up(size: int) -> None:
    frames = Vp8Frames()
    frames.add(packet(0, b"\x10" + KEYFRAME, marker=False))
    held = 0
    for number in range(1, 6000):
        frames.add(packet(number & 0xFFFF, b"\0" + bytes(size), marker=False))
        held = max(held, len(frames._parts))
        assert sum(map(len, frames._parts)) <= 2 * 1024 * 1024 + 1500

    assert held <= 4096
    assert frames.stale
