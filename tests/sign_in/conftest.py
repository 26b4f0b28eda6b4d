"""A server that is not open to anybody, and browsers that may be let in."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from gatekeeper.clock import Clock
from tests.meeting.conftest import World, configured, start
from tests.sign_in.provider import SmallProvider

NEW = {"title": "A room", "language": "en", "features": ["minutes"]}


class Machine:
    """A machine that has run for so many seconds longer."""

    def __init__(self) -> None:
        self.later = 0.0
        self.clock = Clock(
            wall=lambda: time.time() + self.later,
            monotonic=lambda: time.monotonic() + self.later,
        )


@dataclass
class Browser:
    """Somebody's, with the cookies that it keeps."""

    url: str
    http: aiohttp.ClientSession
    headers: Mapping[str, str]
    """With everything: what a proxy adds, say."""

    async def said(self, method: str, path: str, **more: Any) -> tuple[int, Any]:
        """The status, and the body if it is JSON."""
        headers = {**self.headers, **more.pop("headers", {})}
        async with self.http.request(
            method, self.url + path, headers=headers, allow_redirects=False, **more
        ) as answer:
            if "json" in answer.content_type:
                return answer.status, await answer.json()
            return answer.status, await answer.text()

    async def opens(self, **headers: str) -> str:
        """What comes of opening a room: `opened`, or the code of a fault."""
        status, said = await self.said("POST", "/api/rooms", json=NEW, headers=headers)
        assert (status == 201) == ("room" in said)
        return "opened" if status == 201 else str(said["code"])

    async def who(self) -> dict[str, Any]:
        """What the server says of whoever sits here."""
        status, said = await self.said("GET", "/api/sign-in")
        assert status == 200
        return dict(said)

    async def sign_in(self, token: str) -> str:
        """With a token: `in`, or the code of a fault."""
        _, said = await self.said("POST", "/api/sign-in", json={"token": token})
        return said["code"] if said else "in"

    async def sign_out(self) -> str | None:
        """Where the server sends one on to."""
        status, said = await self.said("DELETE", "/api/sign-in")
        assert status == 200
        where: str | None = said["next"]
        return where

    async def goes(self, url: str) -> str:
        """Where an address leads to."""
        async with self.http.get(
            url, headers=dict(self.headers), allow_redirects=False
        ) as answer:
            assert answer.status == 303, await answer.text()
            return answer.headers["Location"]

    async def leaves(self, to: str = "") -> str:
        """The address at the provider."""
        return await self.goes(f"{self.url}/sign-in?to={to}")

    async def comes_back(self, address: str) -> str:
        """From the provider's answer: where one is then, or the code of a fault."""
        assert address.startswith(f"{self.url}/sign-in/back?"), address
        where = await self.goes(address)
        return parse_qs(urlsplit(where).fragment).get("sign-in", [where])[0]

    @property
    def kept(self) -> dict[str, str]:
        """Cookies."""
        return {cookie.key: cookie.value for cookie in self.http.cookie_jar}

    def has(self, cookies: Mapping[str, str]) -> None:
        """These alone from now on."""
        self.http.cookie_jar.clear()
        self.http.cookie_jar.update_cookies(cookies)


@asynccontextmanager
async def browser(
    world: World, headers: Mapping[str, str] | None = None
) -> AsyncIterator[Browser]:
    """One that nobody has used yet."""
    jar = aiohttp.CookieJar(unsafe=True)  # for an address that is no name
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        yield Browser(world.url, http, headers or {})


def rooms(data: Path, given: Mapping[str, Any], **server: Any) -> Any:
    """The configuration of a server whose rooms are opened by who may."""
    sections = {"server": {"port": 0, "host": "127.0.0.1", **server}}
    return configured(data, rooms=dict(given), **sections)


def secret(path: Path, text: str) -> Path:
    """A file that keeps a secret."""
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
async def provider() -> AsyncIterator[SmallProvider]:
    async with SmallProvider.running() as provider:
        yield provider


@dataclass
class House:
    """A server, and the provider that it asks."""

    world: World
    provider: SmallProvider
    machine: Machine

    @asynccontextmanager
    async def browser(self, **headers: str) -> AsyncIterator[Browser]:
        async with browser(self.world, headers) as found:
            yield found

    async def leads(self, browser: Browser) -> str:
        """Where the way in leads: to the provider, or the code of a fault."""
        return (await browser.leaves()).removeprefix("/#sign-in=")

    async def signs_in(self, browser: Browser, to: str = "") -> str:
        """All the way; where one is then, or the code of a fault."""
        return await browser.comes_back(self.provider.answer(await browser.leaves(to)))


@asynccontextmanager
async def house(
    data: Path,
    provider: SmallProvider,
    machine: Machine | None = None,
    server: Mapping[str, Any] | None = None,
    rule: Mapping[str, Any] | None = None,
) -> AsyncIterator[House]:
    """A server that asks `provider`, and admits by `rule` (else everyone)."""
    machine = machine or Machine()
    provider.now = lambda: time.time() + machine.later
    oidc = {"issuer": provider.issuer, "client_id": "gate", **(rule or EVERYONE)}
    config = rooms(data, {"open_to": "oidc", "oidc": oidc}, **(server or {}))
    async with start(config, clock=machine.clock) as world:
        yield House(world, provider, machine)


EVERYONE = {"everyone": True}
