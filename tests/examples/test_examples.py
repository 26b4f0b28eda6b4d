"""
Each example keeps what everybody agreed to, and nothing after the lease.

What is sent are stamps: each packet is the nanosecond in which it was sent, by the one
clock of this machine. So what an example has kept says itself until when it captured,
however slow the machine is: what is kept was sent before.
"""

import asyncio
import struct
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from gatekeeper.consent.types import RoomId
from tests.client.relay import network
from tests.examples.running import (
    EXAMPLES,
    a_gate,
    a_key,
    an_example,
    npm_installed,
)
from tests.meeting.person import PATIENCE, Person
from tests.meeting.test_presence import until
from tests.node import node

LEASE = 2.0
"""Seconds, as `examples/gate.toml` leaves it."""
MARGIN = 0.2
BROKEN_OFF = 0
"""In place of a status, where the answer was lost while there was still sent."""

IsOver = Callable[[], Awaitable[int]]


def stamp() -> bytes:
    return struct.pack("<q", time.monotonic_ns())


async def sound() -> AsyncIterator[bytes]:
    """What somebody says, for as long as it is heard."""
    while True:
        yield stamp()
        await asyncio.sleep(0.005)


class Example(ABC):
    """An example that runs, and what it is asked."""

    command: tuple[str | Path, ...]
    rooms = "/rooms"
    head = 0
    """Bytes before the first packet of a file."""

    def __init__(self, http: aiohttp.ClientSession, url: str, cwd: Path) -> None:
        self.http = http
        self.url = url
        self.cwd = cwd

    async def room(self) -> RoomId:
        async with self.http.post(self.url + self.rooms) as answer:
            assert answer.status == 201
            return RoomId((await answer.json())["room"])

    async def entry(self, room: RoomId) -> str:
        """By which somebody comes to be asked."""
        where = f"{self.url}{self.rooms}/{room}/people"
        async with self.http.post(where) as answer:
            consent: str = (await answer.json())["consent"]
        return consent.partition("#entry=")[2]

    def kept(self) -> list[int]:
        """When each packet was sent that is in any file, in order."""
        found: list[int] = []
        for file in self.cwd.iterdir():
            if file.suffix in (".wav", ".audio", ".pcm"):
                raw = file.read_bytes()[self.head :]
                whole = len(raw) // 8 * 8
                found += (at for (at,) in struct.iter_unpack("<q", raw[:whole]))
        return sorted(found)

    def grows(self, after: int) -> bool:
        """Whether it keeps what was sent after that."""
        return sum(at > after for at in self.kept()) > 20

    @abstractmethod
    def records(self, room: RoomId) -> AbstractAsyncContextManager[IsOver]:
        """Have it record; what is given waits until it is over: the last status."""


class Uploaded(Example):
    """What is sent is one request, which is answered when it is over."""

    path = ""

    @asynccontextmanager
    async def records(self, room: RoomId) -> AsyncIterator[IsOver]:
        where = self.url + self.path.format(room=room)

        async def uploads() -> int:
            try:
                async with self.http.post(where, data=sound()) as answer:
                    return answer.status
            except aiohttp.ClientConnectionError:
                return BROKEN_OFF

        async with asyncio.TaskGroup() as tasks:
            uploading = tasks.create_task(uploads())
            yield lambda: asyncio.wait_for(uploading, PATIENCE)
            uploading.cancel()


