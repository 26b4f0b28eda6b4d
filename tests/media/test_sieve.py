"""Which datagrams of strangers anybody looks at."""

from struct import pack

import pytest
from aioice import stun
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.media.tap.sieve import BURST, MAX_ATTRIBUTES, RATE, Sieve

OURS = {b"transaction-"}


def check(user: str, more: int = 0, kind: int = 1) -> bytes:
    """A connectivity check as aioice makes it."""
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, b"transaction-")
    message.attributes["USERNAME"] = user
    message.attributes["PRIORITY"] = 1
    message.attributes["ICE-CONTROLLING"] = 1
    message.add_message_integrity(b"a" * 22)
    data = bytes(message) + pack("!HH", 0x8022, 0) * more
    return pack("!HH", kind, len(data) - 20) + data[4:]


def passes(data: bytes) -> bool:
    return Sieve("abcd").passes(data, OURS, 0.0)


def test_checks_and_handshakes_of_this_connection_pass() -> None:
    assert passes(check("abcd:efgh"))
    assert passes(check("abcd:" + "e" * 256))
    assert passes(check("", kind=0x101))  # a response to what we asked
    assert passes(check("", kind=0x111))  # or an error
    assert passes(b"\x16\xfe\xfd" + bytes(1400))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"\0\1" + bytes(600),
        check("efgh:abcd"),
        check("abcd:efgh", kind=0x11),
        check("abcd:efgh", more=MAX_ATTRIBUTES),
        check("abcd:" + "e" * 600),
        check("abcd:efgh", kind=0x101).replace(b"transaction-", b"another one!"),
        b"\x10" + bytes(40),
        b"\x40" + bytes(40),
        b"\x80" + bytes(40),
        b"\xff" + bytes(40),
        b"\x16" + bytes(4000),
    ],
)
def test_whatever_else_comes_is_dropped(data: bytes) -> None:
    assert not passes(data)


def test_of_what_passes_there_is_a_bound() -> None:
    sieve = Sieve("abcd")
    for data in (check("abcd:efgh"), b"\x16"):
        took = sum(sieve.passes(data, OURS, n / 1000) for n in range(10_000))
        assert took <= BURST + 10 * RATE
        assert sieve.passes(data, OURS, 20.0)


@given(st.binary(max_size=700))
def test_it_never_raises_and_what_passes_is_quickly_parsed(data: bytes) -> None:
    for datagram in (data, b"\0\1" + data, check("abcd:efgh") + data):
        if passes(datagram):
            assert len(datagram) <= 2048
