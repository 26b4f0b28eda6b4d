"""
The machine in a meeting: a note taker of the service that has opened the room.

Rule 1: it takes all that it gets, and knows nothing of anybody's answers.
Rule 2: it asks when a script says that its feature is asked for, and gives back what it
has when a script says that it is stopped; then it still reads until it is cut off.
"""

import asyncio
import contextlib
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from gatekeeper.app import desk
from tests.proof.script import NOTES

WAIT = 60
"""Seconds that it waits for everybody at most, each time that it asks."""
_HEAD = struct.Struct("!BBHIIQI")
SCOPES = ("rooms", "permits", "media")


def a_key(data: Path) -> str:
    """That of a service, of a server that runs. Blocks."""
    wanted = {"name": "Note taker", "scopes": SCOPES}
    (said, _) = desk.ask(data, desk.MakeServiceKey.model_validate(wanted))
    return str(said["key"])


@dataclass
class Track:
    """All that came of one source of somebody, in one part of one connection."""

    permit: str
    participant: str
    source: str
    part: int
    packets: list[tuple[float, bytes]] = field(default_factory=list)
    """Each with its time, in seconds since 1970."""


class Taker:
    """The machine of one room."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        url: str,
        key: str,
        room: str,
        tasks: asyncio.TaskGroup,
        told: Callable[[str], None],
    ) -> None:
        """`told` hears what becomes of it, for a reader."""
        self._http = http
        self._url = f"{url}/api/v1"
        self._headers = {"Authorization": f"Bearer {key}"}
        self._room = room
        self._tasks = tasks
        self._told = told
        self._asking: asyncio.Task[None] | None = None
        self._permit: str | None = None
        self.tracks: list[Track] = []
        """By connection, track and part, in the order in which they began."""

    async def ask(self) -> None:
        """Have everybody asked, and take what comes of it, until that ends."""
        if self._permit is None:
            self._hang_up()
            self._asking = self._tasks.create_task(self._take(), name="machine")

    async def give_back(self) -> None:
        """Want it no more; return when the server knows."""
        if self._permit is None:
            self._hang_up()
            return
        with contextlib.suppress(aiohttp.ClientError):
            await self._asks("DELETE", f"/{self._permit}")

    def close(self) -> None:
        """It is over, whatever it was doing."""
        self._hang_up()

    def _hang_up(self) -> None:
        if self._asking is not None:
            self._asking.cancel()

    async def _take(self) -> None:
        self._told("asks")
        try:
            lent = await self._asks("POST", f"?wait={WAIT}", {"feature": NOTES})
            if lent is not None:
                self._permit = str(lent["permit"])
                self._told("is lent a permit")
                await self._read(self._permit)
            self._told("is over")
        except aiohttp.ClientError as exc:  # the server may be killed under it
            self._told(f"is over: {exc!r}")
        finally:
            self._permit = None

    async def _read(self, permit: str) -> None:
        address = f"{self._url}/permits/{permit}/media"
        async with self._http.ws_connect(
            address, headers=self._headers, max_msg_size=0
        ) as socket:
            self._told("is fed")
            named: dict[int, tuple[str, str]] = {}
            found: dict[tuple[int, int], Track] = {}
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    said = json.loads(message.data)
                    if said["type"] == "track":
                        named[said["track"]] = said["participant"], said["source"]
                    continue
                _, _, track, part, _, at, _ = _HEAD.unpack_from(message.data)
                if (track, part) not in found:
                    made = Track(permit, *named[track], part)
                    found[track, part] = made
                    self.tracks.append(made)
                content = message.data[_HEAD.size :]
                found[track, part].packets.append((at / 1e6, content))

    async def _asks(self, method: str, path: str, said: Any = None) -> Any:
        """What is answered; None if it is refused, or nothing is said."""
        where = f"{self._url}/rooms/{self._room}/permits{path}"
        async with self._http.request(
            method, where, json=said, headers=self._headers
        ) as answer:
            if answer.status == 201:
                return await answer.json()
            if answer.status >= 400:
                self._told((await answer.json(content_type=None))["code"])
            return None
