"""A server with a console, and an admin's browser."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from gatekeeper.config import Config
from gatekeeper.web.admin.token import AdminToken
from tests.meeting.conftest import World, configured, start
from tests.sign_in.conftest import Browser

API = "/api/admin"


def token_of(config: Config) -> str:
    """A new one for the console of a server."""
    return AdminToken(config.data.directory).make()


@asynccontextmanager
async def a_browser(world: World, **headers: str) -> AsyncIterator[Browser]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        yield Browser(world.url, http, headers)


async def enter(browser: Browser, token: str) -> tuple[int, Any]:
    """Sign in to the console."""
    return await browser.said("POST", f"{API}/session", json={"token": token})


async def got(browser: Browser, path: str) -> Any:
    """What the console says there."""
    status, said = await browser.said("GET", API + path)
    assert status == 200, said
    return said


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path / "data")


@pytest.fixture
async def world(config: Config) -> AsyncIterator[World]:
    async with start(config) as world:
        yield world


@pytest.fixture
async def admin(world: World, config: Config) -> AsyncIterator[Browser]:
    """Somebody who is signed in to the console."""
    async with a_browser(world) as browser:
        status, said = await enter(browser, token_of(config))
        assert (status, said) == (204, "")
        yield browser


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
