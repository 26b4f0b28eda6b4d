"""aiortc's own parser is the second opinion."""

from aiortc.rtp import (
    RtcpByePacket,
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSenderInfo,
    RtcpSrPacket,
    unpack_remb_fci,
)
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.media.tap.rtcp import (
    Report,
    bitrate,
    negative_acknowledgement,
    picture_loss,
    receiver_report,
    sender_reports,
)

OURS, THEIRS = 1, 2


@given(st.binary(max_size=200))
def test_whatever_the_bytes_are_reading_reports_returns(data: bytes) -> None:
    assert len(list(sender_reports(data))) <= len(data) // 28


def test_sender_reports_are_found_among_other_packets() -> None:
    info = RtcpSenderInfo(
        ntp_timestamp=5 << 32, rtp_timestamp=9, packet_count=0, octet_count=0
    )
    data = bytes(RtcpByePacket([3])) + bytes(RtcpSrPacket(THEIRS, info))

    (report,) = sender_reports(data + b"\x80\xc8")

    assert (report.ssrc, report.ntp, report.timestamp) == (THEIRS, 5 << 32, 9)
    assert report.seconds == 5 - 2_208_988_800
    assert report.middle == 5 << 16


def test_a_receiver_report_says_what_was_lost() -> None:
    data = receiver_report(OURS, [Report(THEIRS, 25, 3, 70_000, 8, 0xABCD, 0.5)])

    (packet,) = RtcpPacket.parse(data)

    assert isinstance(packet, RtcpRrPacket)
    (block,) = packet.reports
    assert (block.ssrc, block.fraction_lost, block.packets_lost) == (THEIRS, 25, 3)
    assert (block.highest_sequence, block.jitter) == (70_000, 8)
    assert (block.lsr, block.dlsr) == (0xABCD, 32_768)


@given(st.lists(st.integers(0, 2000), unique=True, min_size=1, max_size=80))
def test_exactly_the_missing_packets_are_asked_for(missing: list[int]) -> None:
    data = negative_acknowledgement(OURS, THEIRS, sorted(missing))

    (packet,) = RtcpPacket.parse(data)

    assert isinstance(packet, RtcpRtpfbPacket)
    assert (packet.fmt, packet.media_ssrc) == (1, THEIRS)
    assert sorted(packet.lost) == sorted(missing)


def test_a_keyframe_is_asked_for() -> None:
    (packet,) = RtcpPacket.parse(picture_loss(OURS, THEIRS))

    assert isinstance(packet, RtcpPsfbPacket)
    assert (packet.fmt, packet.ssrc, packet.media_ssrc) == (1, OURS, THEIRS)


@given(st.integers(1, 10**9))
def test_the_bitrate_is_told_within_a_thousandth(bits: int) -> None:
    (packet,) = RtcpPacket.parse(bitrate(OURS, bits, [THEIRS, 3]))

    assert isinstance(packet, RtcpPsfbPacket)
    told, ssrcs = unpack_remb_fci(packet.fci)
    assert ssrcs == [THEIRS, 3]
    assert bits * 0.999 <= told <= bits
