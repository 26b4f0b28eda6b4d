"""A stretch of network between a client and its gate, which fails as a test wants."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit


class Network:
    """Passes bytes on, or holds them, or is gone."""

    def __init__(self, url: str) -> None:
        where = urlsplit(url)
        assert where.hostname
        assert where.port
        self._to = (where.hostname, where.port)
        self._passes = asyncio.Event()
        self._passes.set()
        self._lines: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.url = ""
        self.refuses = False
        self.refused = 0
        """So many connections."""

    def holds(self) -> None:
        """Nothing comes through any more, and nobody is told."""
        self._passes.clear()

    def passes(self) -> None:
        self._passes.set()

    def goes(self) -> None:
        """Every connection breaks, and none is made."""
        self.refuses = True
        for line in self._lines:
            line.transport.abort()

    def comes_back(self) -> None:
        """Connections are made again."""
        self.refuses = False

    async def _connected(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if self.refuses:
            self.refused += 1
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection(*self._to)
        except OSError:  # there is no gate any more
            writer.transport.abort()
            return
        self._lines |= {writer, back}
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._pass(reader, back))
            tasks.create_task(self._pass(there, writer))

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        # An event loop may say of a line that is gone that it is closed.
        with suppress(OSError, RuntimeError):
            while data := await reader.read(65_536):
                await self._passes.wait()
                writer.write(data)
        writer.close()


@asynccontextmanager
async def network(url: str) -> AsyncIterator[Network]:
    between = Network(url)
    server = await asyncio.start_server(between._connected, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    between.url = f"http://{host}:{port}"
    try:
        yield between
    finally:
        between.goes()
        between.passes()
        server.close()
        await server.wait_closed()
