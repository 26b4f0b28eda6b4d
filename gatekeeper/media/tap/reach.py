"""
Reach: to which of an offer's addresses the server sends before it has heard from them.

An offer may name any address. A server that sent its checks to all of them would knock
on doors for whoever asked, inside its own network too.

Rule 1: by default to none. The participant's browser knows where the server is; its own
checks, which carry a secret of the answer, tell where it is (RFC 8445, 7.3.1.3).
Rule 2: where a STUN or TURN server is configured there may be a NAT before this server
that lets nobody in to whom nothing was sent: then to a few public addresses, and to the
one from which the participant's page is connected.
Rule 3: no name is looked up, ever; and no loopback, link-local or multicast address is
sent to.
"""

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from aiortc import RTCIceCandidate

MOST = 4
"""Addresses: a public one of each family, a relay's, and one to spare."""
LOWEST_PORT = 1024
"""Below are services; a browser's media come from above."""
_PUBLIC = IPv6Network("2000::/3")
_TRANSLATED = (IPv6Network("2001::/32"), IPv6Network("2002::/16"))
"""Teredo and 6to4: an IPv4 address of any kind within an IPv6 one."""


def reachable(
    candidates: Sequence[RTCIceCandidate], *, page: str, outside: bool
) -> list[RTCIceCandidate]:
    """
    The candidates to send checks to.

    `page` is where the participant's WebSocket comes from, an address or the /64 of
    one; `outside` is whether a STUN or TURN server is configured.
    """
    if not outside:
        return []
    known = [c for c in candidates if c.port >= LOWEST_PORT and _may_reach(c.ip, page)]
    known.sort(key=lambda c: not _is_of(ip_address(c.ip), page))
    return known[:MOST]


def _may_reach(text: str, page: str) -> bool:
    try:
        address = ip_address(text)
    except ValueError:  # a name, such as those of mDNS
        return False
    if (
        address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_unspecified
    ):
        return False
    return _is_of(address, page) or _is_public(address)


def _is_of(address: IPv4Address | IPv6Address, page: str) -> bool:
    try:
        return address in ip_network(page)
    except ValueError:  # a proxy said something else
        return False


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv4Address):
        return address.is_global
    return (
        address in _PUBLIC
        and address.is_global
        and not any(address in network for network in _TRANSLATED)
    )