class Calls(Example):
    """The one of aiohttp: people are in it by a WebSocket."""

    command = (sys.executable, EXAMPLES / "aiohttp/calls.py")
    rooms = "/calls"
    head = 44

    @asynccontextmanager
    async def records(self, room: RoomId) -> AsyncIterator[IsOver]:
        call = f"{self.url}/calls/{room}"
        sent = 0

        async def speaks(socket: aiohttp.ClientWebSocketResponse) -> None:
            nonlocal sent
            async for packet in sound():
                await socket.send_bytes(packet)
                sent += 1

        async def runs() -> bool:
            async with self.http.get(f"{call}/recording") as answer:
                return bool((await answer.json())["recording"])

        async def is_over() -> int:
            async with self.http.post(f"{call}/recording") as answer:
                if answer.status != 201:
                    return answer.status
            while await runs():  # noqa: ASYNC110 - nobody is told of it
                await asyncio.sleep(0.02)
            after = sent
            await until(lambda: sent > after + 20)  # which are to be lost
            return 409

        async with (
            self.http.ws_connect(f"{call}/sound") as socket,
            asyncio.TaskGroup() as tasks,
        ):
            speaking = tasks.create_task(speaks(socket))
            recording = tasks.create_task(is_over())
            yield lambda: asyncio.wait_for(recording, PATIENCE)
            recording.cancel()
            speaking.cancel()


class Uploads(Uploaded):
    """The one of FastAPI."""

    command = (sys.executable, EXAMPLES / "fastapi/uploads.py")
    path = "/rooms/{room}/upload"


class Recorder(Uploaded):
    """The one of Express."""

    command = (node(), "express/recorder.js")
    path = "/rooms/{room}/recording"


@pytest.mark.parametrize("kind", [Calls, Uploads, Recorder])
async def test_it_captures_what_all_agree_to_and_nothing_after_the_lease(
    kind: type[Example], tmp_path: Path
) -> None:
    npm_installed("express", tmp_path / "express")
    async with (
        a_gate(tmp_path) as gate,
        network(gate.url) as between,
        an_example(
            *kind.command,
            cwd=tmp_path,
            url=between.url,
            key=await asyncio.to_thread(a_key, tmp_path),
        ) as program,
        aiohttp.ClientSession() as http,
    ):
        example = kind(http, program.url, tmp_path)
        room = await example.room()
        async with (
            Person(http, gate.url, room, "Ann") as ann,
            Person(http, gate.url, room, "Ben") as ben,
        ):
            await ann.join(allow=("sound",), entry=await example.entry(room))
            await ben.join(entry=await example.entry(room))
            async with example.records(room) as is_over:
                assert await is_over() == 409
            assert not example.kept()

            async def a_no() -> None:
                since = len(ben.heard)
                await ben.refuse("sound")
                await ben.hears("decided", since=since)

            async def a_network_that_is_gone() -> None:
                between.holds()

            for what in (a_no, a_network_that_is_gone, gate.is_killed):
                between.passes()
                since = len(ben.heard)
                await ben.allow("sound")
                await ben.hears("decided", since=since)
                before = time.monotonic_ns()
                async with example.records(room) as is_over:
                    await until(partial(example.grows, before))
                    await what()
                    happened = time.monotonic_ns()
                    assert await is_over() in (409, BROKEN_OFF)
                last = example.kept()[-1]
                assert last > before
                assert last <= happened + (LEASE + MARGIN) * 1e9, what
        for path in ("", f"/{room}/people"):
            async with http.post(f"{example.url}{example.rooms}{path}") as answer:
                assert answer.status == 503
                assert "gate" in await answer.text()


def test_an_app_is_gated_in_under_thirty_lines() -> None:
    lines = (EXAMPLES / "aiohttp/gated.py").read_text("utf-8").splitlines()
    code = [
        line for line in lines if line.strip() and not line.lstrip().startswith("#")
    ]

    assert len(code) < 30


@pytest.mark.parametrize(
    "folder", ["aiohttp", "fastapi", "express", "notetaker", "page", "react"]
)
def test_each_says_what_it_guarantees(folder: str) -> None:
    text = (EXAMPLES / folder / "README.md").read_text("utf-8")

    assert len(text.splitlines()) <= 40
    for part in (
        "Who talks to whom",
        "Guaranteed",
        "Not guaranteed",
        f"make example-{folder}",
    ):
        assert part in text
