"""
The page afterwards, as each participant's browser gets it, address by address.

Rule 1: everybody asks for every address that is on anybody's page: what the server
gives is what counts, not what a page offers.
Rule 2: nothing is judged here.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.proof.story import Served, Story


async def visits(url: str, story: Story) -> list[Served]:
    """What everybody who was in the meeting gets; `url`: the server's."""
    visitors = [_Visitor(url, story.room, name) for name in story.links]
    try:
        found = [await v.sees(story.links[v.name]) for v in visitors]
        asked = sorted({a for page in found for a in _addresses(page)})
        return [
            Served(visitor.name, page, {a: await visitor.gets(a) for a in asked})
            for visitor, page in zip(visitors, found, strict=True)
        ]
    finally:
        for visitor in visitors:
            await visitor.http.close()


def _addresses(page: dict[str, Any]) -> set[str]:
    return set(re.findall(r"/api/rooms/[^\"' ]+", str(page)))


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


@dataclass(frozen=True, slots=True)
class _Visitor:
    url: str
    room: str
    name: str
    http: aiohttp.ClientSession = field(default_factory=_session)

    async def sees(self, capability: str) -> dict[str, Any]:
        """Sign in; the page."""
        root = f"{self.url}/api/rooms/{self.room}/after"
        said = {"capability": capability}
        async with self.http.post(f"{root}/session", json=said) as answer:
            answer.raise_for_status()
        async with self.http.get(root) as answer:
            answer.raise_for_status()
            page: dict[str, Any] = await answer.json()
            return page

    async def gets(self, address: str) -> bytes | None:
        """What is at an address; None if it is not for them."""
        async with self.http.get(self.url + address) as answer:
            return await answer.read() if answer.status == 200 else None
