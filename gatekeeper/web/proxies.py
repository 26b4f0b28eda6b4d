"""
Proxies: what those that stand before this server say of whom they speak for.

Rule 1: only a trusted proxy is believed; of everybody else `X-Forwarded-*` is not
read.
Rule 2: of a list the last entry counts, over all lines of it: each proxy adds its own
at the end, and what stands before may be anybody's invention. Entries that are trusted
proxies themselves are passed over.
Rule 3: what cannot be read counts as the proxy that has passed it on. So it raises
nothing, and gives nobody an address that they may choose.

`Forwarded` (RFC 7239) is not read: a proxy that writes `X-Forwarded-*` passes on what a
client writes there.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from itertools import islice

from aiohttp import web

from gatekeeper.web.reception import origin

LONGEST = 64
"""Characters of an entry; an IPv6 address with its zone and port has fewer."""
HOPS = 16
"""Entries that are looked at; nobody has so many proxies in a row."""

PARTS = 64
"""Of a list that are looked at, empty ones too."""

_WITH_PORT = re.compile(r"\[([^\]]*)\](?::\d{1,5})?|([^:]*):\d{1,5}")
"""As some proxies write it: `[2001:db8::1]:443`, `192.0.2.1:443`."""
_SECURE = ("https", "wss")
"""What a browser was connected by; some say `wss` of a WebSocket."""

Network = IPv4Network | IPv6Network | str
"""A string for peers without an address (`config.network.UNIX`)."""


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    """Those that are believed."""

    networks: Collection[Network]

    def trusts(self, peer: str) -> bool:
        """Whether the peer of a connection is one of them."""
        if not self.networks:
            return False
        if not peer:
            return any(isinstance(network, str) for network in self.networks)
        return self._holds(_address(peer))

    def client(self, request: web.BaseRequest) -> str:
        """Where a request comes from, as `origin` has it."""
        peer = request.remote or ""
        if not self.trusts(peer):
            return origin(peer)
        return self.spoken_for(peer, request.headers.getall("X-Forwarded-For", ()))

    def spoken_for(self, peer: str, lines: Sequence[str]) -> str:
        """Whom a trusted peer speaks for, by all `X-Forwarded-For` lines in order."""
        nearest = origin(peer)
        for hop, entry in enumerate(_from_the_last(lines)):
            address = _address(entry)
            if address is None or hop == HOPS:
                break
            nearest = origin(str(address))
            if not self._holds(address):
                break
        return nearest

    def scheme(self, request: web.BaseRequest) -> str:
        """`http` or `https`, as the browser said it."""
        said = self._said(request, "X-Forwarded-Proto")
        if said is None:
            return request.scheme
        return "https" if said.lower() in _SECURE else "http"

    def host(self, request: web.BaseRequest) -> str:
        """The name, and perhaps the port, that the browser was sent to."""
        return self._said(request, "X-Forwarded-Host") or request.host

    def _said(self, request: web.BaseRequest, field: str) -> str | None:
        """What the nearest proxy says in a field, if it is to be believed."""
        if not self.trusts(request.remote or ""):
            return None
        return next(_from_the_last(request.headers.getall(field, ())), None)

    def _holds(self, address: IPv4Address | IPv6Address | None) -> bool:
        return address is not None and any(
            not isinstance(network, str) and address in network
            for network in self.networks
        )


def _from_the_last(lines: Sequence[str]) -> Iterator[str]:
    """A list's entries, the last one first; empty ones are none (RFC 9110, 5.6.1)."""
    return (entry for part in islice(_parts(lines), PARTS) if (entry := part.strip()))


def _parts(lines: Sequence[str]) -> Iterator[str]:
    """What stands between commas, the last first."""
    for line in reversed(lines):
        rest: str | None = line
        while rest is not None:
            before, comma, part = rest.rpartition(",")
            yield part
            rest = before if comma else None


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address, perhaps with a port; IPv4 within IPv6 as IPv4. None: it is none."""
    text = text.strip('"')
    if len(text) > LONGEST:
        return None
    if found := _WITH_PORT.fullmatch(text):
        text = found[1] or found[2] or ""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address
