"""The real server: in this process for many meetings, in its own to be killed."""

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Container, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiohttp
import pytest

from gatekeeper.app import server
from gatekeeper.archive.filming import Filming
from gatekeeper.clock import Clock
from gatekeeper.config import load
from gatekeeper.config.locales import locales
from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.meeting import watch
from gatekeeper.meeting.registry import RoomRegistry
from tests.meeting.person import PATIENCE
from tests.proof.meeting import GRACE, PULSE
from tests.proof.script import NOTES, TRAINING
from tests.proof.taker import a_key

CHECKOUT = Path(__file__).parents[2]
DATA = "data"
"""The data directory, within the folder of a server."""
STARTING = 60.0
"""Seconds after which a process that does not answer is taken never to."""
LONG_EMPTY = 10.0
"""Seconds: people need some to come back after a restart."""
_CONFIG = """
[server]
host = "127.0.0.1"
port = {port}
[data]
directory = "{data}"
reserve_mb = 0
[meeting]
grace = {grace}
empty = {empty}
[limits]
rooms_per_address = 100000
sockets_per_address = 10000
[speech]
engine = "http"
base_url = "{speech}"
model = "tones"
[api]
open = true
lease = 4
rooms_per_key = 100000
requests_per_second = 10000
[features.recording]
[features.training]
sink = "recording"
kinds = ["audio"]
[features.notes]
sink = "feed"
kinds = ["audio", "video"]
{notices}
"""
_NOTICE = """
[features.{feature}.notices.{language}]
name = "{name}"
object = "{feature}"
meaning = "What you say is kept to train a model."
captured = "Your microphone."
purpose = "To train a model."
processor = "The people who run this server."
recipients = "{recipients}"
retention = "7 days."
withdrawal = "Any time."
"""


def written(folder: Path, speech: str, *, port: int = 0, empty: float) -> Path:
    """
    A configuration for many meetings from one address; data lie beside it.

    `speech`: the address of the speech server. `empty`: seconds after which a room ends
    that everybody has left.
    """
    file = folder / "config.toml"
    data = folder / DATA
    recipients = {TRAINING: "{recipients}", NOTES: "The machine's people."}
    notices = "".join(
        _NOTICE.format(
            feature=feature, name=feature.title(), language=tag, recipients=gets
        )
        for tag in locales()
        for feature, gets in recipients.items()
    )
    file.write_text(
        _CONFIG.format(
            port=port,
            data=data,
            grace=GRACE,
            empty=empty,
            notices=notices,
            speech=speech,
        )
    )
    return file


class Machine:
    """The clock of a machine, which can be set."""

    def __init__(self) -> None:
        self._set = 0.0

    def time(self) -> float:
        """Seconds since 1970, as this machine believes."""
        return time.time() + self._set

    def jump(self, seconds: float) -> None:
        """Set it."""
        self._set += seconds


class Inside:
    """A server in this event loop. It cannot be killed."""

    def __init__(
        self,
        url: str,
        http: aiohttp.ClientSession,
        key: str,
        registry: RoomRegistry,
        machine: Machine,
        filmed: set[RoomId],
    ) -> None:
        self.url = url
        self.http = http
        self.key = key
        self._registry = registry
        self._machine = machine
        self.filmed = filmed

    def films(self, room: RoomId) -> None:
        """Have the film of this room made."""
        self.filmed.add(room)

    async def restart(self) -> float:
        raise AssertionError("a server in this process cannot be killed")

    def jump(self, seconds: float) -> None:
        """Set the clock of its machine."""
        self._machine.jump(seconds)

    async def sealed(self, room: RoomId) -> None:
        """Return when this room's files are finished and its ledger is sealed."""
        async with asyncio.timeout(PATIENCE):
            while any(living.record.id == room for living in self._registry.rooms):  # noqa: ASYNC110
                await asyncio.sleep(0.02)


@asynccontextmanager
async def inside(
    folder: Path, speech: str, filmed: set[RoomId]
) -> AsyncIterator[Inside]:
    """Run a server here; `filmed` takes those rooms of which a film is asked for."""
    machine = Machine()
    config = load(written(folder, speech, empty=2))
    async with (
        server.running(config, clock=Clock(wall=machine.time)) as running,
        aiohttp.ClientSession() as http,
    ):
        key = await asyncio.to_thread(a_key, config.data.directory)
        yield Inside(running.url, http, key, running.registry, machine, filmed)


@contextmanager
def hurried() -> Iterator[set[RoomId]]:
    """
    Have servers here look at their clocks often, and make few films.

    They make those of the rooms that are put into what this yields.
    """
    filmed: set[RoomId] = set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watch, "PULSE", PULSE)
        patch.setattr(Filming, "make", _chosen(Filming.make, filmed))
        yield filmed


def _chosen(
    make: Callable[[Filming, RoomId, FeatureId], Awaitable[None]],
    filmed: Container[RoomId],
) -> Callable[[Filming, RoomId, FeatureId], Awaitable[None]]:
    """Films take longer than the meetings, so that most go without one."""

    async def make_some(filming: Filming, room: RoomId, feature: FeatureId) -> None:
        if room in filmed:
            await make(filming, room, feature)

    return make_some


class Outside:
    """A server as an operator runs it. Its clock cannot be set."""

    def __init__(self, folder: Path, speech: str, http: aiohttp.ClientSession) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.http = http
        self.key = ""
        self._data = folder / DATA
        self._config = written(folder, speech, port=port, empty=LONG_EMPTY)
        self._process: asyncio.subprocess.Process | None = None

    def films(self, room: RoomId) -> None:
        """It makes all films."""

    def jump(self, seconds: float) -> None:
        raise AssertionError("the clock of this machine is not for tests to set")

    async def start(self) -> None:
        """Start; it listens when this returns."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "gatekeeper", "serve", "--config", str(self._config)),
            cwd=CHECKOUT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        await self._until(lambda status: status == 200, "/")
        if not self.key:
            self.key = await asyncio.to_thread(a_key, self._data)

    async def stop(self) -> None:
        """Stop in an orderly way, if it runs."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    async def restart(self) -> float:
        """Kill it and start it again; when it was killed, by the loop's clock."""
        assert self._process is not None
        at = asyncio.get_running_loop().time()
        self._process.kill()
        await self._process.wait()
        await self.start()
        return at

    async def sealed(self, room: RoomId) -> None:
        """Return when this room has ended; it is sealed once the server has stopped."""
        await self._until(lambda status: status >= 400, f"/api/rooms/{room}")

    async def _until(self, is_it: Callable[[int], bool], path: str) -> None:
        async with asyncio.timeout(STARTING):
            while not is_it(await self._status(path)):  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    async def _status(self, path: str) -> int:
        try:
            async with self.http.get(self.url + path) as answer:
                return answer.status
        except aiohttp.ClientConnectionError:
            return 0


@asynccontextmanager
async def outside(folder: Path, speech: str) -> AsyncIterator[Outside]:
    """Run a server in a process of its own."""
    async with aiohttp.ClientSession() as http:
        running = Outside(folder, speech, http)
        try:
            await running.start()
            yield running
        finally:
            await running.stop()
