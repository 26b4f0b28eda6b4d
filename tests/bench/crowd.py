"""
Many participants in one process, as cheap as they can be.

They join as people do, with real signatures; after that they look at no more of a
frame than they need.
"""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Protocol, Self

import aiohttp

from tests.meeting.person import Person

Socket = aiohttp.ClientWebSocketResponse
PROBE = '{"type":"probe"}'
Hear = Callable[[str], Awaitable[None]]

SDP = "\r\n".join(
    [
        "v=0",
        "o=- 4611731400430051336 2 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=group:BUNDLE 0 1",
        "a=msid-semantic: WMS",
        *(
            line
            for mid, kind in enumerate(("audio", "video"))
            for line in (
                f"m={kind} 9 UDP/TLS/RTP/SAVPF 96 97",
                "c=IN IP4 0.0.0.0",
                "a=ice-ufrag:EsAw",
                "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1",
                "a=fingerprint:sha-256 D2:FA:0E:C3:22:59:5E:14:95:69:92:3D:13:B4:84:"
                "24:2C:C2:A2:C0:3E:FD:34:8E:5E:EA:6F:AF:52:CE:E6:0F",
                "a=setup:actpass",
                f"a=mid:{mid}",
                "a=sendrecv",
                "a=rtcp-mux",
                "a=rtcp-rsize",
                "a=rtpmap:96 VP8/90000",
                "a=rtcp-fb:96 goog-remb",
                "a=rtcp-fb:96 transport-cc",
                "a=rtcp-fb:96 nack pli",
                "a=rtpmap:97 rtx/90000",
                "a=fmtp:97 apt=96",
                "a=ssrc-group:FID 2231627014 632943048",
                "a=ssrc:2231627014 cname:4TOk42mSjXCkVIa6",
            )
        ),
        "",
    ]
)
"""What a small offer looks like: 1.2 kB."""


@asynccontextmanager
async def session(address: str | None = None) -> AsyncIterator[aiohttp.ClientSession]:
    """Any number of connections; `address`: whence."""
    local = (address, 0) if address else None
    connector = aiohttp.TCPConnector(limit=0, local_addr=local)
    timeout = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as http:
        yield http


class Server(Protocol):
    """Where a crowd goes."""

    @property
    def url(self) -> str:
        """Without a slash at its end."""


class Guest:
    """A participant; `hear` gets every text that comes, and may be replaced."""

    def __init__(self, socket: Socket, person: Person | None = None) -> None:
        self.socket = socket
        self._person = person
        self.hear: Hear = _no_fault

    @property
    def person(self) -> Person:
        """Who they are in a room of ours."""
        assert self._person is not None
        return self._person

    async def listen(self) -> None:
        """Read until the socket closes; probes are answered meanwhile."""
        async for message in self.socket:
            if message.data == PROBE:
                await self.socket.send_json({"type": "here"})
            await self.hear(message.data)


class Crowd:
    """Guests of one server. Leaving the context closes their sockets."""

    def __init__(self, server: Server, address: str | None = None) -> None:
        """`address`: whence they come, of this machine's."""
        self.server = server
        self._address = address
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self.http = await self._stack.enter_async_context(session(self._address))
        self._tasks = await self._stack.enter_async_context(asyncio.TaskGroup())
        return self

    async def __aexit__(self, *details: Any) -> None:
        await self.http.close()
        await self._stack.__aexit__(*details)

    async def at(self, address: str) -> "Crowd":
        """Others, who come from elsewhere; their sockets close with these."""
        others = Crowd(self.server, address)
        others.http = await self._stack.enter_async_context(session(address))
        others._tasks = self._tasks
        return others

    async def connect(self, path: str) -> Guest:
        """Somebody who is connected and no more."""
        return self._seat(Guest(await self._socket(path)))

    async def rooms(self, rooms: int, size: int, **how: Any) -> list[list[Guest]]:
        """So many new rooms of so many people each, the host first."""
        turn = asyncio.Semaphore(4)

        async def one() -> list[Guest]:
            async with turn:
                return await self.room(size, **how)

        async with asyncio.TaskGroup() as tasks:
            seated = [tasks.create_task(one()) for _ in range(rooms)]
        return [task.result() for task in seated]

    async def room(
        self, size: int, *, feature: str = "recording", allow: bool = False
    ) -> list[Guest]:
        """A new room with its people; with `allow`, all of them have said yes."""
        opened = await self.open(feature=feature)
        allowed = (feature,) if allow else ()
        return [
            await self.join(opened.person(), host=opened.host(n), allow=allowed)
            for n in range(size)
        ]

    async def open(self, **more: Any) -> "Opened":
        """A new room. Raises `aiohttp.ClientResponseError` if there is none."""
        url = f"{self.server.url}/api/rooms"
        body = {"title": "Bench", "language": "en", "features": [more.pop("feature")]}
        async with self.http.post(url, json=body | more) as answer:
            answer.raise_for_status()
            made = await answer.json()
        async with self.http.get(f"{url}/{made['room']}") as answer:
            return Opened(self, made, await answer.json())

    async def join(self, person: Person, **how: Any) -> Guest:
        """Take a seat. Raises `ConnectionError` if there is none."""
        socket = await self._socket(f"/api/rooms/{person.room}/socket")
        hello = await socket.receive_json(timeout=60)
        person.life = hello["life"]
        await socket.send_json(person.joining(hello, **how))
        while (message := await socket.receive()).type is aiohttp.WSMsgType.TEXT:
            if json.loads(message.data)["type"] == "welcome":
                break
        else:
            raise ConnectionError("no seat")
        return self._seat(Guest(socket, person))

    async def _socket(self, path: str) -> Socket:
        return await self.http.ws_connect(f"{self.server.url}{path}")

    def _seat(self, guest: Guest) -> Guest:
        self._tasks.create_task(guest.listen())
        return guest


class Opened:
    """A room that has been opened."""

    def __init__(
        self, crowd: Crowd, made: dict[str, Any], facts: dict[str, Any]
    ) -> None:
        self._crowd = crowd
        self._made = made
        self._facts = facts
        self._names = itertools.count()

    def person(self) -> Person:
        """Somebody who may come in."""
        name = f"Guest {next(self._names)}"
        room, url = self._made["room"], self._crowd.server.url
        person = Person(self._crowd.http, url, room, name)
        person.facts = self._facts
        return person

    def host(self, number: int = 0) -> str | None:
        """The host capability, for the first of them."""
        return None if number else self._made["host"]


async def _no_fault(text: str) -> None:
    if text.startswith('{"type":"fault"'):
        raise RuntimeError(text)
