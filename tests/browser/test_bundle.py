"""The client as a wheel carries it, of few and small files, and as a checkout does."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Invite
from tests.browser.live import sees
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOADED = "performance.getEntriesByType('resource').map(each => each.name)"


async def loaded(page: Page) -> list[str]:
    names: list[str] = await page.evaluate(LOADED)
    return [name for name in names if "/static/" in name]


async def test_a_meeting_is_held_and_looked_back_at_with_few_files(
    invite: Invite, world: World
) -> None:
    files = await held(invite, world)

    assert len(files) <= 11, files


async def test_a_meeting_is_held_and_looked_back_at_with_the_files_of_a_checkout(
    invite: Invite, checkout: World
) -> None:
    files = await held(invite, checkout)

    assert len(files) > 100, files


async def held(invite: Invite, world: World) -> list[str]:
    """Every page is opened; the files that the lobby took."""
    mara = await invite("Mara", world.url, manner="lively")
    await mara.page.goto(world.url)
    await expect(mara.page.get_by_role("heading", level=1)).to_be_visible()
    room, secret = await world.room("recording")
    tomas = await invite("Tomas", world.url, locale="de-DE")
    await mara.open(room, secret)
    files = await loaded(mara.page)
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
        await tomas.page.goto(world.url + page)
        await expect(tomas.page.get_by_role("heading", level=1)).to_be_visible()
    return files
