"""Who can say no no more is recorded no more, whatever their browser answers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import Invite, configured, gather
from tests.browser.guest import Guest
from tests.meeting.conftest import start

pytestmark = pytest.mark.asyncio(loop_scope="session")

HEARTBEAT = 2
"""Seconds. Twice as long a silence is more than the server waits for."""

Back = Callable[[], Awaitable[None]]
Away = Callable[[Guest], AbstractAsyncContextManager[Back]]


@asynccontextmanager
async def hanging(guest: Guest) -> AsyncIterator[Back]:
    """The page's own thread does nothing: it waits for what nobody answers."""
    async with asyncio.TaskGroup() as tasks:
        async with guest.page.expect_event("dialog") as asked:
            tasks.create_task(guest.page.evaluate("alert('Is anybody there?')"))
        yield (await asked.value).accept


@asynccontextmanager
async def offline(guest: Guest) -> AsyncIterator[Back]:
    """Nothing that the page says goes out; its socket stays open."""
    await guest.context.set_offline(True)
    yield lambda: guest.context.set_offline(False)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def two(
    call_all: Invite, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Guest, ...]]:
    """Mara and Tomas, who both allow the recording that runs."""
    data = tmp_path_factory.mktemp("reached") / "data"
    async with start(configured(data, limits={"heartbeat": HEARTBEAT})) as world:
        two = mara, _ = await gather(call_all, world, "Mara", "Tomas")
        for guest in two:
            await guest.choose("recording", "granted")
        await mara.ask("recording")
        yield two


@pytest.mark.parametrize("way", [hanging, offline])
async def test_R9_a_page_that_hears_no_question_closes_what_was_open(
    two: tuple[Guest, ...], way: Away
) -> None:
    mara, tomas = two
    await mara.sees_sign("recording", "on")

    async with way(tomas) as back:
        await mara.sees_sign("recording", "off")
        await expect(mara.tile(tomas)).to_have_attribute("data-present", "false")
        await back()

    await expect(mara.tile(tomas)).to_have_attribute("data-present", "true")
    # Within the time of grace a yes still holds.
    await mara.sees_sign("recording", "on")
