"""A visit to a server that lies below a path: nothing is asked for beside it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from playwright.async_api import expect

from gatekeeper import create_app
from tests import qr
from tests.browser.conftest import Invite, configured
from tests.face.test_create_app import served
from tests.meeting.conftest import start

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def of_its_own(data: Path) -> AsyncIterator[str]:
    """A server whose proxy leaves the path as it is."""
    server = {"port": 0, "host": "localhost", "base_path": "/meet/"}
    async with start(configured(data, server=server)) as world:
        yield world.url


@asynccontextmanager
async def mounted(data: Path) -> AsyncIterator[str]:
    """An application within another one, which alone says where."""
    root = web.Application()
    root.add_subapp("/meet", create_app(configured(data)))
    async with served(root) as url:
        yield url.replace("127.0.0.1", "localhost")


@pytest.mark.parametrize("lies", [of_its_own, mounted])
async def test_from_the_start_to_the_page_afterwards_all_is_below_the_path(
    invite: Invite,
    tmp_path: Path,
    lies: Callable[[Path], AbstractAsyncContextManager[str]],
) -> None:
    async with lies(tmp_path / "data") as url:
        mara = await invite("Mara", url)
        page, asked = mara.page, set[str]()
        page.on("request", lambda request: asked.add(request.url))
        page.on("websocket", lambda socket: asked.add(socket.url))
        await page.goto(f"{url}/meet")
        await page.get_by_label("What is the meeting about?").fill("Roof")
        await page.get_by_role("button", name="Open the room").click()
        invitation = await page.locator("copy-field input").input_value()
        drawn = page.get_by_role("img", name="QR code").first
        assert qr.read(await drawn.screenshot()) == [invitation]
        await page.locator("a[data-act=enter]").click()
        await mara.enter()
        room = urlsplit(page.url).path
        assert room.startswith("/meet/m/")
        assert invitation == url + room
        await page.get_by_role("button", name="Leave").click()
        await page.get_by_role("button", name="End for everyone").click()
        await page.locator("a[data-act=after]").click()
        await expect(page).to_have_url(f"{url}{room}/after")
        await expect(page.locator("after-page")).to_be_visible()
        await page.get_by_role("link", name="Gatekeeper").first.click()
        await expect(page).to_have_url(f"{url}/meet/")

        sockets = [url for url in asked if urlsplit(url).scheme == "ws"]
        assert len(sockets) == 1
        beside = {urlsplit(url).path for url in asked if not url.startswith("blob:")}
        assert {p for p in beside if not p.startswith("/meet/")} == {"/meet"}
