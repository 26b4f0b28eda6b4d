"""Listening sockets, bound before anything else starts."""

import asyncio
import errno
import socket
import ssl
from ipaddress import ip_address
from typing import Any

import structlog
from aiohttp import web

from gatekeeper.errors import CannotListen
from gatekeeper.web.reception import Reception, Visit

log = structlog.get_logger(__name__)

BACKLOG = 512
HANDSHAKE = 10.0
"""Seconds for TLS to be agreed upon."""
PAUSE = 1.0
"""Seconds until the next try, when the system gives no connection."""
WINDOW = 32 * 1024
"""Bytes that may wait in the kernel on one connection, and so about how many are parsed
at once: a quarter of a megabyte of empty WebSocket fragments takes over 3 ms. Clients
send us no more than texts."""


def bind(host: str, port: int) -> list[socket.socket]:
    """
    One socket per address of `host`, all on one port; port 0 finds a free one.

    Raises `CannotListen`.
    """
    found: list[socket.socket] = []
    host = host.removeprefix("[").removesuffix("]")
    try:
        for family, _, _, _, address in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        ):
            bound = found[0].getsockname()[1] if found else port
            try:
                found.append(_bind(family, (address[0], bound, *address[2:])))
            except OSError as exc:
                if exc.errno != errno.EADDRNOTAVAIL:  # a machine without IPv6, say
                    raise
    except (OSError, UnicodeError) as exc:  # UnicodeError: a label that cannot be one
        for bound_socket in found:
            bound_socket.close()
        raise CannotListen(f"{_authority(host, port)}: {_cause(exc)}") from exc
    if not found:
        raise CannotListen(f"{host}: no address of this machine. Check server.host.")
    return found


def is_taken(refused: CannotListen) -> bool:
    """Whether somebody else listens there."""
    cause = refused.__cause__
    return isinstance(cause, OSError) and cause.errno == errno.EADDRINUSE


def url(host: str, port: int, scheme: str = "http") -> str:
    """What to open in a browser (RFC 3986, 3.2.2: an IPv6 address in brackets)."""
    return f"{scheme}://{_authority(host, port)}"


def is_reached_from_elsewhere(host: str) -> bool:
    """Whether other machines can reach who listens there; no, if there is no such."""
    try:
        found = socket.getaddrinfo(
            host.removeprefix("[").removesuffix("]"), None, flags=socket.AI_PASSIVE
        )
    except (OSError, UnicodeError):
        return False
    addresses = (str(address[0]).partition("%")[0] for *_, address in found)
    return not all(ip_address(address).is_loopback for address in addresses)


def _authority(host: str, port: int) -> str:
    bare = host.removeprefix("[").removesuffix("]")
    return f"[{bare}]:{port}" if ":" in bare else f"{bare}:{port}"


def _cause(exc: OSError | UnicodeError) -> str:
    """Why nothing can listen there, and what helps."""
    if isinstance(exc, socket.gaierror | UnicodeError):
        why = getattr(exc, "strerror", "it cannot be one")
        return (
            f"no address of that name is known ({why}). Check server.host: it "
            "is a name or an address, without a port."
        )
    return _CAUSES.get(
        exc.errno or 0,
        f"cannot listen there ({exc.strerror}). Check server.host and server.port.",
    )


_CAUSES = {
    errno.EADDRINUSE: "cannot listen there, since something else does. Stop that, or "
    "choose another --port.",
    errno.EACCES: "this account may not listen there; ports below 1024 are for root. "
    "Choose a --port from 1024 on and put a TLS proxy in front, or let it: systemd's "
    "AmbientCapabilities=CAP_NET_BIND_SERVICE.",
    errno.EAFNOSUPPORT: "this machine does not know that kind of address. Check "
    "server.host.",
    errno.EMFILE: "too many files are open. Raise the limit (ulimit -n).",
}


def _bind(family: socket.AddressFamily, address: tuple[Any, ...]) -> socket.socket:
    listening = socket.create_server(address, family=family, backlog=BACKLOG)
    # What it accepts inherits it (tcp(7)).
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW)
    return listening


class CountedSite(web.BaseSite):
    """A listening socket whose connections are counted (`Reception`)."""

    __slots__ = ("_reception", "_socket")

    def __init__(
        self, runner: web.AppRunner, bound: socket.socket, reception: Reception
    ) -> None:
        super().__init__(runner, backlog=BACKLOG)
        self._socket = bound
        self._reception = reception

    @property
    def name(self) -> str:
        """What the runner tells its sites apart by."""
        return str(self._socket.getsockname())

    async def start(self) -> None:
        await super().start()
        self._server = await asyncio.get_running_loop().create_server(
            self._reception, sock=self._socket, backlog=BACKLOG
        )


class SecureSite(web.BaseSite):
    """
    A listening socket that speaks TLS.

    A connection is counted before a byte of it is read: what takes its time over the
    handshake takes a place. (`create_server` would tell us of it only after that.)
    """

    __slots__ = ("_accepting", "_context", "_reception", "_socket")

    def __init__(
        self,
        runner: web.AppRunner,
        bound: socket.socket,
        reception: Reception,
        context: ssl.SSLContext,
    ) -> None:
        super().__init__(runner, backlog=BACKLOG)
        self._socket = bound
        self._reception = reception
        self._context = context
        self._accepting: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        """What the runner tells its sites apart by."""
        return str(self._socket.getsockname())

    async def start(self) -> None:
        await super().start()
        self._socket.setblocking(False)
        loop = asyncio.get_running_loop()
        self._accepting = loop.create_task(self._accept(), name="accepting")

    async def stop(self) -> None:
        if self._accepting is not None:
            self._accepting.cancel()
            await asyncio.wait((self._accepting,))
        self._socket.close()
        await super().stop()

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as handshakes:
            while True:
                try:
                    connection, address = await loop.sock_accept(self._socket)
                except OSError:  # no descriptor is left, say
                    await asyncio.sleep(PAUSE)
                    continue
                visit = self._reception.counted(str(address[0]))
                if visit is None:
                    connection.close()
                else:
                    handshakes.create_task(self._greet(connection, visit))

    async def _greet(self, connection: socket.socket, visit: Visit) -> None:
        stands = False
        try:
            await asyncio.get_running_loop().connect_accepted_socket(
                lambda: visit,
                connection,
                ssl=self._context,
                ssl_handshake_timeout=HANDSHAKE,
                ssl_shutdown_timeout=HANDSHAKE,
            )
            stands = True
        except OSError:
            pass  # no TLS, another version of it, too slow, or gone: a stranger's
        except Exception:
            log.exception("connection.crashed")
        finally:
            if not stands:
                visit.end()
