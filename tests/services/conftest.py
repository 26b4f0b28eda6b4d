"""A server that services may call, and a service with its key."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from gatekeeper.app import desk
from gatekeeper.config import Config
from gatekeeper.storage.service_keys import SCOPES
from tests.meeting.conftest import World, configured, start

API = "/api/v1"
WANTED: Mapping[str, Any] = {
    "title": "Choosing an offer",
    "language": "en",
    "features": ["minutes"],
    "mode": "gate",
}


def open_to_services(data: Path, **sections: Any) -> Config:
    api = {"open": True, **sections.pop("api", {})}
    return configured(data, api=api, **sections)


def made(data: Path, name: str = "Clinic", scopes: tuple[str, ...] = SCOPES) -> str:
    """A key, as the operator has one made of a server that runs. Blocks."""
    (said, _) = desk.ask(
        data, desk.MakeServiceKey.model_validate({"name": name, "scopes": scopes})
    )
    return str(said["key"])


@dataclass
class Service:
    """A program with a key."""

    url: str
    http: aiohttp.ClientSession
    key: str
    headers: Mapping[str, str] = field(default_factory=dict)

    async def asks(
        self, method: str, path: str, said: Any = None, **headers: str
    ) -> tuple[int, Any]:
        """The status, and what is said."""
        sent = {"Authorization": f"Bearer {self.key}", **self.headers, **headers}
        async with self.http.request(
            method, self.url + API + path, json=said, headers=sent
        ) as answer:
            text = await answer.text()
            return answer.status, await answer.json(content_type=None) if text else None

    async def opens(self, **wanted: Any) -> dict[str, Any]:
        """A room."""
        status, said = await self.asks("POST", "/rooms", {**WANTED, **wanted})
        assert status == 201, said
        return dict(said)

    @property
    def id(self) -> str:
        """What is public of the key."""
        return self.key.split("_")[1]


@asynccontextmanager
async def a_service(
    world: World, config: Config, scopes: tuple[str, ...] = SCOPES
) -> AsyncIterator[Service]:
    """One with a key of its own, made while the server runs."""
    key = await asyncio.to_thread(made, config.data.directory, scopes=scopes)
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        yield Service(world.url, http, key)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return open_to_services(tmp_path / "data")


@pytest.fixture
async def world(config: Config) -> AsyncIterator[World]:
    async with start(config) as world:
        yield world


@pytest.fixture
async def service(world: World, config: Config) -> AsyncIterator[Service]:
    async with a_service(world, config) as service:
        yield service
