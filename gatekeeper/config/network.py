"""Networks as a file names them: where proxies are that may speak for others."""

from ipaddress import IPv4Network, IPv6Network, ip_interface
from typing import Annotated, Literal

from pydantic import BeforeValidator

UNIX = "unix"
"""A peer without an address: a proxy on this machine, through a Unix socket."""

_MAPPED = IPv6Network("::ffff:0:0/96")
"""IPv4 within IPv6 (RFC 4291, 2.5.5.2)."""


def _network(given: object) -> IPv4Network | IPv6Network | str:
    """A network, or the word for a Unix socket. Raises `ValueError`."""
    text = str(given)
    if text == UNIX:
        return text
    try:
        found = ip_interface(text)
    except ValueError:
        raise ValueError(
            f'{text!r} is no network. Say an address or a network such as "127.0.0.1", '
            f'"10.0.0.0/8" or "fd00::/8", or "{UNIX}" for a Unix socket.'
        ) from None
    network = found.network
    if found.ip != network.network_address:
        raise ValueError(
            f'{text!r} is within a network. Say "{network}", or "{found.ip}".'
        )
    if network.prefixlen == 0:
        raise ValueError(
            f"{text!r} is everybody: anyone could then say that they are somebody "
            "else. Name the proxies."
        )
    if isinstance(network, IPv6Network) and network.subnet_of(_MAPPED):
        within = IPv4Network(
            (int(network.network_address) & 0xFFFFFFFF, network.prefixlen - 96)
        )
        return _network(within)
    return network


Proxy = Annotated[
    IPv4Network | IPv6Network | Literal["unix"], BeforeValidator(_network)
]
"""Whom to believe what they say of others."""
