"""A reader of server-sent events, who holds to the standard to the letter."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.meeting.person import PATIENCE
from tests.services.conftest import API, Service


@dataclass
class Stream:
    """What was read of one."""

    answer: aiohttp.ClientResponse
    raw: bytes = b""
    heard: list[dict[str, Any]] = field(default_factory=list)
    comments: int = 0
    retry: int = 0
    last: str = ""

    async def hears(self, kind: str, *, since: int = 0) -> dict[str, Any]:
        """The next of that kind."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for event in self.heard[since:]:
                    if event["type"] == kind:
                        return event
                if not await self.block():
                    raise AssertionError(f"it ended without {kind}: {self.heard}")

    async def ends(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while await self.block():
                pass

    async def block(self) -> bool:
        """Read up to the next empty line; False at the end."""
        fields: dict[str, str] = {}
        while line := await self.answer.content.readline():
            self.raw += line
            assert line.endswith(b"\n")
            assert b"\r" not in line
            assert not line.startswith(b"\xef\xbb\xbf")
            if line == b"\n":
                self._take(fields)
                return True
            name, colon, value = line.decode("utf-8").rstrip("\n").partition(":")
            assert colon
            fields[name] = value.removeprefix(" ")
        return False

    def _take(self, fields: dict[str, str]) -> None:
        if "" in fields:
            self.comments += 1
        if "retry" in fields:
            self.retry = int(fields["retry"])
        if "data" in fields:
            event = json.loads(fields["data"])
            assert event["type"] == fields["event"]
            self.last = fields["id"]
            self.heard.append(event)


@asynccontextmanager
async def listening(
    service: Service, path: str = "/events", last: str = ""
) -> AsyncIterator[Stream]:
    """A stream that has begun."""
    headers = {"Authorization": f"Bearer {service.key}"}
    if last:
        headers["Last-Event-ID"] = last
    async with service.http.get(service.url + API + path, headers=headers) as answer:
        assert answer.status == 200, await answer.text()
        stream = Stream(answer)
        assert await stream.block()  # `retry`: what comes from here on is heard
        yield stream
