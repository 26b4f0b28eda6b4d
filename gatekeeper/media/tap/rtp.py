"""
RTP and VP8, as far as keeping frames needs them (RFC 3550, RFC 7741, RFC 6386).

Rule 1: total. Whatever the bytes are, a function here returns; it never raises.
Rule 2: pure; nothing here knows of sockets, clocks or files.
"""

from dataclasses import dataclass
from struct import Struct
from typing import NamedTuple

_HEADER = Struct("!BBHII")
_KEYFRAME_START = b"\x9d\x01\x2a"  # RFC 6386, 9.1

MAX_FRAME = 2 * 1024 * 1024
"""Bytes. A 1080p VP8 keyframe at the best quality is under 1 MiB."""
MAX_PARTS = 4096
"""Packets of one frame: half a kilobyte each in the largest. Small ones cost memory."""


class Packet(NamedTuple):
    """One RTP packet, its header extensions and padding taken off."""

    payload_type: int
    marker: bool
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes
    """Empty in packets that only probe for bandwidth."""


class Picture(NamedTuple):
    """The size that a VP8 keyframe states, in pixels."""

    width: int
    height: int


def parse(data: bytes) -> Packet | None:
    """Read one RTP packet; None if it is not one."""
    if len(data) < _HEADER.size:
        return None
    first, second, sequence, timestamp, ssrc = _HEADER.unpack_from(data)
    start, end = 12 + 4 * (first & 0x0F), len(data)
    if first >> 6 != 2:
        return None
    if first & 0x10:  # header extension (RFC 3550, 5.3.1)
        start += 4 + 4 * int.from_bytes(data[start + 2 : start + 4], "big")
    if first & 0x20:  # padding
        end -= data[-1]
    if start > end:
        return None
    return Packet(
        second & 0x7F, second > 0x7F, sequence, timestamp, ssrc, data[start:end]
    )


def vp8_start(payload: bytes) -> int:
    """Length of the VP8 payload descriptor (RFC 7741, 4.2); 0 if it is cut short."""
    length = 1
    if payload[0] & 0x80:  # X: extended control bits
        if len(payload) < 2:
            return 0
        bits = payload[1]
        length = 2
        if bits & 0x80:  # I: picture id, one octet or two
            if len(payload) < 3:
                return 0
            length += 2 if payload[2] & 0x80 else 1
        length += (bits >> 6 & 1) + (bits & 0x30 != 0)  # L, then T or K
    return length if length < len(payload) else 0


def vp8_picture(frame: bytes) -> Picture | None:
    """The picture size of a VP8 keyframe; None for every other frame."""
    if len(frame) < 10 or frame[0] & 1 or frame[3:6] != _KEYFRAME_START:
        return None
    width = int.from_bytes(frame[6:8], "little") & 0x3FFF
    height = int.from_bytes(frame[8:10], "little") & 0x3FFF
    return Picture(width, height) if width and height else None


class Vp8Frames:
    """
    Puts VP8 frames together from packets in order.

    After a gap nothing passes until the next keyframe: a file never holds a frame
    that refers to one that is missing.
    """

    rate = 90_000

    def __init__(self) -> None:
        self.stale = True
        """Whether a keyframe is needed before anything passes."""
        self._parts: list[bytes] = []
        self._timestamp = 0
        self._size = 0

    def add(self, packet: Packet | None) -> bytes | None:
        """Take the next packet, None for a gap; return the frame that it ends."""
        if packet is None:
            self._lose()
            return None
        payload = packet.payload
        if not payload:
            return None
        start = vp8_start(payload)
        begins = payload[0] & 0x17 == 0x10  # S is set and PID is 0
        fits = (
            not self._parts
            if begins
            else bool(self._parts) and packet.timestamp == self._timestamp
        )
        full = self._size > MAX_FRAME or len(self._parts) >= MAX_PARTS
        if not start or not fits or full:
            self._lose()
            if not (start and begins):
                return None
        self._timestamp = packet.timestamp
        self._parts.append(payload[start:])
        self._size += len(payload)
        return self._end() if packet.marker else None

    def begin_anew(self) -> None:
        """Let nothing pass until the next keyframe."""
        self._lose()

    def _end(self) -> bytes | None:
        frame = b"".join(self._parts)
        self._parts.clear()
        self._size = 0
        if not frame[0] & 1:
            self.stale = vp8_picture(frame) is None
        return None if self.stale else frame

    def _lose(self) -> None:
        self._parts.clear()
        self._size = 0
        self.stale = True


def opus_seconds(packet: bytes) -> float:
    """How long an Opus packet sounds (RFC 6716, 3.1 and 3.2); 2.5 ms at least."""
    config, code = packet[0] >> 3, packet[0] & 3
    if config < 12:
        frame = (0.01, 0.02, 0.04, 0.06)[config & 3]
    elif config < 16:
        frame = (0.01, 0.02)[config & 1]
    else:
        frame = (0.0025, 0.005, 0.01, 0.02)[config & 3]
    if code < 3:
        return frame * (1 if code == 0 else 2)
    return frame * (packet[1] & 0x3F or 1) if len(packet) > 1 else frame


class OpusFrames:
    """Opus over RTP (RFC 7587): every packet is a frame, and gaps do no harm."""

    rate = 48_000
    stale = False

    def add(self, packet: Packet | None) -> bytes | None:
        """Take the next packet, None for a gap; return its frame."""
        return packet.payload or None if packet else None

    def begin_anew(self) -> None:
        """Any frame can be the first."""


@dataclass(slots=True)
class ReceptionStats:
    """What a receiver report tells of one stream (RFC 3550, 6.4.1)."""

    received: int = 0
    expected_before: int = 0
    received_before: int = 0
    jitter: float = 0.0
    """Seconds; smoothed as in RFC 3550, 6.4.1, over frames instead of packets."""
    transit: float | None = None

    def heard(self, transit: float) -> None:
        """Note one frame's relative transit time, in seconds."""
        if self.transit is not None:
            self.jitter += (abs(transit - self.transit) - self.jitter) / 16
        self.transit = transit

    def fraction_lost(self, expected: int) -> int:
        """The loss since the last call, in 1/256."""
        due = expected - self.expected_before
        lost = due - (self.received - self.received_before)
        self.expected_before, self.received_before = expected, self.received
        return min(255, (lost << 8) // due) if due > 0 and lost > 0 else 0
