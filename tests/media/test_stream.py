"""One source from packets to frames, on a network that loses, repeats and reorders."""

import random
from struct import pack

import pytest
from aiortc.rtp import RtcpPacket, RtcpPsfbPacket, RtcpRtpfbPacket
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.tap.rtp import Packet
from gatekeeper.media.tap.stream import Frame, Stream
from gatekeeper.media.tap.timing import SenderClock

KEY = b"\x10\x00\x00\x9d\x01\x2a" + pack("<HH", 640, 360)
OURS, THEIRS = 1, 7


class Browser:
    """Sends pictures of three packets each, answers requests, forgets nothing."""

    def __init__(self) -> None:
        self.sent: list[Packet] = []
        self._frames = 0
        self.key_wanted = True

    def frame(self) -> list[Packet]:
        start = KEY if self.key_wanted else b"\x11\x00\x00"
        self.key_wanted = False
        self._frames += 1
        body = start + self._frames.to_bytes(4, "big")
        parts = [b"\x10" + body, b"\x00" + bytes(50), b"\x00" + b"end"]
        number = len(self.sent)
        packets = [
            Packet(96, k == 2, (number + k) & 0xFFFF, self._frames * 3000, THEIRS, part)
            for k, part in enumerate(parts)
        ]
        self.sent += packets
        return packets

    def hear(self, messages: list[bytes]) -> list[Packet]:
        again: list[Packet] = []
        for message in messages:
            (packet,) = RtcpPacket.parse(message)
            if isinstance(packet, RtcpRtpfbPacket):
                again += [self.sent[number] for number in packet.lost]
            else:
                assert isinstance(packet, RtcpPsfbPacket)
                self.key_wanted = True
        return again


class Receiving:
    """A stream and what came out of it."""

    def __init__(self, source: SourceKind = SourceKind.CAMERA) -> None:
        self.frames: list[Frame] = []
        self.stream = Stream(
            source,
            THEIRS,
            96,
            sender=SenderClock(),
            frame=lambda _, frame: self.frames.append(frame),
        )

    @property
    def numbers(self) -> list[int]:
        return [
            int.from_bytes(f.data[len(KEY) :][:4] if f.picture else f.data[3:7], "big")
            for f in self.frames
        ]


def whole(frame: Frame) -> bool:
    return frame.data.endswith(b"end") and len(frame.data) in (67, 60)


def converse(
    loss: float, *, retransmit: bool, seed: int = 1, count: int = 300
) -> Receiving:
    """Let a browser send over a network that loses, repeats and reorders."""
    chance = random.Random(seed)  # noqa: S311
    browser, receiving = Browser(), Receiving()
    now, flying = 0.0, list[Packet]()
    for _ in range(count):
        now += 1 / 30
        flying += [p for p in browser.frame() if chance.random() >= loss]
        flying += [p for p in flying if chance.random() < 0.02]
        flying.sort(key=lambda p: browser.sent.index(p) + chance.random() * 4)
        for packet in flying:
            receiving.stream.add(packet, now)
        again = browser.hear(receiving.stream.requests(OURS, now))
        flying = [p for p in again if chance.random() >= loss] if retransmit else []
    return receiving


@pytest.mark.parametrize("loss", [0.05, 0.2])
def test_retransmission_makes_good_what_is_lost(loss: float) -> None:
    receiving = converse(loss, retransmit=True)

    assert all(whole(frame) for frame in receiving.frames)
    assert receiving.numbers == sorted(set(receiving.numbers))
    assert len(receiving.frames) > 280


@pytest.mark.parametrize("loss", [0.0, 0.01, 0.05, 0.2])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_frame_refers_to_one_that_is_missing(loss: float, seed: int) -> None:
    receiving = converse(loss, retransmit=False, seed=seed)

    assert all(whole(frame) for frame in receiving.frames)
    before = 0
    for number, frame in zip(receiving.numbers, receiving.frames, strict=True):
        assert frame.picture is not None or number == before + 1
        before = number
    assert loss > 0.01 or len(receiving.frames) > 60


