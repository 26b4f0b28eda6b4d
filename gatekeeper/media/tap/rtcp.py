"""
RTCP: what a recorder says back (RFC 3550, RFC 4585, REMB) and hears.

Rule 1: total, as in `rtp`: `sender_reports` reads what it can and never raises.
Rule 2: messages are sent alone (reduced size, RFC 5506), as every browser accepts.
"""

from collections.abc import Iterator, Sequence
from struct import pack, unpack_from
from typing import NamedTuple

_SENDER_REPORT = 200
_RECEIVER_REPORT = 201
_TRANSPORT_FEEDBACK = 205
_PAYLOAD_FEEDBACK = 206
_NTP_EPOCH = 2_208_988_800
"""Seconds from 1900 (NTP, RFC 5905) to 1970."""


class SenderReport(NamedTuple):
    """A sender's word on which wall-clock time an RTP timestamp stands for."""

    ssrc: int
    ntp: int
    """64 bits, NTP format."""
    timestamp: int

    @property
    def seconds(self) -> float:
        """The sender's wall clock, in seconds since 1970."""
        return self.ntp / (1 << 32) - _NTP_EPOCH

    @property
    def middle(self) -> int:
        """What a receiver report quotes of it (RFC 3550, LSR)."""
        return self.ntp >> 16 & 0xFFFFFFFF


class Report(NamedTuple):
    """One block of a receiver report."""

    ssrc: int
    fraction_lost: int
    """In 1/256."""
    lost: int
    highest: int
    """The highest sequence number, with its cycles."""
    jitter: int
    """In units of the RTP timestamp."""
    last: int
    """`SenderReport.middle` of the last one heard, 0 if none."""
    delay: float
    """Seconds since that one was heard."""


def sender_reports(data: bytes) -> Iterator[SenderReport]:
    """The sender reports in one compound RTCP packet; what is malformed ends it."""
    start = 0
    while len(data) >= start + 4:
        first, kind, words = unpack_from("!BBH", data, start)
        end = start + 4 + 4 * words
        if first >> 6 != 2 or end > len(data):
            return
        if kind == _SENDER_REPORT and words >= 6:
            yield SenderReport(*unpack_from("!IQI", data, start + 4))
        start = end


def receiver_report(ours: int, reports: Sequence[Report]) -> bytes:
    """What has been received (RFC 3550, 6.4.2). At most 31 blocks."""
    blocks = b"".join(
        pack(
            "!IIIIII",
            report.ssrc,
            report.fraction_lost << 24 | min(max(report.lost, 0), 0x7FFFFF),
            report.highest & 0xFFFFFFFF,
            report.jitter & 0xFFFFFFFF,
            report.last,
            int(min(report.delay, 65_535.0) * 65_536),
        )
        for report in reports
    )
    return _packet(_RECEIVER_REPORT, len(reports), pack("!I", ours) + blocks)


def picture_loss(ours: int, ssrc: int) -> bytes:
    """Ask for a keyframe (PLI; RFC 4585, 6.3.1)."""
    return _packet(_PAYLOAD_FEEDBACK, 1, pack("!II", ours, ssrc))


def negative_acknowledgement(ours: int, ssrc: int, missing: Sequence[int]) -> bytes:
    """Ask for packets again (generic NACK; RFC 4585, 6.2.1). `missing` ascends."""
    blocks: list[tuple[int, int]] = []
    for number in missing:
        if blocks and 0 < number - blocks[-1][0] <= 16:
            first, mask = blocks[-1]
            blocks[-1] = first, mask | 1 << (number - first - 1)
        else:
            blocks.append((number, 0))
    body = b"".join(pack("!HH", first & 0xFFFF, mask) for first, mask in blocks)
    return _packet(_TRANSPORT_FEEDBACK, 1, pack("!II", ours, ssrc) + body)


def bitrate(ours: int, bits_per_second: int, ssrcs: Sequence[int]) -> bytes:
    """Tell what the sender may use (draft-alvestrand-rmcat-remb-03)."""
    exponent = max(0, bits_per_second.bit_length() - 18)
    mantissa = bits_per_second >> exponent
    body = pack(
        "!II4sBBH",
        ours,
        0,
        b"REMB",
        len(ssrcs),
        exponent << 2 | mantissa >> 16,
        mantissa & 0xFFFF,
    )
    return _packet(
        _PAYLOAD_FEEDBACK, 15, body + b"".join(pack("!I", ssrc) for ssrc in ssrcs)
    )


def _packet(kind: int, count: int, body: bytes) -> bytes:
    return pack("!BBH", 0x80 | count, kind, len(body) // 4) + body
