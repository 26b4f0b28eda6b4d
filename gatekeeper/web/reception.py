"""
Reception: how many connections there are, in all and from one address.

Rule 1: what is over a limit is closed before a byte of it is read.
Rule 2: some file descriptors are nobody's connection: recorders and the ledger need
theirs when everybody comes at once.
"""

import asyncio
import ipaddress
import resource
from collections import Counter
from collections.abc import Callable

import structlog

from gatekeeper.errors import DescriptorsFew

log = structlog.get_logger(__name__)

KEPT_BACK = 512
"""File descriptors for the ledger, files of recordings, taps, workers, models."""
LEAST = 64
"""Connections with which a server is of use to anybody."""


def provide(connections: int) -> int:
    """
    Make sure of file descriptors; how many connections there may be.

    The limit of this process is raised as far as the system lets it. Raises
    `DescriptorsFew`.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + KEPT_BACK
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    most = connections if soft == resource.RLIM_INFINITY else soft - KEPT_BACK
    if most < LEAST:
        raise DescriptorsFew(
            f"This process may have {soft} files open, and needs {KEPT_BACK + LEAST}. "
            f"Raise the limit: `ulimit -n {wanted}`, or LimitNOFILE={wanted} in a "
            f"systemd unit."
        )
    if most < connections:
        log.warning("connections.fewer", most=most, wanted=connections)
    return min(connections, most)


def origin(address: str) -> str:
    """
    Whose an address is, as far as it tells: an IPv6 host has a whole /64 (RFC 6177).

    What is no address stands for itself.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


class Reception:
    """Makes the protocol of each connection; what a listening socket is given."""

    def __init__(
        self,
        protocol: Callable[[], asyncio.Protocol],
        *,
        most: int,
        per_address: int,
        speaks_for_many: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """`speaks_for_many`: whether an address is a proxy, from which many come."""
        self._protocol = protocol
        self._most = most
        self._per_address = per_address
        self._speaks_for_many = speaks_for_many
        self._here: Counter[str] = Counter()

    def __call__(self) -> asyncio.Protocol:
        """Of a connection that is counted once it stands."""
        return Visit(self, self._protocol())

    def counted(self, address: str) -> "Visit | None":
        """Of one from `address` that is counted already; None if it is one too many."""
        if not self.admit(address):
            return None
        return Visit(self, self._protocol(), address)

    @property
    def connections(self) -> int:
        """How many there are just now."""
        return self._here.total()

    def admit(self, address: str) -> bool:
        """Count a connection from `address`, unless it is one too many."""
        whose = origin(address)
        most = self._most if self._speaks_for_many(address) else self._per_address
        if self.connections >= self._most or self._here[whose] >= most:
            self._here += Counter()  # drops the zero that looking left
            return False
        self._here[whose] += 1
        return True

    def leave(self, address: str) -> None:
        """Count it no more."""
        whose = origin(address)
        self._here[whose] -= 1
        if not self._here[whose]:
            del self._here[whose]


class Visit(asyncio.Protocol):
    """One connection; what it carries goes straight to the protocol within."""

    def __init__(
        self,
        reception: Reception,
        within: asyncio.Protocol,
        address: str | None = None,
    ) -> None:
        """`address`: of a visit that is counted already."""
        self._reception = reception
        self._within = within
        self._address = address
        # Event loops take these off the instance: no call more for each packet.
        self.data_received = within.data_received  # type: ignore[method-assign]
        self.pause_writing = within.pause_writing  # type: ignore[method-assign]
        self.resume_writing = within.resume_writing  # type: ignore[method-assign]
        self.eof_received = within.eof_received  # type: ignore[method-assign]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self._address is None:
            peer = transport.get_extra_info("peername")
            address = str(peer[0]) if peer else ""
            if not self._reception.admit(address):
                assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP
                transport.abort()
                return
            self._address = address
        self._within.connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._address is not None:
            self.end()
            self._within.connection_lost(exc)

    def end(self) -> None:
        """Count it no more. Idempotent."""
        address, self._address = self._address, None
        if address is not None:
            self._reception.leave(address)
