"""The name: where it leads, and whether anything listens there."""

import asyncio
import errno
import socket
from collections.abc import Iterator
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address

from gatekeeper.app.doctor.examination import aside, why
from gatekeeper.app.doctor.finding import Finding, fault, ok, skipped, warning
from gatekeeper.app.doctor.site import Address

IpAddress = IPv4Address | IPv6Address
_NO_WAY = (errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
"""What says that it is this machine that has no IPv6, say."""


async def look_at_name(address: Address) -> list[Finding]:
    """Where the name leads."""
    if address.at is not None:
        return [skipped(f"{address.host} is looked for at {address.at}, as told.")]
    try:
        found = await resolved(address.host, address.port)
    except socket.gaierror as exc:
        return [
            fault(
                f"{address.host} leads nowhere ({exc.strerror}).",
                "Give the name an A record (and an AAAA record) at whoever keeps its "
                "domain, or check how it is spelled.",
            )
        ]
    return [*_reached_by_whom(address, found)]


async def look_at_port(address: Address) -> list[Finding]:
    """Whether each address that the name leads to answers."""
    found = (
        await resolved(address.host, address.port)
        if address.at is None
        else [ip_address(address.at)]
    )
    tried = await asyncio.gather(*(_tried(each, address.port) for each in found))
    silent = {
        each: exc
        for each, exc in zip(found, tried, strict=True)
        if exc is not None and exc.errno not in _NO_WAY
    }
    answer = [each for each, exc in zip(found, tried, strict=True) if exc is None]
    said = "; ".join(f"{each}: {why(exc)}" for each, exc in silent.items())
    if not answer:
        return [
            fault(
                f"Nothing answers at port {address.port} ({said or 'no way there'}).",
                "Start the server or its proxy, and open this port in the firewall.",
            )
        ]
    if silent and not address.here:
        return [
            warning(
                f"Port {address.port} does not answer at each address ({said}): some "
                "people wait long, or get nothing.",
                "Have the server listen there too, or take that record away.",
            )
        ]
    return [ok(f"Port {address.port} answers at {', '.join(map(str, answer))}.")]


async def resolved(host: str, port: int) -> list[IpAddress]:
    """Each address of a name, once. Raises `socket.gaierror`."""
    look = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await aside(look)
    numbers = (str(place[0]).partition("%")[0] for *_, place in found)
    return [ip_address(number) for number in dict.fromkeys(numbers)]


def _reached_by_whom(address: Address, found: list[IpAddress]) -> Iterator[Finding]:
    listed = ", ".join(map(str, found))
    said = listed if address.is_number else f"{address.host} is {listed}"
    if all(each.is_loopback for each in found):
        if address.here:
            yield ok(f"{said}: this machine alone.")
        else:
            yield warning(
                f"{said}: this machine itself. Others may find another address.",
                "Look from another machine, or name the address with --at.",
            )
    elif near := [each for each in found if not each.is_global]:
        yield warning(
            f"{said}, of which {', '.join(map(str, near))} can be reached from its own "
            "network only.",
            "If people come from elsewhere, give the name a public address.",
        )
    else:
        yield ok(f"{said}.")


async def _tried(where: IpAddress, port: int) -> OSError | None:
    """What happens when one connects; None: it answers."""
    try:
        _, writer = await asyncio.open_connection(str(where), port)
    except OSError as exc:
        return exc
    writer.close()
    return None
