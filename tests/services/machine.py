"""
A machine that takes media: it reads what docs/embedding.md says, with nothing of ours.
"""

import asyncio
import json
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import aiohttp

from tests.meeting.person import PATIENCE
from tests.services.conftest import API, Service


class Packet(NamedTuple):
    """One binary message."""

    kind: int
    track: int
    part: int
    sequence: int
    at: float
    """Seconds since 1970."""
    data: bytes


def parsed(message: bytes) -> Packet:
    version, kind, track, part, sequence, at, length = struct.unpack_from(
        "!BBHIIQI", message
    )
    assert version == 1
    assert len(message) == 24 + length
    return Packet(kind, track, part, sequence, at / 1e6, message[24:])


class Machine:
    """What it has taken so far."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.packets: list[Packet] = []
        self.said: list[dict[str, Any]] = []
        self.over = asyncio.Event()
        self._news = asyncio.Condition()

    @property
    def tracks(self) -> dict[int, dict[str, Any]]:
        """Those that were announced, by number."""
        return {each["track"]: each for each in self.said if each["type"] == "track"}

    def of(self, participant: str, source: str = "microphone") -> list[Packet]:
        """Theirs, in order."""
        named = self.tracks
        mine = {
            number
            for number, track in named.items()
            if (track["participant"], track["source"]) == (participant, source)
        }
        return [packet for packet in self.packets if packet.track in mine]

    def kinds(self) -> list[str]:
        return [each["type"] for each in self.said]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(condition)

    async def take(self) -> None:
        """All that comes, until it is over."""
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.BINARY:
                self.packets.append(parsed(message.data))
            elif message.type is aiohttp.WSMsgType.TEXT:
                self.said.append(json.loads(message.data))
            await self._tell()
        self.over.set()
        await self._tell()

    async def ended(self) -> int | None:
        """The code with which it was closed."""
        async with asyncio.timeout(PATIENCE):
            await self.over.wait()
        return self.socket.close_code

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


def address(service: Service, permit: str) -> str:
    return f"{service.url}{API}/permits/{permit}/media"


@asynccontextmanager
async def a_machine(
    service: Service, permit: str, *, audio: str = "opus"
) -> AsyncIterator[Machine]:
    """One that reads all the time."""
    async with (
        service.http.ws_connect(
            address(service, permit),
            params={"audio": audio},
            headers={"Authorization": f"Bearer {service.key}"},
        ) as socket,
        asyncio.TaskGroup() as tasks,
    ):
        machine = Machine(socket)
        taking = tasks.create_task(machine.take())
        yield machine
        taking.cancel()


async def refused(service: Service, permit: str, **query: str) -> tuple[int, str]:
    """The status, and the code of the problem, of one who asks in vain."""
    async with service.http.get(
        address(service, permit),
        params=query,
        headers={
            "Authorization": f"Bearer {service.key}",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        },
    ) as answer:
        return answer.status, (await answer.json(content_type=None))["code"]
