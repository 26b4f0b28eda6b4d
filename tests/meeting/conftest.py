"""A real server with a real SQLite ledger, and people to meet in it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from gatekeeper.app import server
from gatekeeper.app.engines import Keys
from gatekeeper.app.reload import Reload
from gatekeeper.app.wiring.offers import Offers
from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.config.locales import locales
from gatekeeper.consent.types import RoomId
from gatekeeper.meeting.context import RoomContext
from gatekeeper.meeting.registry import RoomRegistry
from tests.meeting.person import Person

MINUTES = {
    "name": "Minutes",
    "object": "minutes",
    "meaning": "Somebody writes down what is said.",
    "captured": "What you say",
    "purpose": "Remembering it",
    "processor": "A person in the room",
    "recipients": "The people in this meeting",
    "retention": "A year",
    "withdrawal": "One click in the room",
}


def configured(data: Path, **sections: dict[str, Any]) -> Config:
    """A server for tests: recording, and `minutes` that need no media."""
    minutes = {
        "sink": "external",
        "kinds": ["audio"],
        "notices": dict.fromkeys(locales(), MINUTES),
    }
    given: dict[str, Any] = {
        "server": {"port": 0, "host": "127.0.0.1"},
        "data": {"directory": data, "reserve_mb": 0},
        "features": {"recording": {}, "minutes": minutes},
    }
    return Config.model_validate(given | sections)


@dataclass
class World:
    """A running server."""

    url: str
    http: aiohttp.ClientSession
    registry: RoomRegistry
    offers: Offers
    reload: Reload
    stack: AsyncExitStack

    @property
    def context(self) -> RoomContext:
        """What its rooms share."""
        return self.registry._context

    def change(self, **what: Any) -> None:
        """Let rooms that are loaded from now on share something else."""
        self.registry._context = replace(self.context, **what)

    async def room(self, *features: str) -> tuple[RoomId, str]:
        """A new room and its host capability."""
        body = {
            "title": "Choosing an offer",
            "language": "en",
            "features": list(features or ("recording", "minutes")),
        }
        async with self.http.post(f"{self.url}/api/rooms", json=body) as answer:
            made = await answer.json()
        return RoomId(made["room"]), made["host"]

    async def person(self, room: RoomId, name: str) -> Person:
        """Somebody with the invitation, not in the room yet."""
        return await self.stack.enter_async_context(
            Person(self.http, self.url, room, name)
        )

    async def meeting(
        self, *names: str, allow: tuple[str, ...] = ()
    ) -> tuple[Person, ...]:
        """People in a new room; the first one is the host."""
        room, secret = await self.room()
        people = []
        for number, name in enumerate(names):
            person = await self.person(room, name)
            await person.join(host=None if number else secret, allow=allow)
            people.append(person)
        for person in people:
            await person.settle()
        return tuple(people)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path / "data")


@pytest.fixture
async def world(config: Config) -> AsyncIterator[World]:
    async with start(config) as world:
        yield world


def start(
    config: Config,
    keys: Keys | None = None,
    clock: Clock | None = None,
    read: Callable[[], Config] | None = None,
) -> "Start":
    return Start(config, keys or Keys(), clock or Clock(), read)


class Start:
    """Runs a server inside the test's event loop, with its rooms at hand."""

    def __init__(
        self,
        config: Config,
        keys: Keys,
        clock: Clock,
        read: Callable[[], Config] | None,
    ) -> None:
        self._config = config
        self._keys = keys
        self._clock = clock
        self._read = read
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> World:
        running = await self._stack.enter_async_context(
            server.running(self._config, self._keys, self._clock, read=self._read)
        )
        http = await self._stack.enter_async_context(aiohttp.ClientSession())
        people = await self._stack.enter_async_context(AsyncExitStack())
        return World(
            running.url,
            http,
            running.registry,
            running.offers,
            running.reload,
            people,
        )

    async def __aexit__(self, *details: Any) -> None:
        await self._stack.__aexit__(*details)