def test_a_keyframe_is_asked_for_when_the_tap_opens_and_not_all_the_time() -> None:
    stream = Receiving().stream

    assert len(stream.requests(OURS, 10.0)) == 1
    assert stream.requests(OURS, 10.2) == []
    assert len(stream.requests(OURS, 10.6)) == 1


def test_a_gap_is_asked_for_at_once() -> None:
    browser, receiving = Browser(), Receiving()
    first, second = browser.frame(), browser.frame()
    for packet in first:
        receiving.stream.add(packet, 0.0)

    assert not receiving.stream.add(second[0], 0.1)
    assert receiving.stream.add(second[2], 0.1)

    assert browser.hear(receiving.stream.requests(OURS, 0.1)) == [second[1]]


def test_the_report_tells_what_is_missing() -> None:
    browser, receiving = Browser(), Receiving()
    for packet in browser.frame() + browser.frame()[1:]:
        receiving.stream.add(packet, 0.0)

    report = receiving.stream.report(1.0)

    assert (report.ssrc, report.highest, report.lost) == (THEIRS, 5, 1)
    assert report.fraction_lost == 256 // 6
    assert receiving.stream.report(2.0).fraction_lost == 0


def test_sound_never_waits_for_a_retransmission() -> None:
    receiving = Receiving(SourceKind.MICROPHONE)
    for number in (0, 1, 3, 4):
        packet = Packet(96, False, number, number * 960, THEIRS, b"opus%d" % number)
        receiving.stream.add(packet, number * 0.02)

    assert receiving.stream.requests(OURS, 0.5) == []
    assert [f.data for f in receiving.frames] == [
        b"opus0",
        b"opus1",
        b"opus3",
        b"opus4",
    ]
    times = [f.at for f in receiving.frames]
    assert times[2] - times[1] == pytest.approx(0.04)


@given(
    st.lists(
        st.builds(
            Packet,
            st.just(96),
            st.booleans(),
            st.integers(0, 65535),
            st.integers(0, 2**32 - 1),
            st.just(THEIRS),
            st.binary(max_size=40),
        )
    ),
    st.sampled_from(SourceKind),
)
def test_whatever_the_packets_are_nothing_raises(
    packets: list[Packet], source: SourceKind
) -> None:
    receiving = Receiving(source)
    for now, packet in enumerate(packets):
        receiving.stream.add(packet, now / 10)
        receiving.stream.requests(OURS, now / 10)
        receiving.stream.report(now / 10)

    times = [frame.at for frame in receiving.frames]
    assert all(at <= len(packets) / 10 for at in times)


def test_gaps_without_end_are_asked_for_a_hundred_times_a_second_at_most() -> None:
    receiving = Receiving()
    asked = 0
    for number in range(0, 2000, 2):
        now = number / 2000
        if receiving.stream.add(Packet(96, False, number, 0, THEIRS, KEY), now):
            messages = receiving.stream.requests(OURS, now)
            asked += sum(message[1] == 205 for message in messages)

    assert 50 < asked <= 101


def test_no_more_sound_passes_than_there_is_time_for() -> None:
    receiving = Receiving(SourceKind.MICROPHONE)
    minute = b"\xfb\x30" + bytes(20)  # 48 frames of 20 ms each, in one packet
    for number in range(1000):
        receiving.stream.add(Packet(96, True, number, 0, THEIRS, minute), number / 100)

    seconds = len(receiving.frames) * 48 * 0.02
    assert 10 < seconds <= 5 + 1.1 * 10


def test_sound_that_is_a_little_fast_passes_whole() -> None:
    receiving = Receiving(SourceKind.MICROPHONE)
    for number in range(3000):
        packet = Packet(96, True, number, number * 960, THEIRS, b"\x78a")
        receiving.stream.add(packet, number * 0.02 * 0.99)

    assert len(receiving.frames) == 3000


def test_no_more_pictures_pass_than_a_screen_can_show() -> None:
    receiving = Receiving()
    for number in range(20_000):
        packet = Packet(96, True, number & 0xFFFF, number, THEIRS, b"\x10" + KEY)
        receiving.stream.add(packet, number / 2000)

    assert 900 <= len(receiving.frames) <= 300 + 90 * 10
