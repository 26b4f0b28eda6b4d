import pytest

from gatekeeper.media.tap.rtcp import SenderReport
from gatekeeper.media.tap.timing import RtpClock, SenderClock

NTP_1970 = 2_208_988_800


def report(seconds: float, timestamp: int = 0) -> SenderReport:
    return SenderReport(7, int((seconds + NTP_1970) * (1 << 32)), timestamp)


def test_time_follows_the_timestamps_and_not_the_network() -> None:
    clock = RtpClock(90_000)

    at = [
        clock.at(n * 3000, 10 + n / 30 + delay)
        for n, delay in enumerate([0, 0.2, 0.05])
    ]

    assert at == pytest.approx([10, 10 + 1 / 30, 10 + 2 / 30])


def test_nothing_is_later_than_its_arrival() -> None:
    clock = RtpClock(90_000)
    clock.at(0, 10.5)

    assert clock.at(9000, 10.3) == pytest.approx(10.3)
    assert clock.at(18_000, 10.4) == pytest.approx(10.4)


def test_timestamps_wrap() -> None:
    clock = RtpClock(48_000)
    clock.at((1 << 32) - 480, 10.0)

    assert clock.at(480, 10.02) == pytest.approx(10.02)


def test_a_timestamp_that_jumps_is_not_believed() -> None:
    clock = RtpClock(90_000)
    clock.at(0, 10.0)

    assert clock.at(90_000 * 1000, 10.1) == pytest.approx(10.1)
    assert clock.at(90_000 * 3, 10.2) == pytest.approx(10.2)


def test_the_first_report_sets_a_stream_right_and_later_ones_nudge_it() -> None:
    clock = RtpClock(90_000)
    clock.at(0, 10.0)
    clock.align(0, 9.9)
    assert clock.at(3000, 10.1) == pytest.approx(9.9 + 1 / 30)

    clock.align(3000, 9.9 + 1 / 30 + 0.04)

    assert clock.at(6000, 10.2) == pytest.approx(9.9 + 2 / 30 + 0.005)


def test_a_report_that_is_far_off_is_not_believed() -> None:
    clock = RtpClock(90_000)
    clock.align(0, 5.0)
    clock.at(0, 10.0)
    clock.align(0, 5.0)

    assert clock.at(3000, 11.0) == pytest.approx(10 + 1 / 30)


def test_two_streams_of_one_person_line_up_however_late_they_come() -> None:
    sender, sound, picture = SenderClock(), RtpClock(48_000), RtpClock(90_000)
    # Both were taken at the sender's second 500; sound came 30 ms later, picture 90.
    sound.at(0, 10.03)
    picture.at(0, 10.09)
    sound.align(0, sender.ours(report(500.0), 10.03))
    picture.align(0, sender.ours(report(500.0), 10.09))

    assert sound.at(48_000, 11.1) == pytest.approx(picture.at(90_000, 11.1), abs=1e-6)
