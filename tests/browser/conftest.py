"""Real Chromium, a real server, and people who come and go."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from gatekeeper.config import Config
from tests.browser import pressing
from tests.browser.chromium import chromium
from tests.browser.guest import Fault, Guest
from tests.meeting.conftest import World, start

PROCESSOR = {
    "en": "A model that runs on this server",
    "de": "Ein Modell, das auf diesem Server läuft",
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
        speaks: bool = False,
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
            speaks: bool = False,
            **context: Any,
        ) -> Guest:
            given = {
                "viewport": {"width": 1440, "height": 900},
                "locale": "en-GB",
                "reduced_motion": "reduce",
            } | context
            own = await browser.new_context(**given)
            stack.push_async_callback(own.close)
            guest = await Guest.arrive(own, name, url, broken, speaks)
            guests.append(guest)
            return guest

        yield invite
    mistakes = {guest.name: guest.mistakes for guest in guests if guest.mistakes}
    assert not mistakes


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """One server for everybody who does not break it; rooms keep them apart."""
    async with start(configured(tmp_path_factory.mktemp("world") / "data")) as world:
        yield world


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
    invite: Invite, world: World, *names: str, features: tuple[str, ...] = ()
) -> tuple[Guest, ...]:
    """People in a new room; the first one is the host."""
    room, secret = await world.room(*(features or ALL))
    guests = [await invite(name, world.url) for name in names]
    for number, guest in enumerate(guests):
        await guest.join(room, None if number else secret)
    return tuple(guests)


class Meet(Protocol):
    """Brings people into a new room that offers everything; the first one hosts."""

    async def __call__(self, *names: str) -> tuple[Guest, ...]: ...


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def regulars(browser: Browser, world: World) -> AsyncIterator[Invite]:
    """People who keep their browser from one test of a module to the next."""
    known: dict[str, Guest] = {}
    async with company(browser) as invite:

        async def again(name: str, url: str, **context: Any) -> Guest:
            if name not in known:
                known[name] = await invite(name, url, **context)
            await known[name].compose_oneself()
            return known[name]

        yield again


@pytest.fixture
def meet(regulars: Invite, world: World) -> Meet:
    async def meet(*names: str) -> tuple[Guest, ...]:
        return await gather(regulars, world, *names)

    return meet
