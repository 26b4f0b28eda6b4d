"""Networks as a file names them."""

from ipaddress import IPv4Network, IPv6Network, ip_interface
from typing import Annotated, Literal

from pydantic import BeforeValidator

UNIX = "unix"
"""A peer without an address: a proxy on this machine, through a Unix socket."""

_MAPPED = IPv6Network("::ffff:0:0/96")
"""IPv4 within IPv6 (RFC 4291, 2.5.5.2)."""


def _proxy(given: object) -> IPv4Network | IPv6Network | str:
    """A network, or the word for a Unix socket. Raises `ValueError`."""
    text = str(given)
    if text == UNIX:
        return text
    network = _network(text, f', or "{UNIX}" for a Unix socket')
    if network.prefixlen == 0:
        raise ValueError(
            f"{text!r} is everybody: anyone could then say that they are somebody "
            "else. Name the proxies."
        )
    return network


def _inside(given: object) -> IPv4Network | IPv6Network:
    """A network of one's own. Raises `ValueError`."""
    network = _network(str(given))
    if network.is_global or network.prefixlen == 0:
        raise ValueError(
            f"{str(given)!r} is not private. What is public needs no mention here."
        )
    return network


def _network(text: str, more: str = "") -> IPv4Network | IPv6Network:
    try:
        found = ip_interface(text)
    except ValueError:
        raise ValueError(
            f'{text!r} is no network. Say an address or a network such as "127.0.0.1", '
            f'"10.0.0.0/8" or "fd00::/8"{more}.'
        ) from None
    network = found.network
    if found.ip != network.network_address:
        raise ValueError(
            f'{text!r} is within a network. Say "{network}", or "{found.ip}".'
        )
    if isinstance(network, IPv6Network) and network.subnet_of(_MAPPED):
        within = int(network.network_address) & 0xFFFFFFFF
        return IPv4Network((within, network.prefixlen - 96))
    return network


Proxy = Annotated[IPv4Network | IPv6Network | Literal["unix"], BeforeValidator(_proxy)]
"""Whom to believe what they say of others."""
Inside = Annotated[IPv4Network | IPv6Network, BeforeValidator(_inside)]
"""Where one's own machines are."""
