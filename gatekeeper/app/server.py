"""
The server: the life of one process. What is wired to what is in `wiring`.

Rule: what must be closed is closed in the reverse order of opening: rooms (gates
first), sockets, files, ledger.
"""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog

from gatekeeper.app.engines import Keys, choose_engines
from gatekeeper.app.wiring.address import hold_address
from gatekeeper.app.wiring.archive import open_archive
from gatekeeper.app.wiring.evidence import open_evidence
from gatekeeper.app.wiring.http import make_app, serve_http
from gatekeeper.app.wiring.rooms import open_rooms
from gatekeeper.app.wiring.sinks import open_sinks
from gatekeeper.app.wiring.storage import open_storage
from gatekeeper.clock import Clock
from gatekeeper.config import Config, offered
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.storage.directory import check_directory
from gatekeeper.web.reception import provide

log = structlog.get_logger(__name__)

NO_KEYS = Keys()


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
    """A server, from its data up; it is closed in the reverse order."""
    clock = clock or Clock()
    async with AsyncExitStack() as stack:
        open_ = stack.enter_async_context
        data = await asyncio.to_thread(check_directory, config.data.directory)
        engines = choose_engines(config, keys)
        offers = {offer.id: offer for offer in offered(config, engines.runs)}
        connections = provide(config.limits.connections)
        address = await open_(hold_address(config, data, clock))
        storage = await open_(open_storage(data, clock))
        evidence = open_evidence(config.controller, storage)
        sinks = await open_(open_sinks(config, engines, storage, evidence))
        archive = open_archive(config, offers, storage, evidence, sinks)
        rooms = await open_(
            open_rooms(config, offers, storage, evidence, sinks, archive)
        )
        app = make_app(config, offers, storage, sinks, archive, rooms)
        await open_(serve_http(config, app, address, connections))
        stack.push_async_callback(rooms.registry.close)
        yield Running(address.url, rooms.registry)
