"""The client as a wheel carries it: the same pages, of fewer and smaller files."""

from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import patch

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

import hatch_build
from gatekeeper.app.wiring import http
from tests.browser.conftest import Invite, configured
from tests.browser.live import sees
from tests.meeting.conftest import World, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOADED = "performance.getEntriesByType('resource').map(each => each.name)"


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tool = hatch_build.esbuild()
    assert tool is not None, "npm ci --prefix tests/js brings it"
    folder = tmp_path_factory.mktemp("static")
    hatch_build.bundle(tool, folder)
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def installed(
    bundled: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[World]:
    """A server that was installed from a wheel."""
    with patch.object(http, "static_directory", lambda: bundled):
        async with start(configured(tmp_path_factory.mktemp("data"))) as world:
            yield world


async def loaded(page: Page) -> list[str]:
    names: list[str] = await page.evaluate(LOADED)
    return [name for name in names if "/static/" in name]


async def test_a_meeting_is_held_and_looked_back_at_with_few_files(
    invite: Invite, installed: World
) -> None:
    mara = await invite("Mara", installed.url, manner="lively")
    await mara.page.goto(installed.url)
    await expect(mara.page.get_by_role("heading", level=1)).to_be_visible()
    room, secret = await installed.room("recording")
    tomas = await invite("Tomas", installed.url, manner="lively", locale="de-DE")
    await mara.open(room, secret)
    files = await loaded(mara.page)
    assert len(files) <= 10, files
    assert not [name for name in files if "/i18n/de" in name]
    await mara.enter()
    await tomas.join(room)
    assert await sees(tomas, tomas.tile(mara)) == "Mara"
    icons = mara.page.locator("svg use")
    assert "/static/" in (await icons.first.get_attribute("href") or "")
    for guest in (mara, tomas):
        await guest.choose("recording", "granted")
    await mara.ask("recording")
    await mara.sees_sign("recording", "on")
    for page in ("/promise", "/check", f"/m/{room}/after"):
        await tomas.page.goto(installed.url + page)
        await expect(tomas.page.get_by_role("heading", level=1)).to_be_visible()
