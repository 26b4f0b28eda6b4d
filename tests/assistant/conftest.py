"""Meetings of people who speak, on a real server with a real speech engine."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from gatekeeper.app.engines import Keys
from gatekeeper.config import Config
from gatekeeper.consent.types import RoomId
from tests.assistant.speaker import Speaker
from tests.meeting.conftest import World, start

PATIENCE = 60.0
"""Seconds after which a test gives up; reached only when something is broken."""
FEATURES = ("transcript", "summary", "compose")
VOICES = {"Anna": "Anna", "Ben": "Ben", "Carla": "Carla", "Dora": "Carla"}
"""Dora has the voice of Carla, and does not speak."""


def configured(data: Path, **sections: dict[str, Any]) -> Config:
    """A server that offers all of the assistant."""
    given: dict[str, Any] = {
        "server": {"port": 0, "host": "127.0.0.1"},
        "data": {"directory": data, "reserve_mb": 0},
        "features": {name: {} for name in ("recording", *FEATURES)},
    }
    config = Config.model_validate(given | sections)
    # Without the pause of minutes between two questions, which no test could wait for.
    hasty = config.meeting.model_copy(update={"ask_again": 0.0})
    return config.model_copy(update={"meeting": hasty})


@dataclass
class Meeting:
    """People in a room, the first of whom hosts."""

    world: World
    room: RoomId
    secret: str
    data: Path
    people: list[Speaker] = field(default_factory=list)

    @property
    def host(self) -> Speaker:
        return self.people[0]

    async def open(self, *features: str) -> None:
        """Everybody allows, the host asks, and the signs go on."""
        for feature in features:
            for person in self.people:
                await person.allow(feature)
            since = [len(person.heard) for person in self.people]
            await self.host.say(type="request", feature=feature)
            for person, mark in zip(self.people, since, strict=True):
                await person.hears("sign", since=mark, where=turned(feature, on=True))
        await until(lambda: all(self._is_heard(p, features) for p in self.people))

    async def refuse(self, who: Speaker, feature: str) -> None:
        """Somebody says no, and everybody sees it go off."""
        since = [len(person.heard) for person in self.people]
        await who.refuse(feature)
        for person, mark in zip(self.people, since, strict=True):
            await person.hears("sign", since=mark, where=turned(feature, on=False))

    async def heard(self, *features: str, by: int = 0, since: int = 0) -> Any:
        """
        The next final caption that somebody gets, once `features` have the line, too.

        A microphone's two taps are heard a moment apart.
        """
        caption = await self.people[by].hears("caption", since=since, where=is_final)

        def has(feature: str) -> bool:
            return caption["line"] in self.written(feature, caption["sender"])

        try:
            await until(lambda: all(map(has, features)))
        except TimeoutError:
            there = {each: self.written(each, caption["sender"]) for each in features}
            raise AssertionError(f"{caption} is not in all of {there}") from None
        return caption

    def written(self, feature: str, sender: str) -> str:
        """What the files of a feature hold of somebody's words."""
        files = (self.data / "words").glob(f"*/{feature}/*/{sender}.*")
        return "\n".join(file.read_text("utf-8") for file in files)

    async def end(self) -> None:
        await self.host.say(type="end")
        living = self.world.registry
        await until(lambda: self.room not in {r.record.id for r in living.rooms})

    @asynccontextmanager
    async def visit(self, who: Speaker) -> AsyncIterator["Visit"]:
        """Somebody's browser on the page afterwards."""
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as http:
            visit = Visit(http, f"{self.world.url}/api/rooms/{self.room}/after")
            said = {"capability": who.after}
            async with http.post(f"{visit.root}/session", json=said) as answer:
                assert answer.status == 204
            yield visit

    def _is_heard(self, person: Speaker, features: Sequence[str]) -> bool:
        listening = [name for name in features if name != "compose"]
        return len(person.tapped) >= len(listening)


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's browser on the page afterwards."""

    http: aiohttp.ClientSession
    root: str

    async def page(self) -> dict[str, Any]:
        async with self.http.get(self.root) as answer:
            assert answer.status == 200, await answer.text()
            page: dict[str, Any] = await answer.json()
            return page

    async def read(self, part: str) -> Any:
        """What the address in the page's `part.url` holds."""
        page = await self.page()
        assert page[part] is not None, f"there is no {part}"
        async with self.http.get(self._whole(page[part]["url"])) as answer:
            assert answer.status == 200
            return await answer.json()

    async def text(self, address: str) -> str:
        async with self.http.get(self._whole(address)) as answer:
            assert answer.status == 200
            return await answer.text()

    async def summary(self, *states: str) -> dict[str, Any]:
        """The page's `summary`, once it is in one of `states`."""
        async with asyncio.timeout(PATIENCE):
            while True:
                found = (await self.page())["summary"]
                if found is not None and found["state"] in states:
                    return dict(found)
                await asyncio.sleep(0.2)  # a page is much work for its server

    async def until_erased(self, feature: str) -> None:
        """Return once nothing of the visitor is left in the feature."""
        async with asyncio.timeout(PATIENCE):
            while True:
                features = {f["id"]: f for f in (await self.page())["features"]}
                if features[feature]["your_part"] in ("erased", "none"):
                    return
                await asyncio.sleep(0.2)  # a page is much work for its server

    async def post(self, path: str) -> int:
        async with self.http.post(f"{self.root}/{path}", json={}) as answer:
            return answer.status

    def _whole(self, address: str) -> str:
        return self.root.partition("/api/")[0] + address


def turned(feature: str, *, on: bool) -> Callable[[dict[str, Any]], bool]:
    """Whether a frame says that the sign of a feature went on, or off."""
    return lambda frame: (frame["feature"], frame["on"]) == (feature, on)


def is_final(caption: dict[str, Any]) -> bool:
    """Whether that has been said, and is not being said yet."""
    return bool(caption["final"])


async def until(holds: Callable[[], bool]) -> None:
    """Return once `holds` is true."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - other processes are waited for too
            await asyncio.sleep(0.02)


async def meeting(
    world: World, data: Path, *names: str, features: tuple[str, ...] = ("recording",)
) -> Meeting:
    """Speakers in a new room that offers the assistant, and `features`."""
    room, secret = await world.room(*features, *FEATURES)
    tasks = await world.stack.enter_async_context(asyncio.TaskGroup())
    held = Meeting(world, room, secret, data)
    for name in names:
        speaker = Speaker(
            world.http, world.url, room, name, voice=VOICES[name], tasks=tasks
        )
        await world.stack.enter_async_context(speaker)
        world.stack.push_async_callback(speaker.close)
        await speaker.join(host=None if held.people else secret)
        held.people.append(speaker)
    for person in held.people:
        await person.settle()
    return held


@asynccontextmanager
async def serving(
    data: Path, keys: Keys | None = None, **sections: dict[str, Any]
) -> AsyncIterator[World]:
    """A server with this configuration."""
    async with start(configured(data, **sections), keys) as world:
        yield world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A server as it comes: the embedded engine, no model."""
    async with serving(tmp_path / "data") as world:
        yield world


def bytes_below(folder: Path) -> bytes:
    """Every byte of every file below a folder."""
    return b"\n".join(
        file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    )
