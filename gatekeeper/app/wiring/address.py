"""What a server holds before anything else starts: its data directory, its address."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Self

from gatekeeper.archive import orphans
from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.storage.directory import close_to_others, held, require_private
from gatekeeper.web.listen import bind, url

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
        self._host = config.server.host
        self._port = config.server.port
        self.sockets: list[socket.socket] = []
        self.url = ""

    @classmethod
    @contextmanager
    def of(cls, config: Config) -> Iterator[Self]:
        """The address that is configured; let go of at the end of the context."""
        address = cls(config)
        try:
            yield address
        finally:
            for bound in address.sockets:
                bound.close()

    def take(self) -> str:
        """Listen, and say where. Raises `CannotListen`."""
        self.sockets += bind(self._host, self._port)
        self.url = url(self._host, self.sockets[0].getsockname()[1])
        return self.url
