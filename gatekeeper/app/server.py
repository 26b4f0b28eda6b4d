"""
The server: the life of one process that is ours alone.

What runs in it is `app.application`, what is wired to what in `wiring`.
"""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog

from gatekeeper.app.application import NO_KEYS, Gatekeeper
from gatekeeper.app.engines import Keys
from gatekeeper.app.wiring.address import OwnAddress
from gatekeeper.app.wiring.http import serve_http
from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.web.reception import provide

log = structlog.get_logger(__name__)


async def serve(config: Config, keys: Keys) -> None:
    """Serve until SIGINT or SIGTERM. Raises `OperatorError` before anything starts."""
    os.umask(0o077)  # what is kept, and what its workers make, is for nobody else
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with running(config, keys) as server:
        log.info("server.started", url=server.url)
        gc.collect()
        gc.freeze()  # what is there now stays: no need to look through it ever again
        await stop.wait()
    log.info("server.stopped")


@dataclass(frozen=True, slots=True)
class Running:
    """A server that listens."""

    url: str
    registry: RoomRegistry


@asynccontextmanager
async def running(
    config: Config, keys: Keys = NO_KEYS, clock: Clock | None = None
) -> AsyncIterator[Running]:
    """An application on sockets of its own; a crash of it ends the context."""
    connections = provide(config.limits.connections)
    with OwnAddress.of(config) as address:
        gatekeeper = Gatekeeper(config, keys, clock or Clock(), address.take)
        async with (
            serve_http(config, gatekeeper.app, address.sockets, connections),
            asyncio.TaskGroup() as tasks,
        ):
            watch = tasks.create_task(gatekeeper.watch(), name="watch")
            yield Running(address.url, gatekeeper.registry)
            watch.cancel()
