"""What a server holds before anything else starts: its data directory, its address."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from gatekeeper.archive import orphans
from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.storage.directory import close_to_others, held
from gatekeeper.web.listen import bind, url


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is in the network."""

    sockets: list[socket.socket]
    url: str


@asynccontextmanager
async def hold_address(
    config: Config, data: Path, clock: Clock
) -> AsyncIterator[Address]:
    """Hold both. Raises `OperatorError`."""
    with held(data, clock.now()) as ours:
        sockets = bind(config.server.host, config.server.port)
        try:
            address = url(config.server.host, sockets[0].getsockname()[1])
            ours.tell(address)
            await asyncio.to_thread(close_to_others, data, *orphans.FOLDERS)
            yield Address(sockets, address)
        finally:
            for bound in sockets:
                bound.close()
