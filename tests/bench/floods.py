"""
`python -m tests.bench.floods NAMES URL NUMBER`: somebody who wants to hurt the others.

A flood for each row of `docs/threats.md` that needs nothing but this server, as fast as
one process can. What is closed or refused is tried again, and counts all the same.
Each flood has an address of its own. Each line on standard input is answered with how
often something was tried, and in how many floods it was ever done.
"""

import asyncio
import itertools
import json
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.bench import child, crowd
from tests.meeting.person import Person

FEATURE = "recording"
LONG = 60_000
"""Characters of the longest texts."""
_REFUSED = (OSError, aiohttp.ClientError, RuntimeError, TypeError, TimeoutError)
"""What happens to somebody who is closed, cut off or refused."""


class Server:
    """Where a flood goes."""

    def __init__(self, url: str) -> None:
        self.url = url


class Flood:
    """Tries, over and over, until it is cancelled."""

    def __init__(self, guests: crowd.Crowd, address: str) -> None:
        self.guests = guests
        self.address = address
        self.url = guests.server.url
        self.tries = 0
        self.done = 0
        """How often it was not refused: 0 means that this does not flood anything."""

    async def by(self, workers: int, once: Callable[[], Awaitable[None]]) -> None:
        """So many do it at a time."""

        async def again() -> None:
            while True:
                self.tries += 1
                try:
                    await once()
                    self.done += 1
                except* _REFUSED:
                    pass
                await asyncio.sleep(0)

        async with asyncio.TaskGroup() as tasks:
            for _ in range(workers):
                tasks.create_task(again())

    def did(self) -> None:
        """One thing more."""
        self.tries += 1
        self.done += 1

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection that says nothing."""
        parts = urlsplit(self.url)
        local = (self.address, 0)
        return await asyncio.open_connection(
            parts.hostname, parts.port, local_addr=local
        )

    async def join(self, person: Person, **how: Any) -> crowd.Guest:
        """Take a seat, and hear nothing of what was wrong with it."""
        guest = await self.guests.join(person, **how)
        guest.hear = _deaf
        return guest

    async def say(self, guest: crowd.Guest, *texts: str) -> None:
        """Say these over and over until one is cut off."""
        while not guest.socket.closed:
            for text in texts:
                await guest.socket.send_str(text)
                self.did()
            await asyncio.sleep(0)


class Place:
    """A room with some people; another one when they are not let in any more."""

    def __init__(self, flood: Flood, people: int, *, knock: bool = False) -> None:
        self._flood = flood
        self._size = people
        self._knock = knock
        self._opened: tuple[crowd.Opened, list[Person]] | None = None

    async def __aenter__(self) -> tuple[crowd.Opened, list[Person]]:
        if self._opened is None:
            guests = self._flood.guests
            opened = await guests.open(feature=FEATURE, knock=self._knock)
            self._opened = opened, [opened.person() for _ in range(self._size)]
        return self._opened

    async def __aexit__(self, _: object, exc: BaseException | None, __: object) -> None:
        if isinstance(exc, aiohttp.WSServerHandshakeError):
            self._opened = None


async def connections(flood: Flood) -> None:
    """Connections, more than there may be, and always new ones."""
    held: list[asyncio.StreamWriter] = []

    async def once() -> None:
        _, writer = await flood.connect()
        held.append(writer)
        if len(held) > 600:
            held.pop(0).close()

    await flood.by(20, once)


async def slow_requests(flood: Flood) -> None:
    """Requests whose heads come byte by byte."""

    async def once() -> None:
        _, writer = await flood.connect()
        writer.write(b"GET / HTTP/1.1\r\nX-Slow: ")
        while not writer.is_closing():
            writer.write(b"x")
            await writer.drain()
            flood.did()
            await asyncio.sleep(0.1)

    await flood.by(400, once)


async def rooms(flood: Flood) -> None:
    """New rooms."""

    async def once() -> None:
        await flood.guests.open(feature=FEATURE)

    await flood.by(8, once)


async def knocks(flood: Flood) -> None:
    """Strangers at a door, each with a key of their own."""
    place, hosted = Place(flood, 0, knock=True), set[str]()

    async def once() -> None:
        async with place as (opened, _):
            person = opened.person()
            if person.room not in hosted:
                hosted.add(person.room)
                await flood.join(opened.person(), host=opened.host())
            address = f"{flood.url}/api/rooms/{person.room}/socket"
            async with flood.guests.http.ws_connect(address) as socket:
                hello = await socket.receive_json()
                await socket.send_json(person.joining(hello))
                await socket.receive_json()

    await flood.by(8, once)


async def joins(flood: Flood) -> None:
    """People who come and go."""
    await _in_rooms(flood, lambda guest: guest.socket.close())


async def messages(flood: Flood) -> None:
    """Chat, reactions and hands, faster than anybody may."""
    said = (
        {"type": "chat", "text": "Let us go on with the second one."},
        {"type": "react", "reaction": "laugh"},
        {"type": "hand", "raised": True},
    )
    await _speak(flood, *map(json.dumps, said))


async def long_messages(flood: Flood) -> None:
    """Texts that are long, deep, or full of members."""
    await _speak(
        flood,
        '{"type":"chat","text":"' + "x" * LONG + '"}',
        '{"type":"chat","text":' + "[" * LONG,
        '{"type":"media",' + ",".join(f'"{n}":1' for n in range(6000)) + "}",
        "[" + "0," * (LONG // 2) + "0]",
    )


async def _speak(flood: Flood, *texts: str) -> None:
    await _in_rooms(flood, lambda guest: flood.say(guest, *texts))


async def _in_rooms(
    flood: Flood, act: Callable[[crowd.Guest], Awaitable[object]]
) -> None:
    """Four come in at a time, and then do something."""
    place, turn = Place(flood, 4), itertools.count()

    async def once() -> None:
        async with place as (_, people):
            guest = await flood.join(people[next(turn) % 4])
        await act(guest)

    await flood.by(4, once)


async def unread(flood: Flood) -> None:
    """Long signals to somebody who does not read."""
    place = Place(flood, 8)

    async def once() -> None:
        async with place as (_, people):
            deaf, *guests = [await flood.join(person) for person in people]
        connection = deaf.socket._conn
        assert connection is not None
        assert connection.transport is not None
        with suppress(RuntimeError):
            connection.transport.pause_reading()
        said = {"type": "signal", "to": deaf.person.id, "payload": "v" * LONG}
        text = json.dumps(said, separators=(",", ":"))
        async with asyncio.TaskGroup() as tasks:
            for guest in guests:
                tasks.create_task(flood.say(guest, text))

    await flood.by(1, once)


async def answers(flood: Flood) -> None:
    """Yeses and noes in turn."""
    place = Place(flood, 2)

    async def once() -> None:
        async with place as (opened, (host, other)):
            asking = await flood.join(host, host=opened.host(), allow=(FEATURE,))
            guest = await flood.join(other)
        while not guest.socket.closed:
            await asking.socket.send_json({"type": "request", "feature": FEATURE})
            for decision in ("granted", "declined"):
                answer = other.answer(FEATURE, decision)
                await guest.socket.send_json({"type": "decide", **answer})
                flood.did()

    await flood.by(1, once)


async def offers(flood: Flood) -> None:
    """Offers of taps, each of which would be another connection."""
    place = Place(flood, 2)
    sdp = "v=0\r\n" + "a=candidate:1 1 udp 1 127.0.0.1 9 typ host\r\n" * 60

    async def once() -> None:
        async with place as (opened, (host, other)):
            asking = await flood.join(host, host=opened.host(), allow=(FEATURE,))
            guest = await flood.join(other, allow=(FEATURE,))
        found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        async def hear(text: str) -> None:
            if text.startswith('{"type":"tap"') and not found.done():
                found.set_result(json.loads(text)["opening"])

        guest.hear = hear
        await asking.socket.send_json({"type": "request", "feature": FEATURE})
        async with asyncio.timeout(5):
            opening = await found
        offer = {"type": "tap-offer", "opening": opening, "sources": {"0": "camera"}}
        await flood.say(guest, json.dumps(offer | {"sdp": sdp}))

    await flood.by(1, once)


async def health_checks(flood: Flood) -> None:
    """Whether the server is ready, asked without end."""

    async def once() -> None:
        async with flood.guests.http.get(f"{flood.url}/readyz") as answer:
            await answer.read()

    await flood.by(8, once)


FLOODS: Mapping[str, Callable[[Flood], Awaitable[None]]] = {
    "connections": connections,
    "slow_requests": slow_requests,
    "rooms": rooms,
    "knocks": knocks,
    "joins": joins,
    "messages": messages,
    "long_messages": long_messages,
    "unread": unread,
    "answers": answers,
    "offers": offers,
    "health_checks": health_checks,
}


async def _deaf(_: str) -> None:
    pass


async def _run(names: Sequence[str], url: str, number: int) -> None:
    async with AsyncExitStack() as stack:
        floods = []
        for place in range(len(names)):
            address = f"127.{66 + place}.{number // 200}.{1 + number % 200}"
            guests = crowd.Crowd(Server(url), address)
            await stack.enter_async_context(guests)
            floods.append(Flood(guests, address))
        threading.Thread(target=_answer, args=(floods,), daemon=True).start()
        async with asyncio.TaskGroup() as tasks:
            for name, flood in zip(names, floods, strict=True):
                tasks.create_task(_flood(name, flood))


async def _flood(name: str, flood: Flood) -> None:
    await FLOODS[name](flood)


def _answer(floods: Sequence[Flood]) -> None:
    for _ in sys.stdin:
        tries, done = sum(f.tries for f in floods), sum(f.done > 0 for f in floods)
        sys.stdout.write(f"[{tries}, {done}]\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=child.loop_factory()) as runner:
        names, url, number = sys.argv[1:]
        runner.run(_run(names.split(","), url, int(number)))
