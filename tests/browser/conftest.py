"""Real Chromium, a real server, and people who come and go."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol
from unittest.mock import patch

import pytest
import pytest_asyncio
from playwright.async_api import Browser

import hatch_build
from gatekeeper.app.wiring import http
from gatekeeper.config import Config
from gatekeeper.consent.types import RoomId
from tests.browser import pressing
from tests.browser.chromium import chromium
from tests.browser.embedding import Embedding, embedding
from tests.browser.guest import GIVEN, Fault, Guest, Manner
from tests.browser.lent import give_back
from tests.browser.opposite import Opposite
from tests.meeting.conftest import World, start

PROCESSOR = {
    "en": "A model that runs on this server",
    "de": "Ein Modell, das auf diesem Server läuft",
    "fr": "Un modèle qui tourne sur ce serveur",
    "es": "Un modelo que está en este servidor",
    "ar": "نموذج يعمل على هذا الخادم",
}
ALL = ["recording", "transcript", "summary", "compose"]


def configured(data: Path, **sections: dict[str, Any]) -> Config:
    """A server that offers everything; only the recording is its own."""
    listens = {"sink": "external", "processor": PROCESSOR}
    given: dict[str, Any] = {
        "server": {"port": 0, "host": "localhost"},
        "controller": {"name": "Courtyard House", "place": "Example Town"},
        "data": {"directory": data, "reserve_mb": 0},
        "limits": {"rooms_per_address": 1000, "participants": 12},
        "features": dict.fromkeys(ALL, listens) | {"recording": {}},
    }
    config = Config.model_validate(given | sections)
    # Without the pause of minutes between two questions, which no test could wait for.
    hasty = config.meeting.model_copy(update={"ask_again": 0.0})
    return config.model_copy(update={"meeting": hasty})


pressing.install()


class Invite(Protocol):
    """Gives somebody a browser; `url` is that of the server."""

    async def __call__(
        self,
        name: str,
        url: str,
        *,
        broken: dict[str, Fault] | None = None,
        manner: Manner = "quiet",
        **context: Any,
    ) -> Guest: ...


@asynccontextmanager
async def company(browser: Browser) -> AsyncIterator[Invite]:
    """People; they go when this is over, and their pages must have made no mistake."""
    guests: list[Guest] = []
    async with AsyncExitStack() as stack:

        async def invite(
            name: str,
            url: str,
            *,
            broken: dict[str, Fault] | None = None,
            manner: Manner = "quiet",
            **context: Any,
        ) -> Guest:
            given = {
                "viewport": {"width": 1440, "height": 900},
                "locale": "en-GB",
                "reduced_motion": "reduce",
                # As for somebody who has been here before.
                "permissions": GIVEN,
            } | context
            own = await browser.new_context(**given)
            stack.push_async_callback(own.close)
            guest = await Guest.arrive(own, name, url, broken, manner)
            guests.append(guest)
            return guest

        yield invite
    mistakes = {guest.name: guest.mistakes for guest in guests if guest.mistakes}
    assert not mistakes


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def given_back() -> AsyncIterator[None]:
    """Whoever has a page after a test that failed finds it as it was."""
    yield
    await give_back()


@pytest.fixture(scope="package", autouse=True)
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """
    All servers serve the client as a wheel carries it.

    A page of a checkout, which is a hundred files, costs three times as much to load.
    """
    tool = hatch_build.esbuild()
    assert tool is not None, "npm ci --prefix tests/js brings it"
    folder = tmp_path_factory.mktemp("static")
    hatch_build.bundle(tool, folder)
    with patch.object(http, "static_directory", lambda: folder):
        yield


@asynccontextmanager
async def start_unbundled(config: Config) -> AsyncIterator[World]:
    """A server that serves the client's sources as they are."""
    async with AsyncExitStack() as stack:
        with patch.object(http, "static_directory", lambda: hatch_build.STATIC):
            world = await stack.enter_async_context(start(config))
        yield world


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def checkout(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """As `world`, for pages that are asked for a module by its name."""
    data = tmp_path_factory.mktemp("checkout") / "data"
    async with start_unbundled(configured(data)) as world:
        yield world


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """One server for everybody who does not break it; rooms keep them apart."""
    async with start(configured(tmp_path_factory.mktemp("world") / "data")) as world:
        yield world


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def gate(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Embedding]:
    """For all rooms whose people meet somewhere else, and answer in frames."""
    data = tmp_path_factory.mktemp("embedding") / "data"
    async with embedding(data, framed_answers=True) as gate:
        yield gate


@pytest_asyncio.fixture(loop_scope="session")
async def invite(browser: Browser) -> AsyncIterator[Invite]:
    async with company(browser) as invite:
        yield invite


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def invite_all(browser: Browser) -> AsyncIterator[Invite]:
    """For people whom all tests of a module share."""
    async with company(browser) as invite:
        yield invite


async def gather(
    invite: Invite,
    world: World,
    *names: str,
    features: tuple[str, ...] = (),
    manner: Manner = "quiet",
) -> tuple[Guest, ...]:
    """People in a new room; the first one is the host."""
    room, secret = await world.room(*(features or ALL))
    guests = [await invite(name, world.url, manner=manner) for name in names]
    for number, guest in enumerate(guests):
        await guest.join(room, None if number else secret)
    return tuple(guests)


class Regulars:
    """
    People who keep their browser from one test to the next.

    To come with a browser of one's own costs as much again as to join a room. So who
    needs nothing of their own (a language, a broken device, a clock) is a regular.
    """

    def __init__(self, invite: Invite) -> None:
        self._invite = invite
        self._known: dict[tuple[str, Manner], Guest] = {}
        self._out: set[Guest] = set()

    @asynccontextmanager
    async def outing(self) -> AsyncIterator[Invite]:
        """Each comes once; all go when this is over, and have made no mistake."""
        here: list[Guest] = []

        async def again(
            name: str, url: str, *, manner: Manner = "quiet", **context: Any
        ) -> Guest:
            assert not context, "what is one's own, nobody keeps for the next test"
            if (name, manner) not in self._known:
                self._known[name, manner] = await self._invite(name, url, manner=manner)
            guest = self._known[name, manner]
            assert guest not in self._out, f"{name} is out already"
            self._out.add(guest)
            here.append(guest)
            guest.url = url
            await guest.compose_oneself()
            return guest

        try:
            yield again
        finally:
            self._out.difference_update(here)
            for guest in here:
                await guest.go()
        mistakes = {guest.name: guest.mistakes for guest in here if guest.mistakes}
        for guest in here:
            guest.mistakes = []
        assert not mistakes


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def regulars(browser: Browser, world: World) -> AsyncIterator[Regulars]:
    async with company(browser) as invite:
        yield Regulars(invite)


@pytest_asyncio.fixture(loop_scope="session")
async def call(regulars: Regulars) -> AsyncIterator[Invite]:
    """Has a regular come to one test."""
    async with regulars.outing() as call:
        yield call


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def call_all(regulars: Regulars) -> AsyncIterator[Invite]:
    """Has a regular come to all tests of a module."""
    async with regulars.outing() as call:
        yield call


class Meet(Protocol):
    """Brings regulars into a new room that offers everything; the first one hosts."""

    async def __call__(
        self, *names: str, manner: Manner = "quiet"
    ) -> tuple[Guest, ...]: ...


@pytest.fixture
def meet(call: Invite, world: World) -> Meet:
    async def meet(*names: str, manner: Manner = "quiet") -> tuple[Guest, ...]:
        return await gather(call, world, *names, manner=manner)

    return meet


class Sit(Protocol):
    """Has somebody whose page nobody looks at sit down in a room."""

    async def __call__(
        self, room: RoomId, name: str, host: str | None = None
    ) -> Opposite: ...


async def seated(
    world: World, room: RoomId, name: str, host: str | None = None
) -> Opposite:
    """Somebody opposite, who has joined."""
    person = await world.person(room, name)
    await person.join(host=host)
    return Opposite(person)


@pytest_asyncio.fixture(loop_scope="session")
async def sit(world: World) -> AsyncIterator[Sit]:
    async with AsyncExitStack() as stack:

        async def sit(room: RoomId, name: str, host: str | None = None) -> Opposite:
            opposite = await seated(world, room, name, host)
            stack.push_async_callback(opposite.person.drop)
            return opposite

        yield sit


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def two(call_all: Invite, world: World) -> AsyncIterator[tuple[Opposite, Guest]]:
    """Mara opposite, and Tomas, in one room for all tests of a module."""
    room, secret = await world.room(*ALL)
    mara = await seated(world, room, "Mara", secret)
    tomas = await call_all("Tomas", world.url)
    await tomas.join(room)
    yield mara, tomas
    await mara.person.drop()


class Face(Protocol):
    """Brings regulars into a new room, whose host is opposite and comes first."""

    async def __call__(self, *names: str) -> tuple[Any, ...]: ...


@pytest.fixture
def face(call: Invite, sit: Sit, world: World) -> Face:
    async def face(*names: str) -> tuple[Any, ...]:
        room, secret = await world.room(*ALL)
        mara = await sit(room, "Mara", secret)
        guests = [await call(name, world.url) for name in names]
        for guest in guests:
            await guest.join(room)
        return mara, *guests

    return face
