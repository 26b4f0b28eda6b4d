"""
The server: the life of one process that is ours alone.

What runs in it is `app.application`, what is wired to what in `wiring`.
"""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from gatekeeper.app.application import NO_KEYS, Gatekeeper
from gatekeeper.app.engines import Keys
from gatekeeper.app.reload import Reload
from gatekeeper.app.wiring.address import OwnAddress, certificate_of
from gatekeeper.app.wiring.console import first_token
from gatekeeper.app.wiring.offers import Offers
from gatekeeper.app.wiring.redirect import redirecting
from gatekeeper.app.wiring.serving import serve_http
from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.web import logs
from gatekeeper.web.reception import provide


async def serve(config: Config, keys: Keys, read: Callable[[], Config]) -> None:
    """
    Serve until SIGINT or SIGTERM. Raises `OperatorError` before anything starts.

    SIGHUP has the configuration and the certificate read again: `read` does the first.
    """
    os.umask(0o077)  # what is kept, and what its workers make, is for nobody else
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    renew, reload = asyncio.Event(), asyncio.Event()

    def read_again() -> None:
        renew.set()
        reload.set()

    # In a terminal the signal says that nobody is there any more.
    if not sys.stderr.isatty():
        loop.add_signal_handler(signal.SIGHUP, read_again)
    async with (
        running(config, keys, renew=renew, read=read) as server,
        asyncio.TaskGroup() as tasks,
    ):
        listening = tasks.create_task(server.reload.listen(reload), name="reload")
        where = f"{server.url}{config.server.base_path}"
        told = f"Open {where} (Ctrl+C to stop)"
        logs.announce("server.started", told, url=where.rstrip("/"))
        if (token := await asyncio.to_thread(first_token, config)) is not None:
            sys.stderr.write(FIRST.format(url=where.rstrip("/"), token=token))
        gc.collect()
        gc.freeze()  # what is there now stays: no need to look through it ever again
        await stop.wait()
        listening.cancel()
        logs.announce("server.stopping", "Gates close, files are finished ...")
    logs.announce("server.stopped", "Stopped.")


FIRST = """
The console is at {url}/admin. Its token is shown here once, and kept nowhere:

    {token}

Keep it where you keep passwords. Another one: gatekeeper admin-token

"""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that listens."""

    url: str
    registry: RoomRegistry
    offers: Offers
    reload: Reload
    redirects_at: int | None = None
    """The plain port that sends browsers on to TLS."""


@asynccontextmanager
async def running(
    config: Config,
    keys: Keys = NO_KEYS,
    clock: Clock | None = None,
    renew: asyncio.Event | None = None,
    read: Callable[[], Config] | None = None,
) -> AsyncIterator[Running]:
    """
    An application on sockets of its own; a crash of it ends the context.

    `renew`: set when the certificate's files are to be read at once. `read`: the
    configuration as its file has it by now.
    """
    connections = provide(config.limits.connections)
    clock = clock or Clock()
    certificate = certificate_of(config.server, clock)
    tls = None if certificate is None else certificate.context
    with OwnAddress.of(config) as address:
        gatekeeper = Gatekeeper(config, keys, clock, address.listen, read)
        async with (
            serve_http(config, gatekeeper.app, address.sockets, connections, tls),
            redirecting(config, address),
            asyncio.TaskGroup() as tasks,
        ):
            watches = [tasks.create_task(gatekeeper.watch(), name="watch")]
            if certificate is not None:
                renewing = certificate.watch(renew or asyncio.Event())
                watches.append(tasks.create_task(renewing, name="tls"))
            yield Running(
                address.url,
                gatekeeper.registry,
                gatekeeper.offers,
                gatekeeper.reload,
                address.plain_port,
            )
            for watch in watches:
                watch.cancel()
