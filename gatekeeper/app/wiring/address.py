"""What a server holds before anything else starts: its data directory, its address."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Self

from gatekeeper.archive import orphans
from gatekeeper.clock import Clock
from gatekeeper.config import Config, Server
from gatekeeper.errors import CannotListen
from gatekeeper.storage.directory import close_to_others, held, require_private
from gatekeeper.web.listen import bind, is_reached_from_elsewhere, url
from gatekeeper.web.tls import ServerCertificate

Listen = Callable[[], str]
"""Takes an address and says which; called once the data directory is ours."""


@asynccontextmanager
async def hold_directory(
    data: Path, clock: Clock, listen: Listen | None
) -> AsyncIterator[None]:
    """
    Hold the data directory, and the address of who has one of their own.

    Without one the process is somebody else's, and so is its umask: nobody else may
    look into the directory. Raises `OperatorError`.
    """
    with held(data, clock.now()) as ours:
        if listen is not None:
            ours.tell(listen())
        await asyncio.to_thread(close_to_others, data, *orphans.FOLDERS)
        if listen is None:
            await asyncio.to_thread(require_private, data)
        yield


class OwnAddress:
    """Where a server listens that has its process to itself."""

    def __init__(self, config: Config) -> None:
        self._server = config.server
        self.sockets: list[socket.socket] = []
        self.plain: list[socket.socket] = []
        """Those that only send browsers on to TLS."""
        self.url = ""

    @classmethod
    @contextmanager
    def of(cls, config: Config) -> Iterator[Self]:
        """
        The address that is configured; let go of at the end of the context.

        Raises `CannotListen` for one that needs TLS.
        """
        require_cover(config.server)
        address = cls(config)
        try:
            yield address
        finally:
            for bound in address.sockets + address.plain:
                bound.close()

    def listen(self) -> str:
        """Listen, and say where. Raises `CannotListen`."""
        host, port = self._server.host, self._server.port
        self.sockets += bind(host, port)
        scheme = "http" if self._server.tls_certificate is None else "https"
        self.url = url(host, self.port, scheme)
        if self._server.redirect_port is not None:
            self.plain += bind(host, self._server.redirect_port)
        return self.url

    @property
    def plain_port(self) -> int | None:
        """Where it sends browsers on to TLS, if it does."""
        return self.plain[0].getsockname()[1] if self.plain else None

    @property
    def port(self) -> int:
        """Where it listens, once it does."""
        bound: int = self.sockets[0].getsockname()[1]
        return bound


def certificate_of(server: Server, clock: Clock) -> ServerCertificate | None:
    """What the server shows, if it speaks TLS itself. Raises `ConfigInvalid`."""
    if server.tls_certificate is None or server.tls_key is None:
        return None
    return ServerCertificate(server.tls_certificate, server.tls_key, clock.now)


def require_cover(server: Server) -> None:
    """Raise `CannotListen` if others could read what is said with other machines."""
    if server.tls_certificate is not None or server.plain_http:
        return
    proxied = any(
        isinstance(p, str) or not p.is_loopback for p in server.trusted_proxies
    )
    if not proxied and is_reached_from_elsewhere(server.host):
        raise CannotListen(
            f"{server.host}: other machines would reach this without TLS: anybody on "
            "the way could read along, and browsers would give no camera. "
            "Set server.tls_certificate and server.tls_key; or leave server.host at "
            "localhost behind a proxy on this machine; or name the proxy of another "
            "machine or container in server.trusted_proxies. In a network that you "
            "trust: server.plain_http = true."
        )
