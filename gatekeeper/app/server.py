"""
The server: the life of one process that is ours alone.

What runs in it is `app.application`, what is wired to what in `wiring`.
"""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from gatekeeper.app.application import NO_KEYS, Gatekeeper
from gatekeeper.app.engines import Keys
from gatekeeper.app.wiring.address import OwnAddress, certificate_of
from gatekeeper.app.wiring.http import serve_http
from gatekeeper.app.wiring.redirect import redirecting
from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.web import logs
from gatekeeper.web.reception import provide


async def serve(config: Config, keys: Keys) -> None:
    """Serve until SIGINT or SIGTERM. Raises `OperatorError` before anything starts."""
    os.umask(0o077)  # what is kept, and what its workers make, is for nobody else
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    renew = asyncio.Event()
    # In a terminal the signal says that nobody is there any more.
    if config.server.tls_certificate is not None and not sys.stderr.isatty():
        loop.add_signal_handler(signal.SIGHUP, renew.set)
    async with running(config, keys, renew=renew) as server:
        where = f"{server.url}{config.server.base_path}"
        told = f"Open {where} (Ctrl+C to stop)"
        logs.announce("server.started", told, url=where.rstrip("/"))
        gc.collect()
        gc.freeze()  # what is there now stays: no need to look through it ever again
        await stop.wait()
        logs.announce("server.stopping", "Gates close, files are finished ...")
    logs.announce("server.stopped", "Stopped.")


@dataclass(frozen=True, slots=True)
class Running:
    """A server that listens."""

    url: str
    registry: RoomRegistry
    redirects_at: int | None = None
    """The plain port that sends browsers on to TLS."""


@asynccontextmanager
async def running(
    config: Config,
    keys: Keys = NO_KEYS,
    clock: Clock | None = None,
    renew: asyncio.Event | None = None,
) -> AsyncIterator[Running]:
    """
    An application on sockets of its own; a crash of it ends the context.

    `renew`: set when the certificate's files are to be read at once.
    """
    connections = provide(config.limits.connections)
    clock = clock or Clock()
    certificate = certificate_of(config.server, clock)
    tls = None if certificate is None else certificate.context
    with OwnAddress.of(config) as address:
        gatekeeper = Gatekeeper(config, keys, clock, address.take)
        async with (
            serve_http(config, gatekeeper.app, address.sockets, connections, tls),
            redirecting(config, address),
            asyncio.TaskGroup() as tasks,
        ):
            watches = [tasks.create_task(gatekeeper.watch(), name="watch")]
            if certificate is not None:
                renewing = certificate.watch(renew or asyncio.Event())
                watches.append(tasks.create_task(renewing, name="tls"))
            yield Running(address.url, gatekeeper.registry, address.plain_port)
            for watch in watches:
                watch.cancel()
