"""
Our server with watches on it: when frames were read, and when permits died.

The server runs whole, from `server.running`; nothing in it is replaced but the sink of
one feature, which is a sink of our own. The event loop wraps each connection's protocol
to note when bytes came, before aiohttp sees them; the log, which a gate tells of each
closing in the same call that has killed the permit, notes when that was.
"""

import asyncio
import sys
import time
from collections.abc import Callable, Mapping, MutableMapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any, cast

import structlog

from gatekeeper import config
from gatekeeper.app import server
from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.gating.leases import Lent
from gatekeeper.gating.sink import Opened, Sink
from gatekeeper.meeting.sink import Recipients, SinkOpener
from gatekeeper.web import logs
from tests.bench import child

FEATURE = FeatureId("minutes")
FRAME_EVERY = 0.005
"""Seconds between two frames for each sink: nearly as many as a camera has packets."""


class Connection(asyncio.Protocol):
    """Passes everything on to the protocol of aiohttp."""

    current: ContextVar["Connection"] = ContextVar("connection")
    """The one whose handler runs."""

    def __init__(self, inner: asyncio.Protocol) -> None:
        self._inner = inner
        self.read_at = self.cpu_at = 0
        """When the latest bytes came, in ns; and the event loop's CPU time then."""
        self.pause_writing = inner.pause_writing  # type: ignore[method-assign]
        self.resume_writing = inner.resume_writing  # type: ignore[method-assign]
        self.connection_lost = inner.connection_lost  # type: ignore[method-assign]
        self.eof_received = inner.eof_received  # type: ignore[method-assign]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # aiohttp starts the handler's task in here, and a task keeps its context.
        self.current.set(self)
        self._inner.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        self.current.set(self)  # a message is taken in here, or by the handler's task
        self.read_at, self.cpu_at = time.perf_counter_ns(), time.thread_time_ns()
        self._inner.data_received(data)


def watched(loop: type[asyncio.AbstractEventLoop]) -> type[asyncio.AbstractEventLoop]:
    """That event loop, with a `Connection` around each connection of a server."""

    class Loop(loop):  # type: ignore[misc,valid-type]
        async def create_server(
            self, factory: Callable[[], asyncio.Protocol], *args: Any, **kwargs: Any
        ) -> asyncio.AbstractServer:
            made = super().create_server(lambda: Connection(factory()), *args, **kwargs)
            return cast(asyncio.AbstractServer, await made)

    return Loop


class Fed(Lent):
    """A sink that counts the frames it is passed."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(
            opened, seconds=2, at_once=True, unused=lambda: None, over=lambda _: None
        )
        self.closed = False
        self.frames = 0
        self.late = 0
        """Frames that came after the gate had closed."""

    def take(self) -> None:
        self.frames += 1
        self.late += self.closed


class Watch:
    """What is measured of all closings."""

    def __init__(self) -> None:
        self._sinks: dict[RoomId, Fed] = {}
        """The last one of each room."""
        self.took: list[int] = []
        """From the withdrawal's bytes to the dead permit, in ns."""
        self.spent: list[int] = []
        """The event loop's own CPU time in the same intervals."""
        self.frames = 0
        self.late = 0

    def open_sink(self, opened: Opened, _: Recipients) -> Sink:
        room = opened.permit.room
        self._settle(self._sinks.get(room))
        self._sinks[room] = sink = Fed(opened)
        return sink

    async def feed(self) -> None:
        """Pass frames as a tap does: ask the permit, each time, whatever was known."""
        while True:
            for sink in self._sinks.values():
                if sink.permit.alive:
                    sink.take()
            await asyncio.sleep(FRAME_EVERY)

    def hear(
        self, _: object, __: str, event: MutableMapping[str, Any]
    ) -> Mapping[str, Any]:
        """A structlog processor."""
        if event["event"] == "gate.closed" and event["room"] in self._sinks:
            now, cpu = time.perf_counter_ns(), time.thread_time_ns()
            sink = self._sinks[event["room"]]
            if sink.permit.alive:
                raise AssertionError("a gate is closed and its permit lives")
            sink.closed = True
            connection = Connection.current.get()
            self.took.append(now - connection.read_at)
            self.spent.append(cpu - connection.cpu_at)
        return event

    def report(self) -> dict[str, object]:
        """What was found so far; starts anew."""
        for sink in self._sinks.values():
            self._settle(sink)
        found = {
            "took": self.took,
            "spent": self.spent,
            "frames": self.frames,
            "late": self.late,
        }
        self.took, self.spent, self.frames, self.late = [], [], 0, 0
        return found

    def _settle(self, sink: Fed | None) -> None:
        if sink is not None:
            self.frames += sink.frames
            self.late += sink.late
            sink.frames = sink.late = 0


async def serve(port: int, file: Path, watch: Watch) -> None:
    """Serve until cancelled."""
    given = config.load(file)
    listening = given.server.model_copy(update={"port": port})
    async with server.running(given.model_copy(update={"server": listening})) as it:
        sinks = cast(dict[FeatureId, SinkOpener], it.registry._context.sinks)
        sinks[FEATURE] = watch.open_sink
        await watch.feed()


def main() -> None:
    watch = Watch()
    logs.configure()
    processors = structlog.get_config()["processors"]
    structlog.configure(processors=[watch.hear, *processors])
    child.answer({"report": watch.report})
    loop = watched(type(child.loop_factory()()))
    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(serve(int(sys.argv[1]), Path(sys.argv[2]), watch))


if __name__ == "__main__":
    main()
