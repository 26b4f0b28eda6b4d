"""A site: where it is, and a client that comes as a browser would."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from socket import AddressFamily
from typing import Self
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from multidict import CIMultiDictProxy

from gatekeeper.errors import ConfigInvalid

PORTS = {"http": 80, "https": 443}
LARGEST = 1_000_000
"""Bytes of an answer that are read."""


@dataclass(frozen=True, slots=True)
class Address:
    """The address that people open."""

    scheme: str
    host: str
    port: int
    base: str
    """Its path, with a slash at both ends."""
    at: str | None = None
    """An address of a machine to go to, whatever the name leads to."""

    @classmethod
    def parse(cls, url: str, at: str | None = None) -> Self:
        """Read it. Raises `ConfigInvalid`."""
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS.get(parts.scheme, 0)
            # As a browser asks for it: RFC 3490, "ToASCII".
            host = (parts.hostname or "").encode("idna").decode()
            if at is not None:
                ip_address(at)
        except ValueError as exc:
            raise ConfigInvalid(f"{url!r} cannot be read ({exc}).") from exc
        odd = parts.query or parts.fragment or parts.username
        if parts.scheme not in PORTS or not host or odd or not port:
            raise ConfigInvalid(
                f"{url!r} is no address of a server. Say the one that people open, as "
                'in "https://meet.example.org" or "https://example.org/meet/".'
            )
        path = parts.path.strip("/")
        return cls(parts.scheme, host, port, f"/{path}/" if path else "/", at)

    @property
    def origin(self) -> str:
        """As a browser says it (RFC 6454)."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{name}{port}"

    @property
    def url(self) -> str:
        """Without a slash at its end: what paths are appended to."""
        return f"{self.origin}{self.base}".rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether it is TLS."""
        return self.scheme == "https"

    @property
    def here(self) -> bool:
        """Whether only this machine reaches it by that name."""
        if self.host == "localhost":
            return True
        return self.is_number and ip_address(self.host).is_loopback

    @property
    def is_number(self) -> bool:
        """Whether it is an address, and no name."""
        try:
            ip_address(self.host)
        except ValueError:
            return False
        return True


class Fixed(AbstractResolver):
    """Every name is at one address."""

    def __init__(self, at: str) -> None:
        self._at = at

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_INET
    ) -> list[ResolveResult]:
        number = ip_address(self._at)
        six = AddressFamily.AF_INET6
        found = six if number.version == 6 else AddressFamily.AF_INET
        return [
            ResolveResult(
                hostname=host, host=self._at, port=port, family=found, proto=0, flags=0
            )
        ]

    async def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request."""

    status: int
    headers: CIMultiDictProxy[str]
    text: str

    def lines(self, name: str) -> list[str]:
        """All lines of a header."""
        return list(self.headers.getall(name, ()))


@dataclass(frozen=True, slots=True)
class Site:
    """A site, and a client for it."""

    address: Address
    http: aiohttp.ClientSession

    async def get(self, path: str, **headers: str) -> Answer:
        """Ask for a path below the base. Raises `OSError`, `ClientError`."""
        return await self.ask(f"{self.address.url}{path}", **headers)

    async def ask(self, url: str, **headers: str) -> Answer:
        """Ask for an address. Raises `OSError`, `ClientError`."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.http.get(url, headers=said, allow_redirects=False) as answer:
            body = await _bounded(answer.content)
            return Answer(
                answer.status, answer.headers, body.decode("utf-8", "replace")
            )


async def _bounded(content: aiohttp.StreamReader) -> bytes:
    """The beginning of a body, at most `LARGEST` bytes."""
    read = bytearray()
    while len(read) < LARGEST and (chunk := await content.read(65_536)):
        read += chunk
    return bytes(read[:LARGEST])


@asynccontextmanager
async def visited(address: Address) -> AsyncIterator[Site]:
    """A client for a site; certificates are checked as this machine checks them."""
    resolver = None if address.at is None else Fixed(address.at)
    connector = aiohttp.TCPConnector(
        ssl=ssl.create_default_context(), resolver=resolver, force_close=True
    )
    async with aiohttp.ClientSession(connector=connector) as http:
        yield Site(address, http)
