"""WebSocket fragments, and datagrams to a port."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from struct import pack
from typing import Any

from aiohttp._websocket.reader import WebSocketDataQueue, WebSocketReader
from aiohttp.base_protocol import BaseProtocol
from aioice import stun

from gatekeeper.media.tap.receiver import Receiver
from tests.hostile.input import ADDRESS, Act
from tests.hostile.texts import FRAME

READ = 49_152
"""Bytes that are read at once from a TCP connection; see `web.listen`."""


def fragments() -> dict[str, bytes]:
    """Frames of next to nothing, masked (RFC 6455, 5.2)."""
    return {
        "empty fragments": b"\x00\x80" + bytes(4),
        "fragments of a byte": b"\x00\x81" + bytes(5),
        "pings": b"\x89\x80" + bytes(4),
        "texts of a byte": b"\x81\x81" + bytes(5),
    }


def fragmented(frame: bytes) -> Callable[[], Awaitable[Act]]:
    data = frame * (READ // len(frame))

    async def prepare() -> Act:
        loop = asyncio.get_running_loop()
        queue = WebSocketDataQueue(BaseProtocol(loop), 1 << 16, loop=loop)
        reader = WebSocketReader(queue, 4 * FRAME, False, False)
        if not frame[0]:
            reader.feed_data(b"\x01\x80" + bytes(4))
        return partial(reader.feed_data, data)

    return prepare


def datagrams() -> Iterator[tuple[str, Callable[[Receiver], bytes]]]:
    def constant(data: bytes) -> Callable[[Receiver], bytes]:
        return lambda _: data

    address = pack("!HH", 0x20, 20) + b"\0\2" + bytes(18)
    yield "stun: addresses", constant(request(address * 60))
    yield "stun: empty attributes", constant(request(pack("!HH", 0x8022, 0) * 450))
    yield "stun: fingerprints", constant(_fingerprints(150))
    yield "stun: random", constant(b"\0\1" + secrets.token_bytes(1400))
    yield "stun: a name that is not ours", lambda _: _check("abcd:efgh")
    yield "stun: our name, with no more", lambda ours: _check(_name(ours))
    yield (
        "stun: our name, and addresses",
        lambda ours: _check(_name(ours), address * 14),
    )
    yield (
        "stun: our name, as long as may be",
        lambda ours: _check(_name(ours) + "a" * 500),
    )
    yield "dtls: garbage", constant(b"\x16\xfe\xfd" + secrets.token_bytes(1400))
    yield "dtls: nothing", constant(b"\x16")
    yield "srtp: before any handshake", constant(b"\x80" + bytes(1400))
    yield "udp: nothing", constant(b"")


def request(attributes: bytes) -> bytes:
    """A STUN request to bind."""
    head = pack("!HHI12s", 1, len(attributes), stun.COOKIE, b"transaction-")
    return head + attributes


def _check(name: str, more: bytes = b"") -> bytes:
    user = name.encode()
    return request(pack("!HH", 6, len(user)) + user + bytes(-len(user) % 4) + more)


def _name(ours: Receiver) -> str:
    return f"{ours._gatherer.getLocalParameters().usernameFragment}:theirs"


def _fingerprints(count: int) -> bytes:
    data = b""
    head = pack("!HHI12s", 1, count * 8, stun.COOKIE, b"transaction-")
    for _ in range(count):
        data += pack("!HHI", 0x8028, 4, stun.message_fingerprint(head + data))
    return head + data


def arriving(datagram: Callable[[Receiver], bytes]) -> Callable[[], Awaitable[Act]]:
    async def prepare() -> Act:
        ours = await _gathered()
        data = datagram(ours)
        protocol: Any = ours._ice._connection._protocols[0]
        return lambda: protocol.datagram_received(data, ADDRESS)

    return prepare


async def _gathered() -> Receiver:
    ours = Receiver([], rtp=lambda _: None, rtcp=lambda _: None)
    await ours.gather()
    connection: Any = ours._ice._connection
    for protocol in connection._protocols:
        protocol.transport.close()
        protocol.transport = _Nowhere()
    return ours


class _Nowhere:
    """Where answers go."""

    def sendto(self, data: bytes, address: object) -> None:
        pass
