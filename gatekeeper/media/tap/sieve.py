"""
Sieve: which datagrams the ICE and DTLS libraries get to see.

Anybody can send datagrams to an open port. What is not of this connection is dropped
unread and unanswered, so that a port neither takes time nor sends to forged addresses.

Rule 1: a STUN request names our own user, which only the offer's answer tells; a STUN
response answers a request of ours.
Rule 2: of what is left, so much in a second and no more.
"""

from collections.abc import Container

from gatekeeper.meeting.meter import Meter

MAX_STUN = 640
"""Bytes: a connectivity check with two user names as long as they may be (RFC 8839)."""
MAX_ATTRIBUTES = 16
"""A check has six."""
MAX_DTLS = 2048
"""Bytes; what is longer was cut by `intake`, and no browser sends more at once."""
RATE, BURST = 50.0, 100.0
"""Datagrams of either kind per second, and at once. ICE sends one in 20 ms."""


class Sieve:
    """That of one connection."""

    def __init__(self, user: str) -> None:
        """`user`: our ICE user name fragment."""
        self._user = user.encode() + b":"
        self._stun = Meter(RATE, BURST)
        self._dtls = Meter(RATE, BURST)

    def passes(self, data: bytes, ours: Container[bytes], now: float) -> bool:
        """Whether to look at a datagram. `ours`: requests that we wait on, by id."""
        kind = data[0] if data else 255  # RFC 7983
        if kind < 4:
            return self._is_stun(data, ours) and self._stun.acquire(1, now)
        return 19 < kind < 64 and len(data) <= MAX_DTLS and self._dtls.acquire(1, now)

    def _is_stun(self, data: bytes, ours: Container[bytes]) -> bool:
        if not 20 <= len(data) <= MAX_STUN or not _few_attributes(data):
            return False
        if data[0] & 1:  # the response to a request, or an error (RFC 8489, 5)
            return data[8:20] in ours
        return not data[1] & 0x10 and self._user in data


def _few_attributes(data: bytes) -> bool:
    """Whether parsing takes few steps."""
    here = 20
    for _ in range(MAX_ATTRIBUTES):
        if here + 4 > len(data):
            return True
        length = data[here + 2] << 8 | data[here + 3]
        here += 4 + length + -length % 4
    return here + 4 > len(data)
