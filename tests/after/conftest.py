"""A recorded meeting that is over, and those who visit its page."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from gatekeeper.config import Config
from gatekeeper.consent.types import RoomId
from tests.media.film.conftest import small_films
from tests.meeting.conftest import World, configured, start
from tests.proof.guest import Guest

__all__ = ["small_films"]

PATIENCE = 30.0
"""Seconds after which a test gives up; reached only when something is broken."""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path / "data")


@pytest.fixture
async def world(config: Config) -> AsyncIterator[World]:
    async with start(config) as world:
        yield world


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's browser on the page afterwards."""

    http: aiohttp.ClientSession
    root: str
    """The URL of the room's `after`."""

    async def sign_in(self, capability: str, host: str | None = None) -> int:
        said = {"capability": capability} | ({"host": host} if host else {})
        async with self.http.post(f"{self.root}/session", json=said) as answer:
            return answer.status

    async def page(self) -> dict[str, Any]:
        async with self.http.get(self.root) as answer:
            assert answer.status == 200, await answer.text()
            page: dict[str, Any] = await answer.json()
            return page

    async def feature(self, name: str = "recording") -> dict[str, Any]:
        """The recording, as the page has it, or another feature that is kept so."""
        page = await self.page()
        return next(f for f in page["features"] if f["id"] == name)

    async def until(
        self, key: str, value: object, name: str = "recording"
    ) -> dict[str, Any]:
        """The recording, once it says so."""
        async with asyncio.timeout(PATIENCE):
            while True:
                feature = await self.feature(name)
                found = feature["film"]["state"] if key == "film" else feature[key]
                if found == value:
                    return feature
                await asyncio.sleep(0.2)  # a page is much work for its server

    async def post(self, path: str) -> int:
        async with self.http.post(f"{self.root}/{path}", json={}) as answer:
            return answer.status

    async def delete(self, path: str) -> int:
        async with self.http.delete(f"{self.root}/{path}") as answer:
            return answer.status

    async def status(self, url: str) -> int:
        """What becomes of asking for an address that a page has named."""
        server = self.root.partition("/api/")[0]
        async with self.http.get(server + url) as answer:
            return answer.status


@dataclass(frozen=True, slots=True)
class Past:
    """A meeting that was recorded."""

    room: RoomId
    host: str
    """The host capability."""
    people: dict[str, Guest]
    links: dict[str, str]
    """Each one's capability, by name."""

    @asynccontextmanager
    async def visit(
        self, url: str, name: str | None = None, *, host: bool = False
    ) -> AsyncIterator[Visit]:
        """Somebody's browser, signed in if it has a name."""
        async with aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True)
        ) as http:
            visit = Visit(http, f"{url}/api/rooms/{self.room}/after")
            if name is not None:
                given = self.host if host else None
                assert await visit.sign_in(self.links[name], given) == 204
            yield visit


async def recorded(
    world: World,
    *names: str,
    called: dict[str, str] | None = None,
    end: bool = True,
    feature: str = "recording",
) -> Past:
    """People meet, all agree, are recorded for a moment, and the host ends it."""
    room, secret = await world.room()
    tasks = await world.stack.enter_async_context(asyncio.TaskGroup())
    people: dict[str, Guest] = {}
    links: dict[str, str] = {}
    for name in names:
        guest = Guest(world.http, world.url, room, name, tasks=tasks, impolite=False)
        people[name] = await world.stack.enter_async_context(guest)
        world.stack.push_async_callback(guest.close)
        welcome = await guest.join(
            host=None if links else secret,
            allow=(feature,),
            name=(called or {}).get(name, name),
        )
        links[name] = welcome["after"]
    await record(*people.values(), feature=feature)
    if end:
        await people[names[0]].say(type="end")
        await until(lambda: room not in {r.record.id for r in world.registry.rooms})
    return Past(room, secret, people, links)


async def record(*guests: Guest, feature: str = "recording") -> None:
    """Half a second of each; the first one is the host."""
    since = [len(guest.heard) for guest in guests]
    await guests[0].say(type="request", feature=feature)
    await until(lambda: all(map(is_taped, guests)))
    await guests[0].say(type="cancel", feature=feature)
    for guest, mark in zip(guests, since, strict=True):
        await guest.hears("tap-closed", since=mark)


def is_taped(guest: Guest) -> bool:
    return any(len(line.sent) > 25 for line in guest.live)


async def until(holds: Callable[[], bool]) -> None:
    """Return once `holds` is true."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - other processes are waited for too
            await asyncio.sleep(0.02)
