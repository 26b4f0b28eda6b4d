"""
Addresses: where a webhook may lead, so that nobody has this server speak to its inside.

Rule 1: a name is looked up once for a try, and every address that it has is looked at:
one that is not allowed refuses all.
Rule 2: connected is to exactly what was looked at, whatever the name says by then.
Rule 3: public addresses are spoken to over TLS only; others not at all, unless they are
in a network that whoever runs this server has listed.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from gatekeeper.errors import GatekeeperError

Address = IPv4Address | IPv6Address
Lookup = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a name. Raises `OSError`."""
_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: IPv4 within IPv6."""


class AddressRefused(GatekeeperError):
    """It leads where webhooks may not lead."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Which ones are allowed."""

    inside: Collection[IPv4Network | IPv6Network] = ()
    """Those that are not public, and allowed all the same."""

    def require(self, address: Address, *, secure: bool) -> None:
        """Raise `AddressRefused`, unless it may be spoken to so."""
        plain = _within(address)
        listed = any(plain in n for n in self.inside if n.version == plain.version)
        if not (listed or (secure and is_public(address))):
            raise AddressRefused

    def require_literal(self, url: URL) -> None:
        """The same, of a URL before anything is looked up; a name may pass."""
        literal = _literal(url.host or "")
        if literal is not None:
            self.require(literal, secure=url.scheme == "https")
        elif url.scheme != "https" and not self.inside:
            raise AddressRefused

    async def of(self, url: URL, lookup: Lookup) -> tuple[str, ...]:
        """What to connect to. Raises `AddressRefused`, `OSError`."""
        host = url.host or ""
        literal = _literal(host)
        found = [str(literal)] if literal else await lookup(host, url.port or 0)
        for text in found:
            self.require(ip_address(text), secure=url.scheme == "https")
        if not found:
            raise OSError("it has no address")
        return tuple(found)


def is_public(address: Address) -> bool:
    """Whether it is a single machine's, anywhere in the Internet."""
    if isinstance(address, IPv6Address):
        carried = _carried(address)
        if carried is not None:
            return all(map(is_public, carried))
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def _carried(address: IPv6Address) -> tuple[IPv4Address, ...] | None:
    """The IPv4 addresses that packets to it would end at, if it is for those."""
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    if address in _NAT64:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return None


def _within(address: Address) -> Address:
    """IPv4 as itself, however it is written."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _literal(host: str) -> Address | None:
    with suppress(ValueError):
        return ip_address(host)
    return None


class Names:
    """Looks names up, in threads of its own: what hangs there holds up nothing else."""

    def __init__(self, at_once: int) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="names")

    async def lookup(self, host: str, port: int) -> Sequence[str]:
        """As `Lookup`."""

        def look() -> list[str]:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            return list(dict.fromkeys(str(each[4][0]) for each in found))

        return await asyncio.get_running_loop().run_in_executor(self._threads, look)

    def close(self) -> None:
        """Whoever waits for one waits no longer."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class Pinned(AbstractResolver):
    """Has a connection lead to what was looked at, and nowhere else."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._addresses = addresses
        self._allowed = frozenset(map(ip_address, addresses))

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Those, whatever is asked for."""
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for address in self._addresses
        ]

    def socket(
        self, where: tuple[int, int, int, str, tuple[object, ...]]
    ) -> socket.socket:
        """One for that address, at the very end. Raises `OSError`."""
        family, kind, protocol, _, address = where
        if ip_address(str(address[0])) not in self._allowed:
            raise OSError("not an address that was looked at")
        return socket.socket(family, kind, protocol)

    async def close(self) -> None:
        """Nothing is open."""
