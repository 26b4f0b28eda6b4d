"""Packets of a connection: RTP and RTCP."""

import secrets
from collections.abc import Awaitable, Callable, Iterator
from struct import pack

from pylibsrtp import Policy, Session

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.tap import intake, rtcp, rtp
from gatekeeper.media.tap.receiver import Receiver
from gatekeeper.media.tap.rtp import MAX_FRAME, Packet
from gatekeeper.media.tap.stream import Stream
from gatekeeper.media.tap.timing import SenderClock
from tests.hostile.input import ADDRESS, Act, Input


def packets() -> Iterator[Input]:
    """One packet, or what is read at once, where much is held already."""
    yield Input("rtp: a jump, 512 packets apart held", _ready_stream(_jump))
    yield Input("rtp: 512 packets apart overdue", _ready_stream(_overdue))
    yield Input("rtp: one more gap after 512", _ready_stream(_gap))
    yield Input("rtp: the end of the largest frame", _ready_stream(_largest))
    yield Input("rtcp: 53 sender reports in one packet", _ready_stream(_reports))
    yield Input("srtp: as many packets as are read at once", _reading)


def _ready_stream(state: Callable[[Stream], Act]) -> Callable[[], Awaitable[Act]]:
    async def prepare() -> Act:
        stream = Stream(
            SourceKind.CAMERA,
            7,
            96,
            sender=SenderClock(),
            frame=lambda source, frame: None,
        )
        return state(stream)

    return prepare


def _packet(number: int, payload: bytes = b"\x10a", *, marker: bool = False) -> Packet:
    return Packet(96, marker, number & 0xFFFF, 0, 7, payload)


def _apart(stream: Stream) -> None:
    """Hold as many packets as may be, each apart from the next."""
    for number in (0, *range(2, 1024, 2)):
        stream.add(_packet(number), 0.0)


def _jump(stream: Stream) -> Act:
    _apart(stream)
    return lambda: stream.add(_packet(9000), 0.1)


def _overdue(stream: Stream) -> Act:
    _apart(stream)
    return lambda: stream.requests(1, 9.0)


def _gap(stream: Stream) -> Act:
    for number in (0, *range(2, 1000, 2)):
        stream.add(_packet(number), 0.0)

    def act() -> None:
        if stream.add(_packet(1002), 0.1):
            stream.requests(1, 0.1)

    return act


def _largest(stream: Stream) -> Act:
    key = b"\x10" + bytes(3) + b"\x9d\x01\x2a\x40\x01\xf0\x00"
    part = bytes(1300)
    stream.add(_packet(0, key), 0.0)
    count = MAX_FRAME // len(part) - 1
    for number in range(1, count):
        stream.add(_packet(number, b"\0" + part), 0.0)
    return lambda: stream.add(_packet(count, b"\0a", marker=True), 0.0)


def _reports(stream: Stream) -> Act:
    data = (pack("!BBH", 0x80, 200, 6) + pack("!I", 7) + bytes(20)) * 53
    stream.add(_packet(0), 0.0)

    def act() -> None:
        for report in rtcp.sender_reports(data):
            stream.receive_report(report, 1.0)

    return act


async def _reading() -> Act:
    """Decrypted and put in order, as at one moment of the intake."""
    streams: dict[int, Stream] = {}
    stream = Stream(
        SourceKind.CAMERA, 7, 96, sender=SenderClock(), frame=lambda *_: None
    )

    def take(data: bytes) -> None:
        packet = rtp.parse(data)
        if packet is not None:
            streams.setdefault(packet.ssrc, stream).add(packet, 0.0)

    ours = Receiver([], rtp=take, rtcp=lambda _: None)
    keys = secrets.token_bytes(30)
    sending = Session(Policy(key=keys, ssrc_type=Policy.SSRC_ANY_OUTBOUND))
    ours._dtls._rx_srtp = Session(Policy(key=keys, ssrc_type=Policy.SSRC_ANY_INBOUND))
    ours._listening = True
    received = ours._taking(lambda *_: None)
    datagrams = [
        sending.protect(pack("!BBHII", 0x80, 0x60, n, 0, 7) + b"\x10" + bytes(1200))
        for n in range(intake.AT_ONCE)
    ]

    def act() -> None:
        for datagram in datagrams:
            received(datagram, ADDRESS)

    return act
